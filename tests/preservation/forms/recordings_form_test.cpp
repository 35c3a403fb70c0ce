// 音像记录说明: what Article 32 wants in the file in writing, a sheet for each recording.

#include <gtest/gtest.h>

#include "core/xml_reader.h"
#include "preservation/forms/forms.h"
#include "preservation/sidecar/recording_law.h"
#include "tests/preservation/rules/judged_case.h"
#include "tests/support/form_texts.h"
#include "tests/support/sidecars.h"

namespace anjuan::forms {
namespace {

using preservation::RecordingSidecar;
using test::has;
using test::heard;
using Sidecars = std::vector<RecordingSidecar>;

const Instant kPrinted = parse_instant("2025-09-23T10:00:00+08:00");

Sidecars declared_sidecars(const CaseFile& file) {
  Sidecars sidecars;
  for (std::size_t i = 0; i < file.recordings().size(); ++i) {
    const auto law = preservation::recording_law(file, i, test::law());
    sidecars.push_back(preservation::declared_sidecar(file, i, law));
  }
  return sidecars;
}

std::optional<Form> form_of(const CaseFile& file, const Sidecars& sidecars) {
  FormInput input{file, nullptr, nullptr, nullptr, "", "", "", kPrinted, {}};
  input.recordings = &sidecars;
  for (auto& form : forms_of(input)) {
    if (form.file_stem == "recordings") return form;
  }
  return std::nullopt;
}

std::string heard_form(const Sidecars& sidecars) {
  return heard(form_of(test::sample_case("A"), sidecars)->html());
}

void expect_cells(const std::string& text, const std::vector<std::string>& cells) {
  for (const auto& cell : cells) EXPECT_TRUE(has(text, cell)) << cell << "\n" << text;
}

TEST(RecordingsForm, HoldsWhatTheCaseDeclares) {
  const auto file = test::sample_case("A");
  auto sidecars = declared_sidecars(file);
  sidecars.resize(1);
  expect_cells(heard_form(sidecars),
               {"音像记录说明", "澄水罚〔2025〕12号　音像编号 V01",
                "制作方法 | 录像 | 设备编号 | ZFJLY-07 |",
                "制作时间 | 2025年6月17日 09:04:30 至 2025年6月17日 10:41:00 |",
                "制作人 | 陈样乙 | 执法证件编号 | 样18000002 |",
                "证明对象 | 证明现场采石作业、面积及所用机械 |",
                "执法环节 | 现场检查(勘验)（E03） | 时长 | 1小时36分30秒 |",
                "全程不间断 | 应当（操作细则第十五条） |",
                "画面内容 | ☑现场环境　☑人员体貌言行　☑涉案物品　□采取措施情况　□送达情况　□其他 |",
                "存储系统 | 执法信息系统 | 随卷保存 | ☑是　□否，见存储位置 |",
                "存储位置 | 执法信息系统/澄水罚〔2025〕12号/V01.mp4 |",
                "存储时间 | 2025年6月18日 16:00:00 | 载体编号 | |",
                "存储时限 | 2025年6月19日　☑按期存储　□逾期存储　（操作细则第三十条第一款） |",
                "1 | av/V01.mp4 | 2025-06-17 09:04:30 | 1小时36分30秒 | 入库时计算 |",
                "核查结论 | 未核查是否不间断。 |", "制作人 |", "归档 经办人 |"});
}

TEST(RecordingsForm, HoldsWhatWasMeasuredWithItsReservation) {
  auto sidecar = test::full_sidecar();
  expect_cells(heard_form({sidecar}),
               {"2 | av/V01_02.mp4 | 2025-06-17 09:34:30 | 30分 | bbbbbbbbbbbbbbbb |",
                "发现 1 处中断，共缺少 8.04 秒", "请摄录人就中断原因作出书面说明",
                "时钟校对 | 设备时间比制作时间慢8秒，原件时间未作改动。 |",
                "派生件 | 无损保存件 V01_02.mkv 利用件 V01_02.mp4 |", "00:01:01　出示执法证件",
                "文字记录 | 见卷内文书 D10 |", "见证人 | 李样庚、王样丙 |",
                "延后存储事由 | 偏远；返回单位时间：2025年6月17日 20:00:00 |"});
  sidecar.continuity->verdict = formats::ContinuityVerdict::kNotContradicted;
  expect_cells(heard_form({sidecar}), {"归档时请注明这一保留。"});
  sidecar.continuity.reset();
  sidecar.not_measured = "elsewhere";
  expect_cells(heard_form({sidecar}), {"文件不在本档案包内，未作不间断核查。", "| 不在包内 |"});
}

TEST(RecordingsForm, HasRoomForTheContentOfASound) {
  const auto file = test::sample_case("A");
  const auto sidecars = declared_sidecars(file);
  const auto form = form_of(file, {sidecars.at(4)});
  const auto text = heard(form->html());
  expect_cells(text, {"录音内容 | 证明询问内容及程序 |", "全程不间断 | 不作要求 |"});
  EXPECT_FALSE(has(text, "画面内容")) << "a sound recording has none";
}

TEST(RecordingsForm, SaysThatItWasStoredLate) {
  const auto file = test::sample_case("E");
  expect_cells(heard_form({declared_sidecars(file).front()}), {"□按期存储　☑逾期存储"});
}

TEST(RecordingsForm, LeavesBlankWhatNobodySaid) {
  RecordingSidecar nothing;
  const auto text = heard_form({nothing});
  expect_cells(text, {"制作方法 | | 设备编号 | |", "制作时间 | |", "证明对象 | |", "存储时间 | |",
                      "存储时限 | |"});
}

TEST(RecordingsForm, IsThereForRecordingsAlone) {
  const auto file = test::sample_case("A");
  EXPECT_FALSE(form_of(file, {}).has_value());
  EXPECT_EQ(form_of(file, declared_sidecars(file))->name, "音像记录说明");
}

TEST(RecordingsForm, BeginsASheetForEachRecording) {
  if (!test::has_pdf_tools()) GTEST_SKIP() << "poppler-utils are not installed";
  const auto file = test::sample_case("A");
  const auto sidecars = declared_sidecars(file);
  const auto form = form_of(file, sidecars);
  const test::Pdf pdf(form->pdf());
  ASSERT_EQ(pdf.pages(), static_cast<int>(sidecars.size())) << "one sheet each, none runs over";
  for (std::size_t i = 0; i < sidecars.size(); ++i) {
    const auto page = std::to_string(i + 1);
    const auto text = pdf.run({"pdftotext", "-raw", "-f", page, "-l", page});
    EXPECT_TRUE(has(text, "音像编号 " + sidecars[i].id)) << text;
    EXPECT_TRUE(has(text, "五、签署")) << text;
  }
}

TEST(RecordingsForm, PrintsAtMostSoManySheetsAndSaysSo) {
  const auto file = test::sample_case("A");
  const Sidecars many(kSheetsMax + 3, test::sidecar_of("A", "V02"));
  const auto form = form_of(file, many);
  EXPECT_TRUE(has(heard(form->html()), "其余 3 件未在此打印"));
}

TEST(RecordingsForm, SurvivesHostileValues) {
  const std::string values[] = {std::string("a\0b\x01\x1b[31m", 9), std::string(30'000, 'x'),
                                "</td><script>alert(1)</script>",   "\xff\xfe bad",
                                "9999-12-31T23:59:59+08:00",        std::string(500, '\n') + "end"};
  for (const auto& value : values) {
    auto declared = test::sample_json("A");
    for (const std::string key :
         {"id", "method", "made_at", "maker", "purpose", "store", "location", "stored_at",
          "content_summary", "device_id", "transcript"}) {
      test::put(declared, "/av/0", key, Json::string(value).dump());
    }
    test::put(declared, "/av/0", "tags", Json::array({Json::string(value)}).dump());
    const auto file = CaseFile::from_value(declared, "case.json");
    const auto form = form_of(file, {declared_sidecars(file).front()});
    const auto html = form->html();
    EXPECT_NO_THROW(read_xml_tree(html.substr(html.find("<html")), "recordings.html"));
    EXPECT_FALSE(has(html, "<script>"));
    EXPECT_TRUE(has(form->pdf().substr(0, 5), "%PDF-"));
  }
}

}  // namespace
}  // namespace anjuan::forms
