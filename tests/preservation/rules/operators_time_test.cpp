#include <gtest/gtest.h>

#include "tests/preservation/rules/one_rule.h"

namespace anjuan::test {

namespace {

const std::string kEach = R"({"each": "av"})";
const std::string kEvent = R"({"event": ["EV_MEASURE"]})";

std::string deadline(const std::string& from, const std::string& to, int max,
                     const std::string& unit, const std::string& more = "") {
  return fmt::format(R"({{"op": "deadline", "frm": "{}", "to": "{}", "max": {}, "unit": "{}"{}}})",
                     from, to, max, unit, more);
}

std::string stored(const std::string& made, const std::string& at) {
  return R"({"av": [{"id": "V1", "made_at": ")" + made + R"(", "stored_at": ")" + at + "\"}]}";
}

std::string measure(const std::string& members) { return step_case("EV_MEASURE", members); }

}  // namespace

TEST(OperatorDeadline, EndsWithTheDueWorkingDay) {
  const auto rule = deadline("made_at", "stored_at", 2, "workday");
  EXPECT_EQ(ask(kEach, rule, stored("2026-02-13T09:00", "2026-02-24T23:59:59")), "passed");
  EXPECT_EQ(ask(kEach, rule, stored("2026-02-13T09:00", "2026-02-25T00:00:00")), "failed");
  EXPECT_EQ(ask(kEach, rule, stored("", "2026-02-25")), "passed") << "no start";
  EXPECT_EQ(ask(kEach, rule, stored("2026-02-13", "")), "failed");
  EXPECT_EQ(ask(kEach, rule, stored("x", "2026-02-24")), "not_checked");
  EXPECT_EQ(ask(kEach, rule, stored("2026-02-13", "x")), "failed");
}

TEST(OperatorDeadline, RunsHoursToTheSecond) {
  const auto rule = deadline("made_at", "stored_at", 24, "hour");
  EXPECT_EQ(ask(kEach, rule, stored("2026-02-13T09:00:00", "2026-02-14T09:00:00")), "passed");
  EXPECT_EQ(ask(kEach, rule, stored("2026-02-13T09:00:00", "2026-02-14T09:00:01")), "failed");
  EXPECT_EQ(ask(kEach, rule, stored("2026-02-13T09:00:00Z", "2026-02-14T17:00:00")), "passed")
      << "17:00 at +08:00 is 09:00 UTC";
}

TEST(OperatorDeadline, MayBeExtendedByADocument) {
  const auto rule =
      deadline("filed_at", "decided_at", 90, "day",
               R"(, "extended_until": "extended_until", "extension_doc": "D_EXTEND")");
  const std::string always = R"({"always": true})";
  const std::string dates =
      R"("filed_at": "2025-02-10", "decided_at": "2025-06-03", "extended_until": ")";
  const std::string document = R"(, "docs": [{"id": "D1", "kind": "D_EXTEND"}])";
  EXPECT_EQ(ask(always, rule, "{" + dates + "2025-06-03\"" + document + "}"), "passed");
  EXPECT_EQ(ask(always, rule, "{" + dates + "2025-06-02\"" + document + "}"), "failed");
  EXPECT_EQ(ask(always, rule, "{" + dates + "2025-07-10\"}"), "failed") << "no document";
  EXPECT_EQ(ask(always, rule, "{" + dates + "x\"" + document + "}"), "not_checked");
}

TEST(OperatorDeadline, LeavesAnOpenDeadlineWhereTheEndIsMissing) {
  const auto judgement =
      ask_all(kEach, deadline("made_at", "stored_at", 2, "workday"), stored("2026-02-13", ""));
  ASSERT_EQ(judgement.deadlines.size(), 1U);
  EXPECT_EQ(to_text(judgement.deadlines[0].due.day()), "2026-02-24");
  EXPECT_EQ(judgement.deadlines[0].object, "V1");
  EXPECT_NE(judgement.results.at(0).message.find("应不迟于2026-02-24完成存储"), std::string::npos)
      << judgement.results.at(0).message;
}

TEST(OperatorBetweenEvents, LongestAndShortest) {
  const std::string event = R"({"event": ["EV_COURT"]})";
  const auto with = [](const std::string& served, const std::string& start) {
    return R"({"events": [{"id": "E1", "kind": "EV_URGE", "served_at": ")" + served +
           R"("}, {"id": "E2", "kind": "EV_COURT", "start": ")" + start + "\"}]}";
  };
  const std::string at_least =
      R"({"op": "deadline_between_events", "frm_event": "EV_URGE", "frm": "served_at|start",
          "to": "start", "min": 10, "unit": "day"})";
  EXPECT_EQ(ask(event, at_least, with("2025-09-01T10:00", "2025-09-11T18:00")), "failed");
  EXPECT_EQ(ask(event, at_least, with("2025-09-01T10:00", "2025-09-12T08:00")), "passed");
  EXPECT_EQ(ask(event, at_least, with("", "2025-09-12")), "not_checked");
  EXPECT_EQ(ask(event, at_least, step_case("EV_COURT", R"("start": "2025-09-12")")), "passed");
  const std::string at_most =
      R"({"op": "deadline_between_events", "frm_event": "EV_URGE", "frm": "served_at|start",
          "to": "start", "max": 5, "unit": "workday"})";
  EXPECT_EQ(ask(event, at_most, with("2025-09-01", "2025-09-08T23:59:59")), "passed");
  EXPECT_EQ(ask(event, at_most, with("2025-09-01", "2025-09-09")), "failed");
}

