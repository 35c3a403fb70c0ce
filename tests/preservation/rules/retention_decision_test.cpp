#include "preservation/rules/retention_decision.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/support/files.h"

namespace anjuan::rules {
namespace {

CaseFile closed(const std::string& date, const std::string& more = "") {
  return CaseFile::from_json(
      R"({"case_no": "样1号", "type": "行政处罚", "closed_at": ")" + date + "\"" + more + "}",
      "case.json");
}

RetentionSchedule schedule_of(const std::vector<std::string>& lines) {
  std::string text =
      R"({"schema": "urn:anjuan:retention:1", "version": "1", "title": "表", "lines": [)";
  for (std::size_t i = 0; i < lines.size(); ++i) text += (i > 0 ? "," : "") + lines[i];
  return RetentionSchedule::from_files({{"data/retention/own.json", text + "]}"}});
}

std::string line(int number, int years) {
  return fmt::format(R"({{"id": "BJ-{}", "title": "第{}项", "years": {}, "basis": "本局表",)"
                     R"( "source_text": "保管"}})",
                     number, number, years);
}

Hold hold(bool is_lifted = false) {
  Hold one;
  one.id = 7;
  one.kind = HoldKind::kSuit;
  one.reason = "一审";
  one.placed_by = "李阳";
  one.placed_at = parse_instant("2026-11-01");
  if (is_lifted) one.lifted = {"李阳", parse_instant("2026-11-02"), "撤诉"};
  return one;
}

std::string all(const RetentionDecision& decision) {
  std::string text;
  for (const std::string& sentence : sentences(decision)) text += sentence + "\n";
  return text;
}

TEST(RetentionDecision, TakesTheLongestAndPrintsEveryBasis) {
  const auto decision = decide_retention(closed("2025-09-12"), RetentionSchedule::load());
  EXPECT_EQ(decision.years, 30);
  EXPECT_EQ(decision.code(), "D30");
  ASSERT_EQ(decision.bases.size(), 2U);
  EXPECT_EQ(to_text(decision.start.value()), "2026-01-01");
  EXPECT_EQ(to_text(decision.expires.value()), "2055-12-31");
  const std::string text = all(decision);
  EXPECT_NE(text.find("第三十三条"), std::string::npos) << text;
  EXPECT_NE(text.find("国家档案局令第8号"), std::string::npos) << text;
  EXPECT_NE(text.find("来源待核"), std::string::npos) << text;
  EXPECT_NE(text.find("2055-12-31 届满"), std::string::npos) << text;
}

TEST(RetentionDecision, KeepsForEverWhatIsPermanent) {
  const auto decision = decide_retention(closed("2025-09-12", R"(, "archival_value": "重要")"),
                                         RetentionSchedule::load());
  EXPECT_TRUE(decision.is_permanent());
  EXPECT_EQ(decision.code(), "Y");
  EXPECT_FALSE(decision.expires);
  EXPECT_NE(all(decision).find("永久保管"), std::string::npos);
}

TEST(RetentionDecision, TakesTheLongestWhateverTheOrder) {
  std::mt19937 random(20261126);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::string> lines;
    int longest = 30;
    for (int i = 0; i < 6; ++i) {
      const int years = static_cast<int>(random() % 200) + 1;
      longest = std::max(longest, years);
      lines.push_back(line(i, years));
    }
    for (int turn = 0; turn < 4; ++turn) {
      std::shuffle(lines.begin(), lines.end(), random);
      const auto decision = decide_retention(closed("2025-09-12"), schedule_of(lines));
      EXPECT_EQ(decision.years, longest);
      EXPECT_EQ(decision.bases.size(), 8U);
      EXPECT_TRUE(std::is_sorted(decision.bases.begin(), decision.bases.end(),
                                 [](const auto& a, const auto& b) { return a.years > b.years; }));
      EXPECT_GE(decision.years, kRetentionFloorYears);
    }
  }
}

TEST(RetentionDecision, IsTheSameWithHoldsAndSaysThem) {
  const auto schedule = RetentionSchedule::load();
  const auto free = decide_retention(closed("2025-09-12"), schedule);
  const auto held = decide_retention(closed("2025-09-12"), schedule, {hold(), hold(true)});
  EXPECT_EQ(held.years, free.years);
  EXPECT_EQ(held.start, free.start);
  EXPECT_EQ(held.expires, free.expires);
  ASSERT_EQ(held.holds.size(), 1U) << "what was lifted holds nothing";
  const std::string text = all(held);
  EXPECT_NE(text.find("第 7 号"), std::string::npos);
  EXPECT_NE(text.find("诉讼"), std::string::npos);
  EXPECT_NE(text.find("不得销毁"), std::string::npos);
}

