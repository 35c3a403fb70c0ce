#include <gtest/gtest.h>

#include "tests/preservation/rules/one_rule.h"

namespace anjuan::test {

namespace {

const std::string kAlways = R"({"always": true})";

std::string two_steps(const std::string& first, const std::string& second) {
  return R"({"events": [{"id": "E1", "kind": "EV_NOTICE")" + first +
         R"(}, {"id": "E2", "kind": "EV_DECISION")" + second + "}]}";
}

}  // namespace

TEST(OperatorEventExists, OrThePleaHasLapsed) {
  const std::string rule = R"({"op": "event_exists", "any": ["EV_PLEA", "EV_WAIVE"],
      "alt_after": {"event": "EV_NOTICE", "days_field": "plea_deadline"}})";
  EXPECT_EQ(ask(kAlways, rule, step_case("EV_WAIVE")), "passed");
  EXPECT_EQ(ask(kAlways, rule, "{}"), "failed");
  EXPECT_EQ(ask(kAlways, rule, R"({"no_plea_in_time": true})"), "passed");
  const std::string plain = R"({"op": "event_exists", "any": ["EV_COLLECT"]})";
  EXPECT_EQ(ask(kAlways, plain, R"({"no_plea_in_time": true})"), "failed");
}

TEST(OperatorOrder, ComparesTheLatestEndWithTheEarliestStart) {
  const std::string rule = R"({"op": "order", "before": "EV_NOTICE", "after": "EV_DECISION"})";
  EXPECT_EQ(ask(kAlways, rule,
                two_steps(R"(, "end": "2025-07-22T10:00")", R"(, "start": "2025-07-22T10:00")")),
            "passed");
  EXPECT_EQ(ask(kAlways, rule,
                two_steps(R"(, "end": "2025-07-22T10:00:01")", R"(, "start": "2025-07-22T10:00")")),
            "failed");
  EXPECT_EQ(ask(kAlways, rule, step_case("EV_NOTICE")), "passed");
  EXPECT_EQ(ask(kAlways, rule, two_steps("", R"(, "start": "2025-07-22")")), "not_checked");
  EXPECT_EQ(ask(kAlways, rule, two_steps(R"(, "end": "x")", R"(, "start": "2025-07-22")")),
            "not_checked");
}

TEST(OperatorSpotLimit, DependsOnThePartyOfTheStep) {
  const std::string rule = R"({"op": "spot_limit", "person": 200, "org": 3000})";
  const std::string event = R"({"event": ["EV_SPOT"]})";
  const auto fine = [](const std::string& members) { return step_case("EV_SPOT", members); };
  EXPECT_EQ(ask(event, rule, fine(R"("fine": 200, "party_kind": "公民")")), "passed");
  EXPECT_EQ(ask(event, rule, fine(R"("fine": 200.01, "party_kind": "公民")")), "failed");
  EXPECT_EQ(ask(event, rule, fine(R"("fine": 3000, "party_kind": "法人")")), "passed");
  EXPECT_EQ(ask(event, rule, fine(R"("fine": 3001)")), "failed");
  EXPECT_EQ(ask(event, rule, fine(R"("party_kind": "公民")")), "passed");
}

TEST(OperatorServed, EachDocumentIsServedBySomeStep) {
  const std::string rule = R"({"op": "served", "docs": ["D_NOTICE"]})";
  const std::string event = R"({"event": ["EV_NOTICE"]})";
  const auto with = [](const std::string& served, const std::string& kind) {
    return R"({"events": [{"id": "E1", "kind": "EV_NOTICE"}, {"id": "E2", "kind": ")" + kind +
           R"(", "served_doc": ")" + served +
           R"("}], "docs": [{"id": "D1", "kind": "D_NOTICE", "event": "E1"}]})";
  };
  EXPECT_EQ(ask(event, rule, with("D1", "EV_SERVICE")), "passed");
  EXPECT_EQ(ask(event, rule, with("D1", "EV_CLOSE")), "failed");
  EXPECT_EQ(ask(event, rule, with("D2", "EV_SERVICE")), "failed");
  EXPECT_EQ(ask(event, rule, step_case("EV_NOTICE")), "failed") << "no document";
  const std::string in_case = R"({"op": "served", "docs": ["D_NOTICE"], "scope": "case"})";
  const std::string service = R"({"event": ["EV_SERVICE"]})";
  EXPECT_EQ(ask(service, in_case, with("D1", "EV_SERVICE")), "passed");
  EXPECT_EQ(ask(service, in_case, with("D2", "EV_SERVICE")), "failed");
}

