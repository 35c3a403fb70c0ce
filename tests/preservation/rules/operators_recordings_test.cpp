#include <gtest/gtest.h>

#include "tests/preservation/rules/one_rule.h"

namespace anjuan::test {

namespace {

const std::string kSite = R"({"event": ["EV_SITE"]})";
const std::string kEach = R"({"each": "av"})";

std::string recording(const std::string& members, const std::string& id = "V1") {
  return R"({"id": ")" + id + R"(", "event": "E1")" + (members.empty() ? "" : ", " + members) + "}";
}

std::string site(const std::string& av) {
  return step_case("EV_SITE", R"("start": "2025-06-17T09:00", "end": "2025-06-17T10:00")", "", av);
}

/// A continuous recording from `made` for `seconds`.
std::string span(const std::string& made, int seconds, const std::string& id = "V1") {
  return recording(fmt::format(R"("method": "录像", "continuous": true, "device_id": "Z1",
      "made_at": "2025-06-17T{}", "duration_s": {})",
                               made, seconds),
                   id);
}

std::string continuity(const std::string& av) {
  return ask(R"({"each": "av", "where": {"continuous": true}})",
             R"({"op": "av_continuity", "gap_s": 2, "edge_s": 120})", site(av));
}

}  // namespace

TEST(OperatorAv, CountsByMethodAndContinuity) {
  const std::string video =
      R"({"op": "av", "method_any": ["录像", "视频监控"], "continuous": true, "min": 1})";
  EXPECT_EQ(ask(kSite, video, site(recording(R"("method": "录像", "continuous": true)"))),
            "passed");
  EXPECT_EQ(ask(kSite, video, site(recording(R"("method": "录像", "continuous": false)"))),
            "failed");
  EXPECT_EQ(ask(kSite, video, site(recording(R"("method": "照相", "continuous": true)"))),
            "failed");
  EXPECT_EQ(ask(kSite, video, site("")), "failed");
  const std::string any = R"({"op": "av", "method_any": ["照相"], "continuous": false, "min": 1})";
  EXPECT_EQ(ask(kSite, any, site(recording(R"("method": "照相")"))), "passed");
}

TEST(OperatorAv, RestsOnTheDeclaration) {
  const std::string rule = R"({"op": "av", "method_any": ["录像"], "continuous": true, "min": 1})";
  const auto judgement = ask_all(kSite, rule, site(""));
  EXPECT_EQ(judgement.results.at(0).basis, rules::FactBasis::kDeclared);
  EXPECT_EQ(judgement.counts.at("T-1").declared, 1U);
}

TEST(OperatorAvLinked, WantsAStepThatExists) {
  const std::string rule = R"({"op": "av_linked_event"})";
  EXPECT_EQ(ask(kEach, rule, site(recording(""))), "passed");
  EXPECT_EQ(ask(kEach, rule, R"({"av": [{"id": "V1", "event": "E9"}]})"), "failed");
  EXPECT_EQ(ask(kEach, rule, R"({"av": [{"id": "V1", "event": null}]})"), "failed");
}

TEST(OperatorAvTags, OneOfTheListOrAllOverTheStep) {
  const std::string one = R"({"op": "av_tags", "min_any": ["现场环境", "其他"]})";
  EXPECT_EQ(ask(kEach, one, site(recording(R"("tags": ["其他"])"))), "passed");
  EXPECT_EQ(ask(kEach, one, site(recording(R"("tags": ["天气"])"))), "failed");
  EXPECT_EQ(ask(kEach, one, site(recording(""))), "failed");
  const std::string all = R"({"op": "event_av_tags", "all": ["现场环境", "人员体貌言行"]})";
  const auto environment = recording(R"("tags": ["现场环境"])");
  const auto people = recording(R"("tags": ["人员体貌言行"])", "V2");
  EXPECT_EQ(ask(kSite, all, site(environment + "," + people)), "passed");
  EXPECT_EQ(ask(kSite, all, site(environment)), "failed");
  EXPECT_EQ(ask(kSite, all, site("")), "passed") << "no recording is another rule's matter";
}

