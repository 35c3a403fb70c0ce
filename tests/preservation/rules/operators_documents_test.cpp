#include <gtest/gtest.h>

#include "tests/preservation/rules/one_rule.h"

namespace anjuan::test {

namespace {

const std::string kSite = R"({"event": ["EV_SITE"]})";

std::string site(const std::string& docs) { return step_case("EV_SITE", "", docs); }

}  // namespace

TEST(OperatorDoc, CountsDocumentsOfTheStepAlone) {
  const std::string rule = R"({"op": "doc", "any": ["D_SITE", "D_SITE_MAP"], "min": 2})";
  const std::string one = R"({"id": "D1", "kind": "D_SITE", "event": "E1"})";
  const std::string other = R"({"id": "D2", "kind": "D_SITE_MAP", "event": "E1"})";
  const std::string elsewhere = R"({"id": "D2", "kind": "D_SITE_MAP", "event": "E2"})";
  EXPECT_EQ(ask(kSite, rule, site(one + "," + other)), "passed");
  EXPECT_EQ(ask(kSite, rule, site(one)), "failed");
  EXPECT_EQ(ask(kSite, rule, site(one + "," + elsewhere)), "failed");
  EXPECT_EQ(ask(kSite, rule, R"({"events": []})"), "not_applicable");
}

TEST(OperatorDoc, LooksAnywhereForTheWholeCase) {
  const std::string rule = R"({"op": "doc", "any": ["D_ENTRUST_LAW"], "min": 1})";
  const std::string held = R"({"docs": [{"id": "D1", "kind": "D_ENTRUST_LAW"}]})";
  EXPECT_EQ(ask(R"({"always": true})", rule, held), "passed");
  EXPECT_EQ(ask(R"({"always": true})", rule, "{}"), "failed");
}

TEST(OperatorDocAny, ExemptsTheClosingOfTheCase) {
  const std::string rule = R"({"op": "doc_any", "min": 1})";
  const std::string each = R"({"each": "event"})";
  EXPECT_EQ(ask(each, rule, site("")), "failed");
  EXPECT_EQ(ask(each, rule, site(R"({"id": "D1", "kind": "D_INQ", "event": "E1"})")), "passed");
  EXPECT_EQ(ask(each, rule, step_case("EV_CLOSE")), "passed");
}

TEST(OperatorCaseDoc, WantsItsFieldsFilled) {
  const std::string rule =
      R"({"op": "case_doc", "any": ["D_OPINION"], "min": 1, "fields": ["leader_approval"]})";
  const std::string always = R"({"always": true})";
  const auto with = [](const std::string& fields) {
    return fmt::format(R"({{"docs": [{{"id": "D1", "kind": "D_OPINION", "fields": {}}}]}})",
                       fields);
  };
  EXPECT_EQ(ask(always, rule, with(R"({"leader_approval": "同意"})")), "passed");
  EXPECT_EQ(ask(always, rule, with(R"({"leader_approval": ""})")), "failed");
  EXPECT_EQ(ask(always, rule, with("{}")), "failed");
  EXPECT_EQ(ask(always, rule, "{}"), "failed");
}

TEST(OperatorCaseDoc, TakesTheIndexOfTheCaseForOne) {
  const std::string rule = R"({"op": "case_doc", "any": ["D_INDEX"], "min": 1})";
  const std::string always = R"({"always": true})";
  EXPECT_EQ(ask(always, rule, R"({"index": [{"title": "x"}]})"), "passed");
  EXPECT_EQ(ask(always, rule, R"({"index": []})"), "failed");
  EXPECT_EQ(ask(always, rule, R"({"docs": [{"id": "D1", "kind": "D_INDEX"}]})"), "passed");
}

TEST(OperatorDocFields, TakesAFieldFromAnyDocumentOfTheKind) {
  const std::string rule =
      R"({"op": "doc_fields", "doc": ["D_LEGAL"], "fields": ["opinion", "adoption"]})";
  const std::string event = R"({"event": ["EV_LEGAL"]})";
  const auto legal = [](const std::string& docs) { return step_case("EV_LEGAL", "", docs); };
  const std::string first =
      R"({"id": "D1", "kind": "D_LEGAL", "event": "E1", "fields": {"opinion": "同意"}})";
  const std::string second =
      R"({"id": "D2", "kind": "D_LEGAL", "event": "E1", "fields": {"adoption": 1}})";
  EXPECT_EQ(ask(event, rule, legal(first + "," + second)), "passed");
  EXPECT_EQ(ask(event, rule, legal(first)), "failed");
  EXPECT_EQ(ask(event, rule, legal("")), "passed") << "no document of the kind is another's matter";
  const std::string doc = R"({"doc": ["D_LEGAL"]})";
  EXPECT_EQ(ask(doc, rule, legal(first + "," + second)), "failed") << "each for itself";
}

TEST(OperatorDocFieldsEach, AsksForMembersOfTheDocument) {
  const std::string rule = R"({"op": "doc_fields_each", "fields": ["title", "pages"]})";
  const std::string each = R"({"each": "doc"})";
  EXPECT_EQ(ask(each, rule, R"({"docs": [{"id": "D1", "title": "x", "pages": 0}]})"), "passed");
  EXPECT_EQ(ask(each, rule, R"({"docs": [{"id": "D1", "title": "", "pages": 1}]})"), "failed");
  EXPECT_EQ(ask(each, rule, R"({"docs": [{"id": "D1", "title": "x", "pages": null}]})"), "failed");
  EXPECT_EQ(ask(each, rule, "{}"), "not_applicable");
}

TEST(OperatorGroupFields, LooksOverAllKindsOfTheStep) {
  const std::string rule =
      R"({"op": "group_fields", "docs": ["D_MEAS", "D_MEAS_REC"],
          "fields": ["reason", "service"]})";
  const std::string doc = R"({"doc": ["D_MEAS", "D_MEAS_REC"]})";
  const std::string decision =
      R"({"id": "D1", "kind": "D_MEAS", "event": "E1", "fields": {"reason": "x"}})";
  const std::string record =
      R"({"id": "D2", "kind": "D_MEAS_REC", "event": "E1", "fields": {"service": "x"}})";
  EXPECT_EQ(ask(doc, rule, step_case("EV_MEASURE", "", decision + "," + record)), "passed");
  const auto judgement =
      ask_all(doc, rule,
              step_case("EV_MEASURE", "",
                        decision + "," + R"({"id": "D2", "kind": "D_MEAS_REC", "event": "E1"})"));
  EXPECT_EQ(found(judgement), (std::set<std::string>{"T-1 D1", "T-1 D2"}));
  EXPECT_EQ(ask(doc, rule, R"({"docs": [{"id": "D1", "kind": "D_MEAS"}]})"), "failed")
      << "bound to no step";
  const auto nowhere = ask_all(doc, rule, R"({"docs": [{"id": "D1", "kind": "D_MEAS", "event": "E9",
          "fields": {"reason": 1, "service": 1}},
          {"id": "D2", "kind": "D_MEAS", "event": "E9"}]})");
  EXPECT_EQ(found(nowhere), std::set<std::string>{"T-1 D2"}) << "bound to a step that is none";
}

