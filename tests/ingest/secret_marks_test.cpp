// Marks of state secrets are found as marks; the bare words are not.
#include "ingest/secret_marks.h"

#include <gtest/gtest.h>

namespace anjuan::test {

namespace {

std::string marks_of(const std::string& json) {
  std::string found;
  for (const auto& mark : ingest::secret_marks(CaseFile::from_json(json, "case.json"))) {
    found += mark.where + "=" + mark.text + " ";
  }
  return found;
}

}  // namespace

TEST(SecretMarks, AClassificationOfSecretAndAboveIsAMark) {
  EXPECT_EQ(marks_of(R"({"security":"秘密"})"), "/security=秘密 ");
  EXPECT_EQ(marks_of(R"({"security":"机密★10年"})"), "/security=机密★10年 ");
  EXPECT_EQ(marks_of(R"({"security":"内部"})"), "");
  EXPECT_EQ(marks_of(R"({"security":"非涉密"})"), "");
}

TEST(SecretMarks, AMarkIsFoundWhereverItStands) {
  EXPECT_EQ(marks_of(R"({"docs":[{"id":"D01"},{"id":"D02","title":"通知〔绝密 ★ 长期〕"}]})"),
            "/docs/1/title=绝密 ★ 长期〕 ");
  EXPECT_EQ(marks_of(R"({"docs":[{"id":"D01","fields":{"content":"秘密★5年"}}]})"),
            "/docs/0/fields/content=秘密★5年 ");
}

TEST(SecretMarks, BareWordsAreNone) {
  EXPECT_EQ(marks_of(R"({"title":"泄露商业秘密案","cause":"机密柜失窃★另案处理"})"), "");
  EXPECT_EQ(marks_of(R"({"party":{"name":"秘密花园农家乐"}})"), "");
}

TEST(SecretMarks, AreCountedUpToALimit) {
  std::string json = R"({"index":[)";
  for (int i = 0; i < 100; ++i) json += std::string(i == 0 ? "" : ",") + R"({"note":"秘密★5年"})";
  const auto marks = ingest::secret_marks(CaseFile::from_json(json + "]}", "case.json"));
  EXPECT_EQ(marks.size(), ingest::kSecretMarksMax);
}

}  // namespace anjuan::test
