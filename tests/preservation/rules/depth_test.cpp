// Depth basic: what nobody confirmed is for a person, never failed and never passed.

#include <gtest/gtest.h>

#include "tests/preservation/rules/one_rule.h"

namespace anjuan::test {

namespace {

Json basic(Json declared) {
  declared.set("depth", Json::string("basic"));
  return declared;
}

void confirm(Json& declared, const std::string& path, const std::string& by = "林样甲") {
  if (declared.find("confirmed") == nullptr) declared.set("confirmed", Json::array());
  declared.find("confirmed")
      ->append(Json::parse(fmt::format(R"({{"path": "{}", "by": "{}", "at": "2025-09-23",
          "source_page": 1, "quote": "…"}})",
                                       path, by),
                           "confirmation"));
}

bool is_among(const std::set<std::string>& names, const std::string& name) {
  return names.count(name) == 1;
}

}  // namespace

TEST(Depth, AContentElementThatNobodyConfirmedIsForAPerson) {
  const auto judgement = judged(basic(sample_json("E")));
  EXPECT_EQ(judgement.depth, DescriptionDepth::kBasic);
  const auto open = found(judgement, CheckResult::kNeedsPerson);
  const auto failed = found(judgement);
  EXPECT_TRUE(is_among(open, "QCL-20-3 E18")) << "a field of the decision";
  EXPECT_TRUE(is_among(open, "QCL-12-9 D12")) << "signatures";
  EXPECT_TRUE(is_among(open, "XCF-64-3 E15")) << "the chair of the hearing";
  EXPECT_TRUE(is_among(open, "QCL-12-1 E03")) << "the officers of a step";
  EXPECT_TRUE(is_among(open, "QCL-16-1 V01")) << "picture tags";
  EXPECT_FALSE(is_among(failed, "QCL-20-3 E18"));
  // What is registered is judged as ever.
  EXPECT_TRUE(is_among(failed, "QCL-04-1 E13"));
  EXPECT_TRUE(is_among(failed, "QCL-30-1 V01"));
  EXPECT_TRUE(is_among(failed, "QCL-32-8 case"));
  EXPECT_TRUE(is_among(failed, "QCL-33-2 case"));
}

TEST(Depth, NothingOfContentFailsOrPassesUnconfirmed) {
  const std::string rule = R"({"op": "doc_fields", "doc": ["D_LEGAL"], "fields": ["opinion"]})";
  const std::string event = R"({"event": ["EV_LEGAL"]})";
  for (const std::string fields : {R"({"opinion": "同意"})", R"({"opinion": ""})", "{}"}) {
    const auto declared =
        step_case("EV_LEGAL", "",
                  R"({"id": "D1", "kind": "D_LEGAL", "event": "E1", "fields": )" + fields + "}", "",
                  R"("depth": "basic")");
    EXPECT_EQ(ask(event, rule, declared), "needs_person") << fields;
  }
}

TEST(Depth, AConfirmedElementCountsAsDeclared) {
  const std::string rule = R"({"op": "doc_fields", "doc": ["D_LEGAL"], "fields": ["opinion"]})";
  const std::string event = R"({"event": ["EV_LEGAL"]})";
  const auto with = [](const std::string& fields) {
    auto declared = Json::parse(
        step_case("EV_LEGAL", "",
                  R"({"id": "D1", "kind": "D_LEGAL", "event": "E1", "fields": )" + fields + "}", "",
                  R"("depth": "basic")"),
        "case");
    confirm(declared, "/docs/D1/fields/opinion");
    return declared.dump();
  };
  EXPECT_EQ(ask(event, rule, with(R"({"opinion": "同意"})")), "passed");
  EXPECT_EQ(ask(event, rule, with(R"({"opinion": ""})")), "failed");
  EXPECT_EQ(ask(event, rule, with("{}")), "failed") << "confirmed to be absent";
}

TEST(Depth, ElementsAreNamedByIdOrIndex) {
  for (const std::string path : {"/docs/D12/signed/officer", "/docs/11/signed/officer"}) {
    auto declared = basic(sample_json("E"));
    confirm(declared, path);
    EXPECT_TRUE(is_among(found(declared), "QCL-12-9 D12")) << path;
  }
}

TEST(Depth, StepFieldsAndTagsCanBeConfirmed) {
  auto declared = basic(sample_json("A"));
  const auto before = judged(declared);
  EXPECT_TRUE(is_among(found(before, CheckResult::kNeedsPerson), "QCL-12-2 E03"));
  EXPECT_TRUE(is_among(found(before, CheckResult::kNeedsPerson), "QCL-16-1 V01"));
  confirm(declared, "/events/E03/cert_shown");
  confirm(declared, "/av/V01/tags");
  const auto after = judged(declared);
  EXPECT_FALSE(is_among(found(after, CheckResult::kNeedsPerson), "QCL-12-2 E03"));
  EXPECT_FALSE(is_among(found(after, CheckResult::kNeedsPerson), "QCL-16-1 V01"));
  EXPECT_TRUE(found(after).empty());
  EXPECT_EQ(after.confirmed.elements, 2U);
  EXPECT_EQ(after.confirmed.by.at("林样甲"), 2U);
}

