// What the rules may believe of a measured recording: a pure function, each decision on its own.
#include <gtest/gtest.h>

#include "ingest/media.h"
#include "preservation/formats/continuity/continuity_words.h"

namespace anjuan::ingest {

namespace {

using formats::ContinuityAnswer;
using formats::ContinuityVerdict;
using rules::Continuity;

CaseRecording declared(bool continuous) {
  CaseRecording recording;
  recording.id = "V01";
  recording.made_at = "2025-06-17T09:04:30+08:00";
  recording.continuous = continuous;
  return recording;
}

MeasuredMediaFile file_of(double seconds) {
  MeasuredMediaFile file;
  file.source.path = "av/V01.mp4";
  file.pass.emplace();
  auto& video = file.pass->observed.seen.video.emplace();
  video.pictures = 100;
  video.start_s = 0.5;
  video.end_s = 0.5 + seconds;
  return file;
}

MeasuredRecording measured(ContinuityVerdict verdict, ContinuityAnswer answer) {
  MeasuredRecording recording;
  recording.id = "V01";
  recording.files = {file_of(60)};
  recording.continuity.emplace();
  recording.continuity->judgement.verdict = verdict;
  recording.continuity->answer = answer;
  return recording;
}

/// Seconds since 1970 of a time in China.
std::int64_t seconds_of(const char* time) {
  return std::chrono::duration_cast<std::chrono::seconds>(parse_instant(time).time_since_epoch())
      .count();
}

}  // namespace

TEST(MediaFactsForRules, OfSegmentsGiveTheSumOfWhatIsInThem) {
  auto recording = measured(ContinuityVerdict::kConfirmed, ContinuityAnswer::kContinuous);
  recording.files.push_back(file_of(30.5));
  EXPECT_DOUBLE_EQ(facts_for_rules(declared(true), recording).duration_s.value_or(0), 90.5);
  recording.files.back().pass->observed.seen.video.reset();
  EXPECT_FALSE(facts_for_rules(declared(true), recording).duration_s) << "one is not known";
}

TEST(MediaFactsForRules, AnswersBecomeContinuityWhereTheCaseClaimsIt) {
  const std::pair<ContinuityAnswer, Continuity> cases[] = {
      {ContinuityAnswer::kContinuous, Continuity::kUninterrupted},
      {ContinuityAnswer::kInterrupted, Continuity::kInterrupted},
      {ContinuityAnswer::kNeedsPerson, Continuity::kNeedsPerson}};
  for (const auto& [answer, expected] : cases) {
    const auto facts =
        facts_for_rules(declared(true), measured(ContinuityVerdict::kGapFound, answer));
    EXPECT_EQ(facts.continuity, expected);
  }
}

TEST(MediaFactsForRules, AFileWithoutABreakIsNoRecordOfItsWholeStep) {
  auto recording = measured(ContinuityVerdict::kConfirmed, ContinuityAnswer::kContinuous);
  EXPECT_FALSE(facts_for_rules(declared(false), recording).continuity) << "nobody claims it";
  recording.continuity->judgement.step_coverage = 0.5;
  EXPECT_FALSE(facts_for_rules(declared(false), recording).continuity);
  recording.continuity->judgement.step_coverage = 1;
  EXPECT_EQ(facts_for_rules(declared(false), recording).continuity, Continuity::kUninterrupted);
}

TEST(MediaFactsForRules, ReservationsAreAsGraveAsTheVerdict) {
  const auto reservation = [](ContinuityVerdict verdict) {
    return facts_for_rules(declared(true), measured(verdict, ContinuityAnswer::kContinuous))
        .reservation;
  };
  EXPECT_FALSE(reservation(ContinuityVerdict::kConfirmed));
  EXPECT_EQ(reservation(ContinuityVerdict::kNotContradicted), Severity::kInfo);
  for (const auto verdict : {ContinuityVerdict::kGapFound, ContinuityVerdict::kClockAdjusted,
                             ContinuityVerdict::kEditTrace, ContinuityVerdict::kUndetermined}) {
    EXPECT_EQ(reservation(verdict), Severity::kWarn);
  }
}

TEST(MediaFactsForRules, AContainerMayHoldTheTimeOfTheRecordersClock) {
  auto recording = measured(ContinuityVerdict::kConfirmed, ContinuityAnswer::kContinuous);
  auto& created = recording.files.front().pass->observed.seen.container.created_s;
  const Instant made = parse_instant("2025-06-17T09:04:30+08:00");
  created = seconds_of("2025-06-17T09:04:31+08:00");
  EXPECT_EQ(facts_for_rules(declared(true), recording).file_time, made + std::chrono::seconds(1));
  created = seconds_of("2025-06-17T17:04:31+08:00");  // 09:04:31 called universal time
  EXPECT_EQ(facts_for_rules(declared(true), recording).file_time, made + std::chrono::seconds(1));
}

TEST(MediaFactsForRules, ThePicturesClockTellsWhichTimeIsMeant) {
  auto recording = measured(ContinuityVerdict::kConfirmed, ContinuityAnswer::kContinuous);
  recording.files.front().pass->observed.seen.container.created_s =
      seconds_of("2025-06-17T17:00:00+08:00");
  recording.continuity->judgement.has_date = true;
  recording.continuity->judgement.first_wall_s =
      formats::wall_seconds(parse_instant("2025-06-17T16:59:58+08:00"));
  EXPECT_EQ(facts_for_rules(declared(true), recording).file_time,
            parse_instant("2025-06-17T17:00:00+08:00"));
}

TEST(MediaFactsForRules, APhotographGivesItsTimeAndItsDamage) {
  MeasuredRecording recording;
  recording.files.resize(1);
  auto& file = recording.files.front();
  file.source.path = "av/V02.jpg";
  file.photograph.emplace();
  file.characteristics.photo.emplace();
  file.characteristics.photo->taken = "2025-06-17T09:30:00";
  auto facts = facts_for_rules(declared(false), recording);
  EXPECT_EQ(facts.file_time, parse_instant("2025-06-17T09:30:00+08:00"));
  EXPECT_FALSE(facts.continuity || facts.duration_s);
  file.characteristics.photo->taken = "0000:00:00";
  EXPECT_FALSE(facts_for_rules(declared(false), recording).file_time);
  file.photograph->warnings = 3;
  file.photograph->first = {"premature end"};
  facts = facts_for_rules(declared(false), recording);
  EXPECT_NE(facts.fault.chinese.find("av/V02.jpg 解码时有 3 处错误"), std::string::npos);
  EXPECT_FALSE(facts.file_time) << "of what cannot be read nothing else is told";
}

TEST(MediaFactsForRules, AFileThatCannotBeOpenedIsAFault) {
  auto recording = measured(ContinuityVerdict::kUndetermined, ContinuityAnswer::kNeedsPerson);
  recording.continuity.reset();
  recording.files.front().pass->facts.fault = {formats::MediaFaultKind::kUnreadable, "x"};
  const auto facts = facts_for_rules(declared(true), recording);
  EXPECT_NE(facts.fault.chinese.find("av/V01.mp4"), std::string::npos);
  EXPECT_FALSE(facts.duration_s || facts.reservation);
  EXPECT_EQ(facts.continuity, Continuity::kNeedsPerson) << "what the case claims is not proved";
  EXPECT_FALSE(facts_for_rules(declared(false), recording).continuity);
}

TEST(MediaFactsForRules, AReaderThatWasStoppedIsNamedForWhatItDid) {
  auto recording = measured(ContinuityVerdict::kUndetermined, ContinuityAnswer::kNeedsPerson);
  recording.continuity.reset();
  auto& fault = recording.files.front().pass->facts.fault;
  const auto sentence = [&] { return facts_for_rules(declared(true), recording).fault.chinese; };
  fault = {formats::MediaFaultKind::kForbidden, "x"};
  EXPECT_NE(sentence().find("av/V01.mp4 的隔离程序企图做被禁止的事"), std::string::npos);
  fault = {formats::MediaFaultKind::kTooLarge, "超过上限"};
  EXPECT_NE(sentence().find("允许的大小、内存或者时间：超过上限"), std::string::npos);
}

}  // namespace anjuan::ingest
