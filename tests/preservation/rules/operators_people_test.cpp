#include <gtest/gtest.h>

#include "tests/preservation/rules/one_rule.h"

namespace anjuan::test {

namespace {

const std::string kTwo =
    R"("officers": [{"name": "甲", "cert_no": "1"}, {"name": "乙", "cert_no": "2"}])";

std::string document(const std::string& signatures, const std::string& more = "") {
  return fmt::format(R"({{"id": "D1", "kind": "D_SITE", "event": "E1", "signed": {}{}}})",
                     signatures, more.empty() ? "" : ", " + more);
}

std::string ask_signed(const std::string& parameters, const std::string& doc,
                       const std::string& av = "") {
  return ask(R"({"doc": ["D_SITE"]})", R"({"op": "signed", )" + parameters + "}",
             step_case("EV_SITE", "", doc, av));
}

}  // namespace

TEST(OperatorOfficers, CountsThemAndTheirFields) {
  const std::string rule = R"({"op": "officers", "min": 2, "fields": ["name", "cert_no"]})";
  const std::string event = R"({"event": ["EV_SITE"]})";
  EXPECT_EQ(ask(event, rule, step_case("EV_SITE", kTwo)), "passed");
  EXPECT_EQ(
      ask(event, rule, step_case("EV_SITE", R"("officers": [{"name": "甲", "cert_no": "1"}])")),
      "failed");
  EXPECT_EQ(
      ask(event, rule,
          step_case("EV_SITE", R"("officers": [{"name": "甲", "cert_no": "1"}, {"name": "乙"}])")),
      "failed");
  EXPECT_EQ(ask(event, rule, step_case("EV_SITE")), "failed");
  const std::string in_case = R"({"op": "case_officers", "min": 2})";
  EXPECT_EQ(ask(R"({"always": true})", in_case, "{" + kTwo + "}"), "passed");
  EXPECT_EQ(ask(R"({"always": true})", in_case, R"({"officers": [{"name": "甲"}]})"), "failed");
}

TEST(OperatorHost, IsNoOfficerOfTheCase) {
  const std::string rule = R"({"op": "host_not_investigator"})";
  const std::string event = R"({"event": ["EV_HEARING"]})";
  EXPECT_EQ(ask(event, rule, step_case("EV_HEARING", R"("host": "丙")", "", "", kTwo)), "passed");
  EXPECT_EQ(ask(event, rule, step_case("EV_HEARING", R"("host": "乙")", "", "", kTwo)), "failed");
  EXPECT_EQ(ask(event, rule, step_case("EV_HEARING", "", "", "", kTwo)), "not_checked");
}

TEST(OperatorParticipants, AllHaveSignedTheFirstDocument) {
  const std::string rule = R"({"op": "participants_signed", "doc": "D_COLLECT"})";
  const std::string event = R"({"event": ["EV_COLLECT"]})";
  const auto with = [](const std::string& names) {
    return step_case(
        "EV_COLLECT", R"("participants": ["甲", "乙"])",
        R"({"id": "D1", "kind": "D_COLLECT", "event": "E1", "signed": {"participants": )" + names +
            "}}");
  };
  EXPECT_EQ(ask(event, rule, with(R"(["乙", "甲", "丙"])")), "passed");
  EXPECT_EQ(ask(event, rule, with(R"(["甲"])")), "failed");
  EXPECT_EQ(ask(event, rule, with("2")), "failed") << "a count names nobody";
  EXPECT_EQ(ask(event, rule, step_case("EV_COLLECT")), "failed");
}

TEST(OperatorSigned, CountsOfficersAndRoles) {
  const std::string note = R"("roles": ["officer", "party"], "officer_min": 2, "refusal": "note")";
  EXPECT_EQ(ask_signed(note, document(R"({"officer": 2, "party": 1})")), "passed");
  EXPECT_EQ(ask_signed(note, document(R"({"officer": 1, "party": 1})")), "failed");
  EXPECT_EQ(ask_signed(note, document(R"({"officer": ["甲", "乙"], "party": true})")), "passed");
  EXPECT_EQ(ask_signed(note, document(R"({"officer": 2, "party": 0})")), "failed");
  EXPECT_EQ(ask_signed(note, document("{}")), "failed");
  const std::string either = R"("roles": ["party|agent"], "officer_min": 0, "refusal": "none")";
  EXPECT_EQ(ask_signed(either, document(R"({"agent": 1})")), "passed");
  EXPECT_EQ(ask_signed(either, document(R"({"witness": 1})")), "failed");
}

TEST(OperatorSigned, KnowsFourWaysToRecordARefusal) {
  const auto refused = [](const std::string& signatures) {
    return document(signatures, R"("refused": true)");
  };
  const auto roles = [](const std::string& refusal) {
    return R"("roles": ["party"], "officer_min": 0, "refusal": ")" + refusal + "\"";
  };
  EXPECT_EQ(ask_signed(roles("none"), refused(R"({"note": "拒签", "witness": 1})")), "failed");
  EXPECT_EQ(ask_signed(roles("note"), refused(R"({"note": "拒签"})")), "passed");
  EXPECT_EQ(ask_signed(roles("note"), refused("{}")), "failed");
  EXPECT_EQ(ask_signed(roles("note"), document(R"({"note": "拒签"})")), "failed") << "not refused";
  EXPECT_EQ(ask_signed(roles("witness"), refused(R"({"witness": 1})")), "passed");
  EXPECT_EQ(ask_signed(roles("witness"), refused(R"({"note": "拒签"})")), "failed");
  EXPECT_EQ(ask_signed(roles("host_note"), refused(R"({"host_note": "拒签"})")), "passed");
  EXPECT_EQ(ask_signed(roles("host_note"), refused("{}")), "failed");
}

TEST(OperatorSigned, TakesAVideoOfTheStepForTheWitness) {
  const std::string rule =
      R"x("roles": ["party"], "officer_min": 0, "refusal": "note_and_(witness_or_video)")x";
  const auto refused = [](const std::string& signatures) {
    return document(signatures, R"("refused": true)");
  };
  const std::string video = R"({"id": "V1", "event": "E1", "method": "录像"})";
  const std::string photo = R"({"id": "V1", "event": "E1", "method": "照相"})";
  EXPECT_EQ(ask_signed(rule, refused(R"({"note": "拒签"})"), video), "passed");
  EXPECT_EQ(ask_signed(rule, refused(R"({"note": "拒签"})"), photo), "failed");
  EXPECT_EQ(ask_signed(rule, refused(R"({"note": "拒签", "witness": 1})")), "passed");
  EXPECT_EQ(ask_signed(rule, refused(R"({"witness": 1})"), video), "failed") << "no note";
}

TEST(OperatorSignedEventDoc, WantsOneAndEachOfThemSigned) {
  const std::string rule =
      R"({"op": "signed_event_doc", "docs": ["D_NOTICE", "D_SPOT"], "roles": ["party"],
          "refusal": "note"})";
  const std::string event = R"({"event": ["EV_NOTICE"]})";
  const std::string good =
      R"({"id": "D1", "kind": "D_NOTICE", "event": "E1", "signed": {"party": 1}})";
  const std::string bad = R"({"id": "D2", "kind": "D_SPOT", "event": "E1", "signed": {}})";
  EXPECT_EQ(ask(event, rule, step_case("EV_NOTICE", "", good)), "passed");
  EXPECT_EQ(ask(event, rule, step_case("EV_NOTICE", "", good + "," + bad)), "failed");
  EXPECT_EQ(ask(event, rule, step_case("EV_NOTICE")), "failed");
}

}  // namespace anjuan::test