TEST(Depth, AConfirmationThatPointsNowhereIsAWarningOfItsOwn) {
  for (const std::string path : {"/docs/D99/fields/reason", "/docs/D12/nothing/reason", "/docs/D12",
                                 "/docs/D12/fields", "/docs/D12/title", "/events/E03/start", "docs",
                                 "/av/V01/tags/0", "/docs/~2/fields/x", ""}) {
    auto declared = basic(sample_json("A"));
    confirm(declared, path);
    const auto judgement = judged(declared);
    EXPECT_TRUE(is_among(found(judgement), "CASE-CONFIRMED case")) << path;
    EXPECT_EQ(judgement.confirmed.elements, 0U) << path;
  }
}

TEST(Depth, AConfirmationByNobodyConfirmsNothing) {
  auto declared = basic(sample_json("A"));
  confirm(declared, "/docs/D02/fields/reason", "");
  const auto judgement = judged(declared);
  EXPECT_TRUE(is_among(found(judgement), "CASE-CONFIRMED case"));
  EXPECT_EQ(judgement.confirmed.elements, 0U);
}

TEST(Depth, AnElementConfirmedTwiceIsOne) {
  auto declared = basic(sample_json("A"));
  confirm(declared, "/docs/D02/fields/reason");
  confirm(declared, "/docs/1/fields/reason", "陈样乙");
  EXPECT_EQ(judged(declared).confirmed.elements, 1U);
}

TEST(Depth, AConditionOnAnUnconfirmedStepFieldIsForAPerson) {
  auto declared = basic(sample_json("A"));
  drop(declared, "/events/E12", "mode");
  const auto open = found(declared, CheckResult::kNeedsPerson);
  EXPECT_TRUE(is_among(open, "QCL-23-2 E12")) << "it may be a service by leaving";
  const auto message = message_of(judged(declared), "QCL-23-2 E12");
  EXPECT_NE(message.find("不能确定本条是否适用"), std::string::npos) << message;
}

TEST(Depth, FullIsTheDefaultAndTakesConfirmationsAsGiven) {
  auto declared = sample_json("A");
  confirm(declared, "/docs/D02/fields/reason");
  const auto judgement = judged(declared);
  EXPECT_EQ(judgement.depth, DescriptionDepth::kFull);
  EXPECT_TRUE(judgement.results.empty());
  EXPECT_EQ(judgement.confirmed.elements, 1U);
}

TEST(Depth, ACompletelyConfirmedCaseIsJudgedLikeAFullOne) {
  auto declared = basic(sample_json("E"));
  for (const auto& document : declared.find("docs")->items()) {
    const auto root = "/docs/" + document.text_or("id", "");
    for (const std::string role :
         {"officer", "party", "agent", "witness", "participants", "note", "host_note"}) {
      confirm(declared, root + "/signed/" + role);
    }
    confirm(declared, root + "/refused");
    for (const std::string field : {"adoption",
                                    "agency_seal",
                                    "approved_at",
                                    "articles",
                                    "complainant",
                                    "conclusion",
                                    "content",
                                    "date",
                                    "discretion_reason",
                                    "evidence_facts",
                                    "facts_evidence",
                                    "handling",
                                    "leader_approval",
                                    "legal_basis",
                                    "officer_opinion",
                                    "opinion",
                                    "party_info",
                                    "party_opinion",
                                    "period",
                                    "plea_channel",
                                    "plea_deadline",
                                    "proposed_decision",
                                    "reason",
                                    "reasons",
                                    "received_at",
                                    "recorder",
                                    "remedy",
                                    "reviewer",
                                    "service"}) {
      confirm(declared, root + "/fields/" + field);
    }
  }
  for (const auto& event : declared.find("events")->items()) {
    const auto root = "/events/" + event.text_or("id", "");
    for (const std::string key :
         {"outcome",       "measure",   "mode",           "served_doc",
          "served_doc_no", "place",     "servers",        "officers",
          "cert_shown",    "host",      "participants",   "notified_at",
          "lifted_at",     "extended",  "appraisal_days", "recipient_signed",
          "witnesses",     "signed_by", "sign_opinion",   "issued_at",
          "served_at"}) {
      confirm(declared, root + "/" + key);
    }
  }
  for (const auto& recording : declared.find("av")->items()) {
    confirm(declared, "/av/" + recording.text_or("id", "") + "/tags");
  }
  const auto judgement = judged(declared);
  EXPECT_EQ(found(judgement), found(sample_json("E")));
  EXPECT_EQ(found(judgement, CheckResult::kNeedsPerson), std::set<std::string>());
}

}  // namespace anjuan::test
