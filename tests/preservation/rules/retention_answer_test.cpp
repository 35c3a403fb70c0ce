#include "preservation/rules/retention_answer.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/files.h"

namespace anjuan::rules {

namespace {

CaseFile declared(const std::string& members) {
  return CaseFile::from_json(R"({"case_no": "样罚〔2025〕1号", "type": "行政处罚")" + members + "}",
                             "case.json");
}

std::string hold(const std::string& more = "", const std::string& ground = "suit") {
  return R"({"case_no": "样罚〔2025〕1号", "ground": ")" + ground +
         R"(", "reason": "县法院受理", "from": "2026-05-06", "by": "钱样（法制股）",)"
         R"( "document": "样行初〔2026〕3号")" +
         more + "}";
}

const std::string kLifted =
    R"(, "lifted": {"at": "2027-01-02", "by": "林样（局长）", "document": "样档〔2027〕1号"})";

HoldBook book_of(const std::string& holds) {
  return HoldBook::from_files(
      {{"data/holds/own.json", R"({"schema": "urn:anjuan:holds:1", "holds": [)" + holds + "]}"}});
}

LawBook law_with(const std::string& holds) {
  auto law = LawBook::load();
  law.holds = book_of(holds);
  return law;
}

Day day(int year, unsigned month, unsigned of_month) {
  return Day{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(of_month)};
}

TEST(RetentionAnswer, PrintsEveryBasisAndTheDays) {
  const auto law = LawBook::load();
  const auto lines = sentences(retention_of(declared(R"(, "closed_at": "2025-09-12")"), law));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_NE(lines[0].find("30年。依据：国家档案局令第8号"), std::string::npos) << lines[0];
  EXPECT_NE(lines[0].find("来源待核"), std::string::npos) << lines[0];
  EXPECT_NE(lines[1].find("第三十三条"), std::string::npos) << lines[1];
  EXPECT_EQ(lines[1].find("来源待核"), std::string::npos) << lines[1];
  EXPECT_NE(lines[2].find("自 2026-01-01 起，至 2055-12-31 止"), std::string::npos) << lines[2];
}

TEST(RetentionAnswer, SaysWhatCannotBeComputed) {
  const auto law = LawBook::load();
  const auto undated = sentences(retention_of(declared(""), law));
  EXPECT_NE(undated.back().find("结案日期"), std::string::npos) << undated.back();
  const auto daily = CaseFile::from_json(R"({"type": "日常监督检查"})", "case.json");
  const auto exempt = sentences(retention_of(daily, law));
  ASSERT_EQ(exempt.size(), 1U);
  EXPECT_NE(exempt[0].find("第三十二条第三款"), std::string::npos) << exempt[0];
  const auto kept =
      retention_of(declared(R"(, "closed_at": "2025-09-12", "archival_value": "重要")"), law);
  EXPECT_NE(sentences(kept).back().find("永久，自 2026-01-01 起。"), std::string::npos);
  EXPECT_FALSE(kept.is_due(day(9000, 1, 1)));
}

TEST(RetentionAnswer, IsDueOnTheDayAfterItsLastDay) {
  const auto law = LawBook::load();
  const auto answer = retention_of(declared(R"(, "closed_at": "2025-09-12")"), law);
  EXPECT_FALSE(answer.is_due(day(2055, 12, 31)));
  EXPECT_TRUE(answer.is_due(day(2056, 1, 1)));
  EXPECT_FALSE(retention_of(declared(""), law).is_due(day(2056, 1, 1)));
}

TEST(RetentionAnswer, IsNotDueWhileAHoldIsOpen) {
  const auto file = declared(R"(, "closed_at": "2025-09-12")");
  const auto held_law = law_with(hold() + "," + hold(kLifted, "review"));
  const auto held = retention_of(file, held_law);
  EXPECT_TRUE(held.is_held());
  EXPECT_FALSE(held.is_due(day(2056, 1, 1)));
  const auto lines = sentences(held);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_NE(lines[3].find("行政诉讼（县法院受理）"), std::string::npos) << lines[3];
  EXPECT_NE(lines[4].find("行政复议"), std::string::npos) << lines[4];
  EXPECT_NE(lines[4].find("林样（局长）解除"), std::string::npos) << lines[4];
  const auto lifted_law = law_with(hold(kLifted));
  const auto lifted = retention_of(file, lifted_law);
  EXPECT_FALSE(lifted.is_held());
  EXPECT_TRUE(lifted.is_due(day(2056, 1, 1)));
  EXPECT_EQ(lifted.holds.size(), 1U) << "a lifted hold is still a record";
}

TEST(RetentionAnswer, KnowsTheHoldsOfThatCaseAlone) {
  const auto law = law_with(hold());
  const auto other = CaseFile::from_json(R"({"case_no": "样罚〔2025〕11号"})", "case.json");
  EXPECT_FALSE(retention_of(other, law).is_held());
  EXPECT_FALSE(retention_of(CaseFile::from_json("{}", "case.json"), law).is_held());
}

TEST(Holds, HaveANameForEachGround) {
  for (const auto* word : {"review", "suit", "compensation", "petition", "audit", "discipline",
                           "criminal", "disclosure", "objection", "other"}) {
    const auto book = book_of(hold("", word));
    ASSERT_EQ(book.holds().size(), 1U);
    EXPECT_EQ(hold_word(book.holds()[0].ground), word);
    EXPECT_NE(hold_name(book.holds()[0].ground), "");
  }
}

TEST(Holds, ThatAreOffAreRefused) {
  const std::vector<std::pair<std::string, std::string>> bad{
      {hold("", "mood"), "review, suit"},
      {hold(R"(, "until": "2030-01-01")"), "until"},
      {hold(R"(, "lifted": {"at": "2026-05-05", "by": "b", "document": "d"})"), "早于"},
      {hold(R"(, "lifted": {"at": "2027-05-05", "by": "", "document": "d"})"), "by"},
      {hold(R"(, "lifted": {"at": "2027-05-05", "by": "b"})"), "document"},
      {hold(R"(, "lifted": true)"), "lifted"},
      {R"({"case_no": "", "ground": "suit"})", "case_no"},
      {R"({"case_no": "x"})", "ground"},
      {R"("x")", "对象"}};
  for (const auto& [holds, word] : bad) {
    const auto thrown = test::thrown_by([&] { book_of(holds); });
    EXPECT_EQ(thrown.word, "invalid") << holds;
    EXPECT_EQ(thrown.subject, "data/holds/own.json");
    EXPECT_NE(thrown.message.find("第 1 行"), std::string::npos) << thrown.message;
    EXPECT_NE(thrown.message.find(word), std::string::npos) << thrown.message;
  }
}

}  // namespace

}  // namespace anjuan::rules
