// What the media say outweighs what is declared; where both differ, that is a finding.

#include <gtest/gtest.h>

#include "tests/preservation/rules/one_rule.h"

namespace anjuan::test {

namespace {

rules::MediaFacts as_declared(const Json& recording) {
  rules::MediaFacts facts;
  facts.file_time = parse_instant(recording.text_or("file_time", ""));
  facts.duration_s = recording.find("duration_s")->as_double();
  facts.continuity = recording.find("continuous")->as_boolean() ? rules::Continuity::kUninterrupted
                                                                : rules::Continuity::kInterrupted;
  return facts;
}

/// The media of a case, exactly as it declares them.
rules::MediaFactsById media_of(const Json& declared) {
  rules::MediaFactsById media;
  for (const auto& recording : declared.find("av")->items()) {
    media[recording.text_or("id", "")] = as_declared(recording);
  }
  return media;
}

rules::Judgement judged_with(const Json& declared, const rules::MediaFactsById& media) {
  rules::JudgeOptions options;
  options.media = &media;
  return judged(declared, options);
}

}  // namespace

TEST(MediaFacts, WithoutThemEachResultOnARecordingIsDeclared) {
  const auto judgement = judged(sample_json("E"));
  EXPECT_TRUE(judgement.has_recordings());
  EXPECT_TRUE(judgement.was_none_measured());
  for (const auto& one : judgement.results) {
    const bool on_recording = one.object[0] == 'V' || one.code == "QCL-15-3";
    EXPECT_EQ(one.basis, on_recording ? rules::FactBasis::kDeclared : rules::FactBasis::kNone)
        << one.code << " " << one.object;
  }
  const auto& counts = judgement.counts.at("QCL-31-1");
  EXPECT_EQ(counts.declared, counts.passed + counts.failed);
  EXPECT_EQ(judgement.counts.at("QCL-12-3").declared, 0U);
}

TEST(MediaFacts, ThatAgreeChangeNothingButTheBasis) {
  const auto declared = sample_json("E");
  const auto judgement = judged_with(declared, media_of(declared));
  EXPECT_TRUE(judgement.were_all_measured());
  EXPECT_EQ(found(judgement), found(declared));
  for (const auto& one : judgement.results) EXPECT_NE(one.basis, rules::FactBasis::kDeclared);
}

TEST(MediaFacts, ThatAreInterruptedFailTheRuleAndContradict) {
  const auto declared = sample_json("A");
  auto media = media_of(declared);
  media["V01"].continuity = rules::Continuity::kInterrupted;
  media["V01"].continuity_note = {"缺少 8.04 秒。请说明。", "8.04 s are missing. Explain."};
  const auto judgement = judged_with(declared, media);
  EXPECT_EQ(found(judgement),
            (std::set<std::string>{"MEDIA-CONTRADICTION V01", "QCL-15-1 E03", "QCL-15-6 V01"}));
  EXPECT_TRUE(std::any_of(judgement.results.begin(), judgement.results.end(), [](const auto& one) {
    return one.message.find("实测有间断：缺少 8.04 秒。声明") != std::string::npos;
  }));
  const auto finding = judgement.findings().back();
  EXPECT_EQ(finding.severity, Severity::kError);
  EXPECT_EQ(finding.code, "MEDIA-CONTRADICTION");
  EXPECT_NE(finding.message.find("申报为不间断，实测有间断"), std::string::npos) << finding.message;
  for (const auto& one : judgement.results) EXPECT_EQ(one.basis, rules::FactBasis::kMeasured);
}

TEST(MediaFacts, ThatAreUnclearNeitherPassNorFail) {
  const auto declared = sample_json("A");
  auto media = media_of(declared);
  media["V01"].continuity = rules::Continuity::kNeedsPerson;
  const auto judgement = judged_with(declared, media);
  ASSERT_EQ(judgement.results.size(), 2U);
  for (const auto& one : judgement.results) {
    EXPECT_EQ(one.result, CheckResult::kNeedsPerson) << one.code;
    EXPECT_EQ(one.basis, rules::FactBasis::kMeasured) << one.code;
  }
  EXPECT_EQ(judgement.results.front().code, "QCL-15-1");
  EXPECT_EQ(judgement.results.back().code, "QCL-15-6");
}

TEST(MediaFacts, ThatCannotBeReadAreAnErrorOfTheirOwn) {
  const auto declared = sample_json("A");
  auto media = media_of(declared);
  media["V02"] = {};
  media["V02"].fault = {"文件头损坏", "its head is damaged"};
  const auto judgement = judged_with(declared, media);
  ASSERT_EQ(found(judgement), std::set<std::string>{"MEDIA-UNREADABLE V02"});
  EXPECT_EQ(judgement.results.front().severity, Severity::kError);
  EXPECT_NE(judgement.results.front().message.find("文件头损坏"), std::string::npos);
}

TEST(MediaFacts, WithAReservationSayItAsGravelyAsItIsNeeded) {
  const auto declared = sample_json("A");
  auto media = media_of(declared);
  for (const auto* id : {"V01", "V03"}) {  // declared as uninterrupted, and not
    media[id].reservation = Severity::kWarn;
    media[id].continuity_note = {"画面时钟曾被校准。", "The clock was set."};
  }
  media["V04"].reservation = media["V05"].reservation = Severity::kInfo;
  const auto judgement = judged_with(declared, media);
  std::map<std::string, Severity> told;
  for (const auto& one : judgement.results) {
    EXPECT_EQ(one.code, "MEDIA-CONTINUITY");
    told[one.object] = one.severity;
  }
  EXPECT_EQ(told,
            (std::map<std::string, Severity>{
                {"V01", Severity::kWarn}, {"V03", Severity::kInfo}, {"V04", Severity::kInfo}}));
}

TEST(MediaFacts, OverrideDurationAndFileTime) {
  const auto declared = sample_json("A");
  auto media = media_of(declared);
  media["V06"].duration_s = 3600.0;
  media["V02"].file_time = parse_instant("2025-06-17T09:40");
  const auto judgement = judged_with(declared, media);
  EXPECT_EQ(found(judgement),
            (std::set<std::string>{"MEDIA-CONTRADICTION V02", "MEDIA-CONTRADICTION V06",
                                   "QCL-15-6 V06", "QCL-31-2 V02"}));
}

TEST(MediaFacts, ADifferenceOfTwoSecondsIsNone) {
  const auto declared = sample_json("A");
  auto media = media_of(declared);
  *media["V01"].duration_s += 2;
  *media["V01"].file_time += std::chrono::seconds(2);
  EXPECT_TRUE(judged_with(declared, media).results.empty());
  *media["V01"].duration_s += 0.1;
  EXPECT_EQ(found(judged_with(declared, media)), std::set<std::string>{"MEDIA-CONTRADICTION V01"});
}

TEST(MediaFacts, WhatIsNotDeclaredIsNotContradicted) {
  auto declared = sample_json("A");
  const auto media = media_of(declared);
  for (const std::string key : {"continuous", "duration_s", "file_time"}) {
    drop(declared, "/av/V01", key);
  }
  EXPECT_TRUE(judged_with(declared, media).results.empty()) << "the media say it all";
}

TEST(MediaFacts, OfSomeRecordingsLeaveTheOthersDeclared) {
  const auto declared = sample_json("E");
  rules::MediaFactsById media{{"V01", media_of(declared)["V01"]}};
  const auto judgement = judged_with(declared, media);
  EXPECT_EQ(judgement.unmeasured, (std::vector<std::string>{"V02", "V03", "V04", "V05", "V06"}));
  EXPECT_FALSE(judgement.was_none_measured() || judgement.were_all_measured());
  for (const auto& one : judgement.results) {
    const bool on_recording = one.object == "V01" || one.object == "V02";
    const auto expected =
        one.object == "V01" ? rules::FactBasis::kMeasured : rules::FactBasis::kDeclared;
    if (on_recording) {
      EXPECT_EQ(one.basis, expected) << one.code;
    }
  }
}

TEST(MediaFacts, OfARecordingThatCouldNotBeReadProveNothing) {
  const auto declared = sample_json("A");
  auto media = media_of(declared);
  rules::MediaFacts unread;
  unread.fault = {"读取程序已被终止", "the reader was stopped"};
  unread.continuity = rules::Continuity::kNeedsPerson;
  media["V01"] = unread;
  const auto judgement = judged_with(declared, media);
  EXPECT_EQ(judgement.unmeasured, std::vector<std::string>{"V01"});
  std::map<std::string, CheckResult> told;
  for (const auto& one : judgement.results) {
    if (one.object == "V01") told[one.code] = one.result;
  }
  EXPECT_EQ(told, (std::map<std::string, CheckResult>{{"MEDIA-UNREADABLE", CheckResult::kFailed},
                                                      {"QCL-15-6", CheckResult::kNeedsPerson}}));
  const auto& length = judgement.counts.at("QCL-31-1");
  EXPECT_GE(length.declared, 1U) << "its length is as declared";
}

}  // namespace anjuan::test