TEST(OperatorAvNote, AsksMoreOfSound) {
  const std::string rule =
      R"({"op": "av_note", "fields": ["maker"], "audio_extra": ["content_summary"]})";
  EXPECT_EQ(ask(kEach, rule, site(recording(R"("note_in_file": true, "maker": "甲")"))), "passed");
  EXPECT_EQ(ask(kEach, rule, site(recording(R"("note_in_file": false, "maker": "甲")"))), "failed");
  EXPECT_EQ(ask(kEach, rule, site(recording(R"("note_in_file": true)"))), "failed");
  const std::string sound = R"("method": "录音", "note_in_file": true, "maker": "甲")";
  EXPECT_EQ(ask(kEach, rule, site(recording(sound))), "failed");
  EXPECT_EQ(ask(kEach, rule, site(recording(sound + R"(, "content_summary": "x")"))), "passed");
}

TEST(OperatorAvTimeMatch, AllowsTheTolerance) {
  const std::string rule = R"({"op": "av_time_match", "tol_s": 300})";
  const auto times = [](const std::string& made, const std::string& file) {
    return site(recording(R"("made_at": ")" + made + R"(", "file_time": ")" + file + "\""));
  };
  EXPECT_EQ(ask(kEach, rule, times("2025-06-17T09:00:00", "2025-06-17T09:05:00")), "passed");
  EXPECT_EQ(ask(kEach, rule, times("2025-06-17T09:00:00", "2025-06-17T09:05:01")), "failed");
  EXPECT_EQ(ask(kEach, rule, times("2025-06-17T09:05:01", "2025-06-17T09:00:00")), "failed");
  EXPECT_EQ(ask(kEach, rule, times("2025-06-17T09:00:00", "x")), "not_checked");
  EXPECT_EQ(ask(kEach, rule, site(recording(R"("made_at": "2025-06-17T09:00")"))), "not_checked");
}

TEST(OperatorContinuity, AllowsASeamOfTwoSeconds) {
  const auto first = span("08:59:00", 1800);
  EXPECT_EQ(continuity(first + "," + span("09:29:02", 1900, "V2")), "passed");
  EXPECT_EQ(continuity(first + "," + span("09:29:03", 1900, "V2")), "failed");
  EXPECT_EQ(continuity(span("09:29:02", 1900, "V2") + "," + first), "passed")
      << "by time, not order";
}

TEST(OperatorContinuity, AllowsTwoMinutesAtTheEdges) {
  EXPECT_EQ(continuity(span("09:02:00", 3360)), "passed");
  EXPECT_EQ(continuity(span("09:02:01", 3600)), "failed");
  EXPECT_EQ(continuity(span("09:00:00", 3480)), "passed");
  EXPECT_EQ(continuity(span("09:00:00", 3479)), "failed");
}

TEST(OperatorContinuity, JudgesAGroupOnceOnItsFirstRecording) {
  const auto judgement =
      ask_all(R"({"each": "av", "where": {"continuous": true}})",
              R"({"op": "av_continuity", "gap_s": 2, "edge_s": 120})",
              site(span("09:40:00", 60, "V2") + "," + span("09:00:00", 60, "V1")));
  EXPECT_EQ(found(judgement), std::set<std::string>{"T-1 V1"});
  EXPECT_EQ(judgement.counts.at("T-1").not_applicable, 1U);
  EXPECT_NE(
      message_of(judgement, "T-1 V1").find("2025-06-17 09:01至2025-06-17 09:40之间中断39分钟"),
      std::string::npos)
      << message_of(judgement, "T-1 V1");
}

TEST(OperatorContinuity, ReadsSegmentsAndSaysWhatItCannotKnow) {
  const std::string head = R"("continuous": true, "device_id": "Z1", "made_at": "2025-06-17T09:00",
      "duration_s": 3600, "segments": )";
  const auto segments = [](const std::string& second) {
    return R"([{"file": "a", "made_at": "2025-06-17T09:00", "duration_s": 1800},
               {"file": "b", "made_at": "2025-06-17T)" +
           second + R"(", "duration_s": 1800}])";
  };
  EXPECT_EQ(continuity(recording(head + segments("09:30:02"))), "passed");
  EXPECT_EQ(continuity(recording(head + segments("09:30:03"))), "failed");
  EXPECT_EQ(continuity(recording(R"("continuous": true)")), "not_checked");
  EXPECT_EQ(continuity(recording(R"("continuous": true, "made_at": "x", "duration_s": 1)")),
            "not_checked");
}

}  // namespace anjuan::test