TEST(OperatorServedCopy, IsADocumentOfTheCase) {
  const std::string rule = R"({"op": "served_copy"})";
  const std::string event = R"({"event": ["EV_SERVICE"]})";
  const std::string document = R"({"id": "D1", "kind": "D_NOTICE"})";
  EXPECT_EQ(ask(event, rule, step_case("EV_SERVICE", R"("served_doc": "D1")", document)), "passed");
  EXPECT_EQ(ask(event, rule, step_case("EV_SERVICE", R"("served_doc": "D2")", document)), "failed");
  EXPECT_EQ(ask(event, rule, step_case("EV_SERVICE", "", document)), "failed");
}

TEST(OperatorServedWithin, TakesTheFirstService) {
  const std::string rule =
      R"({"op": "served_within", "docs": ["D_DECISION"], "max": 7, "unit": "workday"})";
  const std::string event = R"({"event": ["EV_DECISION"]})";
  const auto with = [](const std::string& first, const std::string& second) {
    const auto service = [](const std::string& id, const std::string& end) {
      return R"({"id": ")" + id + R"(", "kind": "EV_SERVICE", "served_doc": "D1", "end": ")" + end +
             "\"}";
    };
    return R"({"events": [{"id": "E1", "kind": "EV_DECISION", "start": "2025-08-20T10:00"}, )" +
           service("E2", first) + ", " + service("E3", second) +
           R"(], "docs": [{"id": "D1", "kind": "D_DECISION", "event": "E1"}]})";
  };
  EXPECT_EQ(ask(event, rule, with("2025-08-29T23:59:59", "2025-09-30")), "passed");
  EXPECT_EQ(ask(event, rule, with("2025-08-30", "2025-09-30")), "failed");
  EXPECT_EQ(ask(event, rule, with("x", "x")), "failed");
  const auto open = ask_all(event, rule,
                            step_case("EV_DECISION", R"("start": "2025-08-20T10:00")",
                                      R"({"id": "D1", "kind": "D_DECISION", "event": "E1"})"));
  EXPECT_EQ(open.count(CheckResult::kFailed), 1U);
  ASSERT_EQ(open.deadlines.size(), 1U);
  EXPECT_EQ(to_text(open.deadlines[0].due.day()), "2025-08-29");
}

TEST(OperatorAllAny, KeepDecidedAndUndecidedApart) {
  const std::string yes = R"({"op": "case_fields", "fields": ["title"]})";
  const std::string no = R"({"op": "case_fields", "fields": ["cause"]})";
  const std::string open = R"({"op": "host_not_investigator"})";
  const std::string event = R"({"event": ["EV_HEARING"]})";
  const auto of = [](const std::string& op, const std::string& one, const std::string& other) {
    return R"({"op": ")" + op + R"(", "of": [)" + one + ", " + other + "]}";
  };
  const auto declared = step_case("EV_HEARING", "", "", "", R"("title": "x")");
  EXPECT_EQ(ask(event, of("all", yes, yes), declared), "passed");
  EXPECT_EQ(ask(event, of("all", yes, open), declared), "not_checked");
  EXPECT_EQ(ask(event, of("all", open, no), declared), "failed");
  EXPECT_EQ(ask(event, of("any", no, yes), declared), "passed");
  EXPECT_EQ(ask(event, of("any", no, open), declared), "not_checked");
  EXPECT_EQ(ask(event, of("any", no, no), declared), "failed");
}

TEST(Trigger, TakesAMissingFlagForFalse) {
  const std::string rule = R"({"op": "event_fields", "fields": ["place"]})";
  const std::string where = R"({"event": ["EV_SITE"], "where": {"emergency": false}})";
  EXPECT_EQ(ask(where, rule, step_case("EV_SITE")), "failed");
  EXPECT_EQ(ask(where, rule, step_case("EV_SITE", R"("emergency": true)")), "not_applicable");
  const std::string among = R"({"event": ["EV_SITE"], "where": {"outcome_in": ["甲", "乙"]}})";
  EXPECT_EQ(ask(among, rule, step_case("EV_SITE", R"("outcome": "乙")")), "failed");
  EXPECT_EQ(ask(among, rule, step_case("EV_SITE")), "not_applicable");
}

}  // namespace anjuan::test
