#include "preservation/rules/wording.h"

#include <gtest/gtest.h>

#include "core/case/case_keys.h"
#include "core/embedded.h"
#include "tests/preservation/rules/one_rule.h"

namespace anjuan::test {

TEST(Wording, CitesArticlesAsChineseLawDoes) {
  const auto chinese = [](std::string_view article) {
    return rules::article_text(article, Language::kChinese);
  };
  EXPECT_EQ(chinese("4"), "操作细则第四条");
  EXPECT_EQ(chinese("32(1)"), "操作细则第三十二条第一款");
  EXPECT_EQ(chinese("12(5)"), "操作细则第十二条第（五）项");
  EXPECT_EQ(chinese("12(9)"), "操作细则第十二条第二款");
  EXPECT_EQ(chinese("15,23,28"), "操作细则第十五条、第二十三条、第二十八条");
  EXPECT_EQ(chinese("行政处罚法61(2)"), "《行政处罚法》第六十一条第二款");
  EXPECT_EQ(chinese("行政处罚法64(2)"), "《行政处罚法》第六十四条第（二）项");
  EXPECT_EQ(chinese("行政处罚法44、62"), "《行政处罚法》第四十四条、第六十二条");
  EXPECT_EQ(chinese("民法典107"), "《民法典》第一百零七条");
  EXPECT_EQ(chinese("国办发〔2018〕118号"), "国办发〔2018〕118号");
  EXPECT_EQ(chinese("(("), "((");
  EXPECT_EQ(rules::article_text("15,23,28", Language::kEnglish), "Operating Rules Art. 15, 23, 28");
  EXPECT_EQ(rules::article_text("行政处罚法64(2)", Language::kEnglish),
            "Administrative Penalty Law Art. 64(2)");
}

TEST(Wording, SetsChinesePunctuationBesideChinese) {
  EXPECT_EQ(rules::full_width("现场检查(勘验),12:30 a,b"), "现场检查（勘验），12:30 a,b");
}

TEST(Wording, HasANameForEveryKeyThatARuleNames) {
  const auto words = Json::parse(embedded("rule_words.json"), "rule_words.json");
  for (const auto& rule : law().rules->rules()) {
    std::vector<const rules::Requirement*> open{&rule.require};
    while (!open.empty()) {
      const auto* one = open.back();
      open.pop_back();
      for (const auto& part : one->of) open.push_back(&part);
      const bool on_fields = one->op == "doc_fields" || one->op == "group_fields";
      const auto* fields = one->parameters.find("fields");
      if (!on_fields || fields == nullptr) continue;
      for (const auto& field : fields->items()) {
        EXPECT_NE(words.find("fields")->find(field.as_string()), nullptr)
            << rule.id << " " << field.as_string();
      }
    }
    const auto* to = rule.require.parameters.find("to");
    if (rule.require.op == "deadline") {
      EXPECT_NE(words.find("acts")->find(to->as_string()), nullptr) << rule.id;
    }
  }
}

TEST(Message, NamesObjectFactRuleArticleAndNextStep) {
  const auto judgement = judged(sample_json("E"));
  EXPECT_EQ(message_of(judgement, "QCL-31-1 V02"),
            "音像 V02（照相，2025-06-17 09:30）：证明对象未填写。"
            "音像记录缺少制作方法、制作时间、制作人或证明对象。依据：操作细则第三十一条“应当同时以"
            "电子数据形式附记制作方法、制作时间、制作人和证明对象等内容”。请对照原件补填证明对象后"
            "重新提交；确已无法补正的，填写缺陷说明。");
  const auto late = message_of(judgement, "QCL-30-1 V01");
  EXPECT_NE(late.find("应不迟于2025-06-19完成存储，实际为2025-06-20，超期1日"), std::string::npos)
      << late;
  const auto unverified = message_of(judgement, "GSZ-118-1 case");
  EXPECT_NE(unverified.find("依据：国办发〔2018〕118号（来源待核）。"), std::string::npos);
  EXPECT_EQ(unverified.find("recalled"), std::string::npos);
  EXPECT_EQ(unverified.find("缺陷说明"), std::string::npos) << "a warning needs no statement";
}

TEST(Message, IsWholeInBothLanguages) {
  for (const auto language : {Language::kChinese, Language::kEnglish}) {
    rules::JudgeOptions options;
    options.language = language;
    for (const auto& one : judged(sample_json("E"), options).results) {
      EXPECT_EQ(one.message.find('{'), std::string::npos) << one.message;
      EXPECT_EQ(one.message.find("。。"), std::string::npos) << one.message;
      EXPECT_EQ(one.message.find(".."), std::string::npos) << one.message;
      EXPECT_EQ(one.message.rfind(one.object_name, 0), 0U) << one.message;
    }
  }
}

}  // namespace anjuan::test