TEST(RetentionDecision, IsDueOnlyAfterTheLastDayAndWithoutHolds) {
  const auto schedule = RetentionSchedule::load();
  const auto free = decide_retention(closed("2025-09-12"), schedule);
  EXPECT_FALSE(free.is_due(free.expires.value()));
  EXPECT_TRUE(free.is_due(free.expires.value() + std::chrono::days(1)));
  const auto held = decide_retention(closed("2025-09-12"), schedule, {hold()});
  EXPECT_FALSE(held.is_due(held.expires.value() + std::chrono::days(1)));
  const auto undated = decide_retention(closed(""), schedule);
  EXPECT_FALSE(undated.is_due(free.expires.value() + std::chrono::days(400)));
}

TEST(RetentionDecision, SaysThatItCannotCountWithoutAClosingDate) {
  for (const char* date : {"", "x", "2025-02-30", "-1"}) {
    const auto decision = decide_retention(closed(date), RetentionSchedule::load());
    EXPECT_EQ(decision.years, 30);
    EXPECT_FALSE(decision.start) << date;
    EXPECT_FALSE(decision.expires) << date;
    EXPECT_NE(all(decision).find("结案日期"), std::string::npos);
  }
  const auto late = decide_retention(closed("9999-12-31"), RetentionSchedule::load());
  EXPECT_FALSE(sentences(late).empty());
}

TEST(RetentionDecision, DoesNotSpeakOfDailyInspections) {
  auto json =
      Json::parse(R"({"case_no": "1", "type": "日常监督检查", "closed_at": "2025-01-01"})", "case");
  const auto decision =
      decide_retention(CaseFile::from_value(json, "case"), RetentionSchedule::load());
  EXPECT_EQ(decision.years, 0);
  EXPECT_EQ(decision.code(), "");
  EXPECT_NE(all(decision).find("第三十二条"), std::string::npos);
}

TEST(RetentionDecision, WarnsOfAShorterDeclaration) {
  const auto schedule = RetentionSchedule::load();
  const auto five = closed("2025-09-12", R"(, "retention": {"years": 5, "code": "D5"})");
  EXPECT_TRUE(decide_retention(five, schedule).is_declared_shorter());
  EXPECT_NE(all(decide_retention(five, schedule)).find("短于"), std::string::npos);
  const auto forever = closed("2025-09-12", R"(, "retention": {"years": 5, "code": "Y"})");
  EXPECT_FALSE(decide_retention(forever, schedule).is_declared_shorter());
  EXPECT_FALSE(decide_retention(closed("2025-09-12"), schedule).is_declared_shorter());
}

struct Period {
  const char* closed_at;
  int years;
  const char* start;
  const char* expires;
};

TEST(RetentionDecision, CountsFromTheClosingDayOverLeapDays) {
  const Period periods[] = {{"2024-02-28", 50, "2024-02-29", "2074-02-28"},
                            {"2024-02-28", 52, "2024-02-29", "2076-02-28"},
                            {"2024-02-29", 50, "2024-03-01", "2074-02-28"},
                            {"2023-02-28", 49, "2023-03-01", "2072-02-29"},
                            {"2025-12-31", 30, "2026-01-01", "2055-12-31"}};
  for (const Period& period : periods) {
    const auto decision =
        decide_retention(closed(period.closed_at), schedule_of({line(1, period.years)}), {},
                         RetentionStart::kClosingDay);
    EXPECT_EQ(to_text(decision.start.value()), period.start);
    EXPECT_EQ(to_text(decision.expires.value()), period.expires) << period.closed_at;
  }
  EXPECT_EQ(retention_start_of("closing-day"), RetentionStart::kClosingDay);
  EXPECT_EQ(retention_start_of("next-year"), RetentionStart::kNextYear);
  EXPECT_FALSE(retention_start_of("now"));
}

TEST(RetentionDecision, AgreesWithTheScheduleOnTheLastDay) {
  for (const char* date : {"2023-12-31", "2024-01-01", "2024-02-29", "2025-06-17"}) {
    const auto decision = decide_retention(closed(date), RetentionSchedule::load());
    EXPECT_EQ(decision.expires, retention_end(closed(date), 30)) << date;
  }
}

TEST(HoldKinds, AreReadByWordAndByName) {
  for (const std::string& word : hold_words()) {
    const auto kind = hold_kind_of(word);
    ASSERT_TRUE(kind) << word;
    EXPECT_EQ(hold_word(*kind), word);
    EXPECT_EQ(hold_kind_of(hold_name(*kind)), kind);
  }
  EXPECT_EQ(hold_kind_of("复议"), HoldKind::kReview);
  EXPECT_FALSE(hold_kind_of(""));
}

}  // namespace
}  // namespace anjuan::rules