TEST(OperatorMinGap, CountsWorkingDaysOrDays) {
  const std::string event = R"({"event": ["EV_HEARING"]})";
  const std::string workdays =
      R"({"op": "min_gap", "frm": "notified_at", "to": "start", "min": 7, "unit": "workday"})";
  const auto with = [](const std::string& notified, const std::string& start) {
    return step_case("EV_HEARING",
                     R"("notified_at": ")" + notified + R"(", "start": ")" + start + "\"");
  };
  EXPECT_EQ(ask(event, workdays, with("2025-07-28T15:00", "2025-08-06T09:00")), "passed");
  EXPECT_EQ(ask(event, workdays, with("2025-07-28T15:00", "2025-08-05T09:00")), "failed");
  EXPECT_EQ(ask(event, workdays, with("", "2025-08-05")), "failed");
  EXPECT_EQ(ask(event, workdays, with("2025-08-05", "x")), "failed");
  EXPECT_EQ(ask(event, workdays, with("2025-08-05", "2025-07-01")), "failed");
  const std::string days =
      R"({"op": "min_gap", "frm": "start", "to": "effective_at", "min": 30, "unit": "day"})";
  const auto notice = [](const std::string& effective) {
    return step_case("EV_HEARING",
                     R"("start": "2025-07-01T16:00", "effective_at": ")" + effective + "\"");
  };
  EXPECT_EQ(ask(event, days, notice("2025-07-31")), "passed");
  EXPECT_EQ(ask(event, days, notice("2025-07-30")), "failed");
  const auto open = ask_all(event, days, notice(""));
  ASSERT_EQ(open.deadlines.size(), 1U);
  EXPECT_TRUE(open.deadlines[0].is_earliest);
  EXPECT_EQ(to_text(open.deadlines[0].due.day()), "2025-07-31");
}

TEST(OperatorMonthsAndYears, CountDays) {
  const std::string months =
      R"({"op": "months", "frm": "remedy_expired_at", "to": "start", "max": 3})";
  const std::string event = R"({"event": ["EV_COURT"]})";
  const auto court = [](const std::string& expired, const std::string& start) {
    return step_case("EV_COURT",
                     R"("remedy_expired_at": ")" + expired + R"(", "start": ")" + start + "\"");
  };
  EXPECT_EQ(ask(event, months, court("2025-06-01", "2025-09-01")), "passed") << "92 days";
  EXPECT_EQ(ask(event, months, court("2025-06-01", "2025-09-02")), "failed") << "93 days";
  EXPECT_EQ(ask(event, months, court("", "2025-09-02")), "passed");
  EXPECT_EQ(ask(event, months, court("x", "2025-09-02")), "not_checked");
  const std::string years = R"({"op": "years", "frm": "violation_ended_at", "to": "discovered_at",
      "max": 2, "alt_max": 5, "alt_flag": "life_health_finance"})";
  const std::string always = R"({"always": true})";
  const auto found_at = [](const std::string& day, bool flag) {
    return fmt::format(R"({{"violation_ended_at": "2020-01-01", "discovered_at": "{}",
        "life_health_finance": {}}})",
                       day, flag);
  };
  EXPECT_EQ(ask(always, years, found_at("2022-01-02", false)), "passed") << "732 days";
  EXPECT_EQ(ask(always, years, found_at("2022-01-03", false)), "failed");
  EXPECT_EQ(ask(always, years, found_at("2022-01-03", true)), "passed");
  EXPECT_EQ(ask(always, years, "{}"), "passed");
}

TEST(OperatorMeasurePeriod, AllowsThirtyDaysWithoutTesting) {
  const std::string rule =
      R"({"op": "measure_period", "base": 30, "extended": 60, "exclude": "appraisal"})";
  const std::string start = R"("start": "2025-06-17T15:00", "lifted_at": )";
  EXPECT_EQ(ask(kEvent, rule, measure(start + R"("2025-07-17")")), "passed");
  EXPECT_EQ(ask(kEvent, rule, measure(start + R"("2025-07-18")")), "failed");
  EXPECT_EQ(ask(kEvent, rule, measure(start + R"("2025-07-18", "appraisal_days": 1)")), "passed");
  EXPECT_EQ(ask(kEvent, rule, measure(start + R"("2025-08-16", "extended": true)")), "passed");
  EXPECT_EQ(ask(kEvent, rule, measure(start + R"("2025-08-17", "extended": true)")), "failed");
  EXPECT_EQ(ask(kEvent, rule, measure(start + R"("x")")), "failed");
  const auto open = ask_all(kEvent, rule, measure(start + "null"));
  ASSERT_EQ(open.deadlines.size(), 1U);
  EXPECT_EQ(to_text(open.deadlines[0].due.day()), "2025-07-17");
}

TEST(OperatorNight, BeginsAtTenAndEndsAtSix) {
  const std::string rule = R"({"op": "not_night_or_holiday", "night": ["22:00", "06:00"]})";
  const std::string event = R"({"event": ["EV_ENFORCE"]})";
  const auto at = [](const std::string& start) {
    return step_case("EV_ENFORCE", R"("start": ")" + start + "\"");
  };
  EXPECT_EQ(ask(event, rule, at("2025-09-16T05:59:59")), "failed");
  EXPECT_EQ(ask(event, rule, at("2025-09-16T06:00:00")), "passed");
  EXPECT_EQ(ask(event, rule, at("2025-09-16T21:59:59")), "passed");
  EXPECT_EQ(ask(event, rule, at("2025-09-16T22:00:00")), "failed");
  EXPECT_EQ(ask(event, rule, at("2025-10-01T10:00")), "failed") << "国庆节";
  EXPECT_EQ(ask(event, rule, at("2025-10-08T10:00")), "passed") << "a rest day is no holiday";
  EXPECT_EQ(ask(event, rule, at("2099-09-16T10:00")), "not_checked") << "no calendar";
  EXPECT_EQ(ask(event, rule, at("x")), "not_checked");
}

}  // namespace anjuan::test