TEST(OperatorDocBeforeEvent, ComparesTheApprovalWithTheStart) {
  const std::string rule = R"({"op": "doc_before_event", "doc": "D_MEAS_APPROVAL"})";
  const std::string event = R"({"event": ["EV_MEASURE"]})";
  const auto with = [](const std::string& members) {
    return step_case("EV_MEASURE", R"("start": "2025-06-17T15:00")",
                     R"({"id": "D1", "kind": "D_MEAS_APPROVAL", "event": "E1", )" + members + "}");
  };
  EXPECT_EQ(ask(event, rule, with(R"("fields": {"approved_at": "2025-06-17T15:00"})")), "passed");
  EXPECT_EQ(ask(event, rule, with(R"("fields": {"approved_at": "2025-06-17T15:00:01"})")),
            "failed");
  EXPECT_EQ(ask(event, rule, with(R"("date": "2025-06-17")")), "passed");
  EXPECT_EQ(ask(event, rule, with(R"("date": "2025-06-18")")), "failed");
  EXPECT_EQ(ask(event, rule, with(R"("fields": {"approved_at": 1})")), "not_checked");
  EXPECT_EQ(ask(event, rule, step_case("EV_MEASURE", R"("start": "2025-06-17T15:00")")), "failed");
}

TEST(OperatorFields, OfStepsCaseAndRecordings) {
  const std::string event = R"({"event": ["EV_SITE"]})";
  const std::string fields = R"({"op": "event_fields", "fields": ["cert_shown", "place"]})";
  EXPECT_EQ(ask(event, fields, step_case("EV_SITE", R"("cert_shown": false, "place": "x")")),
            "passed")
      << "false is an answer";
  EXPECT_EQ(ask(event, fields, step_case("EV_SITE", R"("cert_shown": true, "place": "")")),
            "failed");
  const std::string any =
      R"({"op": "event_any_field", "fields": ["recipient_signed", "witnesses"]})";
  EXPECT_EQ(ask(event, any, step_case("EV_SITE", R"("recipient_signed": false)")), "failed");
  EXPECT_EQ(ask(event, any, step_case("EV_SITE", R"("recipient_signed": true)")), "passed");
  EXPECT_EQ(ask(event, any, step_case("EV_SITE", R"("witnesses": ["样某"])")), "passed");
  EXPECT_EQ(ask(event, any, step_case("EV_SITE", R"("witnesses": [])")), "failed");
  const std::string of_case = R"({"op": "case_fields", "fields": ["received_by"]})";
  EXPECT_EQ(ask(R"({"always": true})", of_case, R"({"received_by": "何样己"})"), "passed");
  EXPECT_EQ(ask(R"({"always": true})", of_case, "{}"), "failed");
  EXPECT_EQ(ask(event, of_case, step_case("EV_SITE", "", "", "", R"("received_by": "何样己")")),
            "passed")
      << "of the case, whatever the trigger";
}

TEST(OperatorEnum, WantsOneOfTheValues) {
  const std::string event = R"({"event": ["EV_SERVICE"]})";
  const std::string mail =
      R"({"op": "event_enum", "field": "mail_type", "values": ["挂号信", "快递"]})";
  EXPECT_EQ(ask(event, mail, step_case("EV_SERVICE", R"("mail_type": "快递")")), "passed");
  EXPECT_EQ(ask(event, mail, step_case("EV_SERVICE", R"("mail_type": "平信")")), "failed");
  EXPECT_EQ(ask(event, mail, step_case("EV_SERVICE")), "failed");
  const std::string store =
      R"({"op": "av_enum", "field": "store", "values_from": "config.designated_stores"})";
  const std::string each = R"({"each": "av"})";
  EXPECT_EQ(ask(each, store, R"({"av": [{"id": "V1", "store": "本单位专用存储器"}]})"), "passed");
  EXPECT_EQ(ask(each, store, R"({"av": [{"id": "V1", "store": "U盘"}]})"), "failed");
}

}  // namespace anjuan::test
