#include "preservation/forms/forms.h"

#include <cstdlib>
#include <fstream>
#include <regex>

#include <gtest/gtest.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/xml_reader.h"
#include "preservation/rules/review.h"
#include "tests/support/form_cases.h"
#include "tests/support/form_texts.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::forms {
namespace {

using test::has;
using test::has_pdf_tools;
using test::heard;
using test::JudgementBuilder;
using test::Pdf;
using test::sample_case;

const Instant kPrinted = parse_instant("2025-09-23T10:00:00+08:00");

struct AllForms {
  CaseFile declared;
  JudgementBuilder made;
  rules::ReviewSheet sheet;
  std::vector<Form> forms;

  AllForms(CaseFile file, JudgementBuilder judgement)
      : declared(std::move(file)), made(std::move(judgement)) {
    sheet =
        rules::review(made.judgement(), rules::ReviewTable::load(), nullptr, declared.case_no());
    FormInput input{declared, &made.judgement(), &sheet,   nullptr,     "",
                    "",       "澄溪县水利局",    kPrinted, std::nullopt};
    input.due = std::chrono::sys_days(std::chrono::year(2025) / 10 / 15);
    forms = forms_of(input);
  }

  AllForms(const AllForms&) = delete;

  const Form& form(const std::string& stem) const {
    for (const auto& each : forms) {
      if (each.file_stem == stem) return each;
    }
    throw std::out_of_range(stem);
  }
};

TEST(Forms, AreThreeForACaseThatNobodyJudged) {
  const auto file = sample_case("A");
  const auto forms = forms_of({file, nullptr, nullptr, nullptr, "", "", "", kPrinted, {}});
  ASSERT_EQ(forms.size(), 3U);
  EXPECT_EQ(forms[0].name, "案卷封面");
  EXPECT_EQ(forms[1].file_stem, "contents");
  EXPECT_EQ(forms[2].file_stem, "end-note");
}

TEST(Forms, AreSixForACaseWithDefects) {
  const AllForms all(sample_case("E"), test::findings_of_e());
  ASSERT_EQ(all.forms.size(), 6U);
  EXPECT_EQ(all.forms[3].file_stem, "review");
  EXPECT_EQ(all.forms[4].name, "缺陷说明表");
  EXPECT_EQ(all.forms[5].name, "整改通知书");
}

TEST(Forms, HaveNoStatementAndNoNoticeWhereNothingIsOff) {
  const AllForms all(sample_case("A"), std::move(JudgementBuilder().passed("QCL-15-3")));
  EXPECT_EQ(all.forms.size(), 4U);
}

TEST(Cover, CarriesWhatTheStandardAsksAndWhatEnforcementAdds) {
  const AllForms all(sample_case("A"), test::findings_of_e());
  const auto text = heard(all.form("cover").html());
  for (const auto* cell :
       {"全宗名称 | 澄溪县水利局 |", "类目名称 | 行政处罚（ZY·CF） |",
        "案卷题名 | 澄溪样石采石场(样例)在崩塌滑坡危险区采石案 |", "案号 | 澄水罚〔2025〕12号 |",
        "案由 | 在崩塌滑坡危险区从事采石可能造成水土流失 |", "当事人 | 澄溪县样石采石场(样例) |",
        "承办机构 | 澄溪县水利局(样例) 水政监察大队 |", "承办人 | 林样甲、陈样乙 |",
        "立案日期 | 2025年6月16日 | 结案日期 | 2025年9月12日 |", "处理结果 | 罚款8万元 |",
        "起止时间 | 自2025年6月13日至2025年9月22日 |", "件数 | 37 件 | 页数 | 70 页 |",
        "保管期限 | 30年 | 密级 | 内部 |", "归档号 | |", "档号 | 样J012-ZY·CF·2025·D30-0012 |"}) {
    EXPECT_TRUE(has(text, cell)) << cell << "\n" << text;
  }
}

TEST(Cover, LeavesBlankWhatNobodySaid) {
  const auto file = CaseFile::from_json("{}", "case.json");
  const auto forms = forms_of({file, nullptr, nullptr, nullptr, "", "", "", kPrinted, {}});
  const auto text = heard(forms[0].html());
  for (const auto* cell : {"全宗名称 | |", "案号 | |", "立案日期 | | 结案日期 | |",
                           "保管期限 | | 密级 | |", "档号 | |"}) {
    EXPECT_TRUE(has(text, cell)) << cell << "\n" << text;
  }
}

TEST(Contents, ListsEachDocumentWithItsFirstPage) {
  const AllForms all(sample_case("A"), test::findings_of_e());
  const auto text = heard(all.form("contents").html());
  EXPECT_TRUE(has(text, "顺序号 | 文号 | 责任者 | 题名 | 日期 | 页号 | 备注 |")) << text;
  EXPECT_TRUE(
      has(text, "2 | 澄水立〔2025〕12号 | 澄溪县水利局(样例) | 立案审批表 | 20250616 | 2 |"));
  EXPECT_TRUE(has(text, "4 | | 澄溪县水利局(样例) | 现场勘验笔录 | 20250617 | 4 |")) << text;
  EXPECT_TRUE(has(text, "| 音像记录说明 | 20250922 | 70-70 |"));
}

TEST(EndNote, SaysWhatIsInTheVolumeAndWhatIsOff) {
  const AllForms all(sample_case("E"), test::findings_of_e());
  const auto text = heard(all.form("end-note").html());
  EXPECT_TRUE(has(text, "本案登记音像记录 6 件：录像")) << text;
  EXPECT_TRUE(has(text, "阻断 1 项、重大缺陷 2 项、提示 1 项")) << text;
  EXPECT_TRUE(has(text, "另有 1 项系统不能判断，待人工评查。")) << text;
  EXPECT_TRUE(has(text, "立卷人 | 林样甲 | 检查人 | 韩样巳 | 立卷时间 | 2025年9月22日 |") ||
              has(text, "立卷人 | 林样甲 |"))
      << text;
}

TEST(ReviewForm, PrintsItsFourPartsAndNoGradeUntilItIsComplete) {
  const AllForms all(sample_case("E"), test::findings_of_e());
  const auto text = heard(all.form("review").html());
  EXPECT_TRUE(has(text, "系统预评分，不作为评查结论"));
  EXPECT_TRUE(has(text, "C3 | QCL-15-3 | 环节 E05（行政强制措施） |")) << text;
  EXPECT_TRUE(has(text, "录像记录。 | 5 |")) << text;
  EXPECT_TRUE(has(text, "V3 | 当事人认定准确、全卷一致 | 待人工评查")) << text;
  EXPECT_TRUE(has(text, "| 不适用 |"));
  EXPECT_TRUE(has(text, "等次 | 待人工评查项目填齐后评定 |")) << text;
  EXPECT_TRUE(has(text, "C6 | 决定 | QCL-20-3：")) << text;
  EXPECT_FALSE(has(text, "优秀"));
}

TEST(ReviewForm, PrintsTheGradeAndWhoGaveItOnceComplete) {
  const auto file = sample_case("A");
  JudgementBuilder made;
  made.passed("QCL-12-3").passed("QCL-12-1").passed("QCL-19-1").passed("QCL-37-1");
  rules::PersonReview person;
  const auto table = rules::ReviewTable::load();
  for (const auto* id : {"V3", "V5", "V7"}) {
    person.entries.push_back({id, true, {}, "", "周样寅", "2025-09-30"});
  }
  for (const auto* id : {"F1", "F3", "F4", "F8"}) {
    person.entries.push_back({id, {}, 5, "格式旧", "周样寅", "2025-09-30"});
  }
  const auto sheet = rules::review(made.judgement(), table, &person);
  const auto forms = forms_of({file, &made.judgement(), &sheet, nullptr, "", "", "", kPrinted, {}});
  const auto text = heard(test::find_form(forms, "review"));
  EXPECT_FALSE(has(text, "系统预评分"));
  EXPECT_TRUE(has(text, "等次 | 优秀 |")) << text;
  EXPECT_TRUE(has(text, "格式旧 周样寅　2025年9月30日")) << text;
}

TEST(DefectForm, HasRoomForReasonsAndForEachSignature) {
  const AllForms all(sample_case("E"), test::findings_of_e());
  const auto text = heard(all.form("defects").html());
  EXPECT_TRUE(has(text, "第 1 项 | 环节 E05（行政强制措施） | 等级 | 阻断 |")) << text;
  EXPECT_TRUE(has(text, "第 3 项 |"));
  EXPECT_FALSE(has(text, "GSZ-118-1")) << "a notice needs no statement";
  EXPECT_TRUE(has(text, "可否补正 | □可补正　□不可补正 |"));
  EXPECT_TRUE(has(text, "分管负责人意见 |"));
  EXPECT_FALSE(has(text, "豁免"));
}

TEST(DefectForm, IsFilledFromTheStatement) {
  const auto file = sample_case("E");
  auto made = test::findings_of_e();
  rules::DefectStatement statement;
  statement.defects = {{"QCL-15-3", "E05", "", "执法记录仪电池耗尽，未能续录", rules::Curable::kNo,
                        "已询问在场人员并制作笔录"}};
  statement.signatures = {{rules::SignerRole::kSection, "陈样乙", "水政监察大队", "2025-09-23"}};
  const auto forms =
      forms_of({file, &made.judgement(), nullptr, &statement, "", "", "", kPrinted, {}});
  const auto text = heard(test::find_form(forms, "defects"));
  EXPECT_TRUE(has(text, "原因 | 执法记录仪电池耗尽，未能续录 |")) << text;
  EXPECT_TRUE(has(text, "□可补正　☑不可补正 | 补救措施 | 已询问在场人员并制作笔录 |")) << text;
  EXPECT_TRUE(has(text, "承办股室意见 | 水政监察大队　陈样乙　2025年9月23日 |")) << text;
  EXPECT_TRUE(has(text, "系统未核验"));
}

TEST(RectificationNotice, SaysWhatToDoByWhen) {
  const AllForms all(sample_case("E"), test::findings_of_e());
  const auto text = heard(all.form("rectification").html());
  EXPECT_TRUE(has(text, "请于 2025年10月15日 前补正")) << text;
  EXPECT_TRUE(has(text, "发现下列 4 处不符合")) << text;
  EXPECT_TRUE(
      has(text, "| 请据实补登签名情况；确已无法补正的，填写缺陷说明。 | 操作细则第十二条第二款"))
      << text;
  EXPECT_TRUE(has(text, "| 请核对后补正。 | 国办发〔2018〕118号（规则 GSZ-118-1） | 提示 |"))
      << text;
}

TEST(Forms, AreWellFormedPagesThatReadAloudAndFetchNothing) {
  const AllForms all(sample_case("E"), test::findings_of_e());
  for (const auto& form : all.forms) {
    const auto html = form.html();
    ASSERT_EQ(html.rfind("<!DOCTYPE html>\n<html lang=\"zh-CN\">", 0), 0U) << html.substr(0, 80);
    const auto root = read_xml_tree(html.substr(html.find("<html")), form.file_stem);
    EXPECT_EQ(root.name, "html");
    EXPECT_FALSE(has(html, "<script")) << form.name;
    EXPECT_FALSE(std::regex_search(html, std::regex("(src|href)="))) << form.name;
    EXPECT_FALSE(std::regex_search(html, std::regex("<th(?! scope=\"(col|row)\")[ >]")))
        << form.name;
    EXPECT_TRUE(has(html, "default-src 'none'"));
  }
}

TEST(Forms, ArePdfPagesWithEmbeddedFontsAndEveryCell) {
  if (!has_pdf_tools()) GTEST_SKIP() << "poppler-utils are not installed";
  const AllForms all(sample_case("E"), test::findings_of_e());
  for (const auto& form : all.forms) {
    const Pdf pdf(form.pdf());
    const auto text = pdf.text();
    for (const auto& block : form.page.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (table == nullptr) continue;
      for (const auto& row : table->rows) {
        for (const auto& cell : row) {
          const auto words =
              std::regex_replace(cell.text.substr(0, 15), std::regex("[ \n]|\u3000"), "");
          EXPECT_TRUE(has(text, words)) << form.name << ": " << words;
        }
      }
    }
    std::istringstream fonts(pdf.run({"pdffonts"}));
    std::string line;
    int count = 0;
    while (std::getline(fonts, line)) {
      if (++count <= 2) continue;
      EXPECT_TRUE(std::regex_search(line, std::regex("yes yes yes"))) << line;
    }
    EXPECT_GT(count, 2) << form.name;
    EXPECT_TRUE(has(pdf.run({"pdfinfo"}), "(A4)"));
  }
}

TEST(Forms, CountPagesWhereTheFormMayBearANumber) {
  if (!has_pdf_tools()) GTEST_SKIP() << "poppler-utils are not installed";
  const AllForms all(sample_case("E"), test::findings_of_e());
  EXPECT_EQ(Pdf(all.form("cover").pdf()).pages(), 1);
  EXPECT_EQ(Pdf(all.form("end-note").pdf()).pages(), 1);
  const Pdf contents(all.form("contents").pdf());
  EXPECT_EQ(contents.pages(), 2);
  EXPECT_FALSE(has(contents.text(), "共2页"));
  const auto text = contents.text();
  const auto first = text.find("顺序号");
  EXPECT_NE(text.find("顺序号", first + 1), std::string::npos) << "the head is on each page";
  const Pdf review(all.form("review").pdf());
  const auto pages = std::to_string(review.pages());
  EXPECT_TRUE(has(review.text(), "第1页共" + pages + "页")) << review.text();
  EXPECT_TRUE(has(review.text(), "第" + pages + "页共" + pages + "页"));
}

TEST(Forms, AreTheSameBytesForTheSameCase) {
  const AllForms one(sample_case("E"), test::findings_of_e());
  const AllForms two(sample_case("E"), test::findings_of_e());
  for (const auto& form : one.forms) {
    EXPECT_EQ(form.html(), two.form(form.file_stem).html());
    EXPECT_EQ(form.pdf(), two.form(form.file_stem).pdf());
  }
}

TEST(Forms, SpeakEnglishWhereAsked) {
  set_language(Language::kEnglish);
  const AllForms all(sample_case("E"), test::findings_of_e());
  const auto html = all.form("cover").html();
  set_language(Language::kChinese);
  EXPECT_TRUE(has(html, "<html lang=\"en\">"));
  EXPECT_TRUE(has(heard(html), "retention | 5 years |"));
}

TEST(Forms, SurviveHostileValues) {
  const std::string values[] = {
      std::string("a\0b\x01\x1b[31m", 9),
      std::string(10'000, 'x'),
      [] {
        std::string many;
        for (int i = 0; i < 10'000; ++i) many += "案";
        return many;
      }(),
      "\u202E\u0645\u0631\u062D\u0628\u0627 \u05E9\u05DC\u05D5\u05DD \u2067x",
      "\U0001F600\U0001F468\u200D\U0001F469\u200D\U0001F467 \U0010FFFD \uE000 e\u0301\u0301\u0301",
      "<script>alert(1)</script>&amp;\"'</td>",
      std::string(5'000, '\n') + "end",
      "\xff\xfe bad",
  };
  for (const auto& value : values) {
    auto declared = sample_case("E").declared();
    for (const auto* key :
         {"title", "case_no", "agency", "section", "cause", "category", "fonds"}) {
      declared.set(key, Json::string(value));
    }
    Json* document = declared.find("docs")->item_at(3);
    document->set("title", Json::string(value));
    document->set("date", Json::string(value));
    JudgementBuilder made;
    made.failed("QCL-15-3", 5, value, rules::Weight::kBlock).saying(value, value, value, value);
    const AllForms all(CaseFile::from_value(declared, "case.json"), std::move(made));
    for (const auto& form : all.forms) {
      const auto html = form.html();
      EXPECT_NO_THROW(read_xml_tree(html.substr(html.find("<html")), form.file_stem));
      EXPECT_FALSE(has(html, "<script")) << form.name;
      EXPECT_FALSE(has(html, "\u202E")) << form.name;
      const auto bytes = form.pdf();
      EXPECT_EQ(bytes.rfind("%PDF-", 0), 0U);
      if (!has_pdf_tools() || value.size() < 9'000) continue;
      EXPECT_LE(Pdf(bytes).pages(), 120) << form.name;
    }
  }
}

TEST(Forms, DivideARowThatNoPageHolds) {
  if (!has_pdf_tools()) GTEST_SKIP() << "poppler-utils are not installed";
  std::string message;
  for (int i = 0; i < 1'500; ++i) message += fmt::format("第{}句。", i);
  JudgementBuilder made;
  made.failed("QCL-15-3", 5, "E05", rules::Weight::kBlock).saying(message, "环节 E05", "15", "");
  const AllForms all(sample_case("E"), std::move(made));
  const Pdf pdf(all.form("defects").pdf());
  EXPECT_GE(pdf.pages(), 5);
  const auto text = pdf.text();
  EXPECT_TRUE(has(text, "第0句。"));
  EXPECT_TRUE(has(text, "第1499句。"));
  std::size_t sentences = 0;
  for (auto at = text.find("句。"); at != text.npos; at = text.find("句。", at + 1)) ++sentences;
  EXPECT_GE(sentences, 1'490U) << "all but those that a page end divides";
}

TEST(Forms, CutWhatIsLongerThanAnyFormHolds) {
  EXPECT_EQ(clean_text("ab", 2), "ab");
  EXPECT_EQ(clean_text("abc", 2), "ab" + say("forms.cut"));
  EXPECT_EQ(clean_text("a\tb\r\n\r\nc\n"), "a b\nc");
  FormPage page;
  Table table;
  table.rows.assign(600, {Cell::value(std::string(kTextCharactersMax, 'x'))});
  page.blocks.emplace_back(table);
  const auto cleaned = clean(page);
  const auto& rows = std::get<Table>(cleaned.blocks[0]).rows;
  EXPECT_EQ(rows.front()[0].text.size(), kTextCharactersMax);
  EXPECT_LT(rows.back()[0].text.size(), 300U);
}

}  // namespace
}  // namespace anjuan::forms
