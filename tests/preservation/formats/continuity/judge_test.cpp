// The judge over observations that are written down here: no file, no decoder.
#include "preservation/formats/continuity/judge.h"

#include <gmock/gmock.h>

#include "preservation/formats/continuity/continuity_words.h"
#include "tests/preservation/formats/continuity/observations.h"

namespace anjuan::formats {
namespace {

TEST(ContinuityJudge, ConfirmsWhatTheClockShows) {
  const auto judged = judge_continuity(input_of({recording(30)}));
  EXPECT_EQ(judged.verdict, ContinuityVerdict::kConfirmed);
  EXPECT_TRUE(judged.findings.empty());
  EXPECT_DOUBLE_EQ(judged.coverage, 1);
}

TEST(ContinuityJudge, ConfirmsNothingWithoutAClock) {
  SegmentObservation seen = recording(30);
  seen.clock = {};
  EXPECT_EQ(verdict_of(seen), ContinuityVerdict::kNotContradicted);
}

TEST(ContinuityJudge, ConfirmsNothingWhereMuchOfTheClockIsIllegible) {
  SegmentObservation seen = recording(30);
  seen.clock.read = seen.clock.sampled * 9 / 10;
  EXPECT_EQ(verdict_of(seen), ContinuityVerdict::kNotContradicted);
}

TEST(ContinuityJudge, CountsWhatTheClockRanAhead) {
  SegmentObservation seen = recording(30);
  step_clock(seen, 12, 8.04, PictureFlow::kBroken);
  const auto judged = judge_continuity(input_of({seen}));
  ASSERT_EQ(judged.verdict, ContinuityVerdict::kGapFound);
  ASSERT_EQ(judged.gaps.size(), 1U);
  EXPECT_NEAR(judged.gaps[0].missing_s, 8.04, 1e-6);
  EXPECT_EQ(judged.gaps[0].signal, Signal::kClockStep);
  EXPECT_NEAR(judged.coverage, 30 / 38.04, 1e-6);
}

TEST(ContinuityJudge, TakesTwoPicturesForTheCamerasOwnJitter) {
  for (const auto& [pictures, gaps] : {std::pair{2, 0U}, {3, 1U}}) {
    SegmentObservation seen = recording(30);
    step_clock(seen, 12, pictures * 0.04, PictureFlow::kUnknown);
    EXPECT_EQ(judge_continuity(input_of({seen})).gaps.size(), gaps) << pictures;
  }
}

TEST(ContinuityJudge, TakesOneOddReadingForAMisreading) {
  SegmentObservation seen = recording(30);
  seen.clock.readings[12].low_s += 6;
  seen.clock.readings[12].high_s += 6;
  EXPECT_EQ(verdict_of(seen), ContinuityVerdict::kConfirmed);
}

TEST(ContinuityJudge, TellsASetClockFromACutByThePicture) {
  for (const double step : {-300.0, 300.0}) {
    SegmentObservation seen = recording(30);
    step_clock(seen, 12, step, PictureFlow::kContinuous);
    EXPECT_EQ(verdict_of(seen), ContinuityVerdict::kClockAdjusted);
  }
  SegmentObservation back = recording(30);
  step_clock(back, 12, -300, PictureFlow::kUnknown);
  EXPECT_EQ(verdict_of(back), ContinuityVerdict::kEditTrace);
}

TEST(ContinuityJudge, CountsAJumpOfTimeStampsOnce) {
  SegmentObservation seen = recording(30);
  for (std::size_t i = 12; i < seen.clock.readings.size(); ++i) {
    seen.clock.readings[i].at_s += 3;
    seen.clock.readings[i].until_s += 3;
  }
  seen.video->end_s = 33;
  seen.events.push_back({"pts_gap", 11.96, 3, 15});
  const auto judged = judge_continuity(input_of({seen}));
  ASSERT_EQ(judged.gaps.size(), 1U);
  EXPECT_EQ(judged.gaps[0].signal, Signal::kTimeStamps);
  EXPECT_DOUBLE_EQ(judged.gaps[0].missing_s, 3);
}

TEST(ContinuityJudge, WeighsEachTraceOfTheStream) {
  const std::pair<StreamEvent, ContinuityVerdict> rows[] = {
      {{"scar", 9, 0.001, 0}, ContinuityVerdict::kEditTrace},
      {{"audio_scar", 9, 0.001, 0}, ContinuityVerdict::kEditTrace},
      {{"backwards", 9, 2, 0}, ContinuityVerdict::kEditTrace},
      {{"frame_num", 9, 4, 0}, ContinuityVerdict::kEditTrace},
      {{"idr_pic_id", 9, 1, 0}, ContinuityVerdict::kEditTrace},
      {{"parameters", 9, 1, 0}, ContinuityVerdict::kEditTrace},
      {{"poc", 9, 3, 0}, ContinuityVerdict::kEditTrace},
      {{"edit_list", 0, 5, 0}, ContinuityVerdict::kEditTrace},
      {{"edit_skips", 0, 2, 0}, ContinuityVerdict::kEditTrace},
      {{"repeat_packets", 9, 4, 1}, ContinuityVerdict::kEditTrace},
      {{"repeat_pictures", 9, 4, 1}, ContinuityVerdict::kEditTrace},
      {{"decode_error", 0, 4, 0}, ContinuityVerdict::kUndetermined},
      {{"pts_gap", 9, 4, 13}, ContinuityVerdict::kGapFound},
      {{"ends_early", 20, 4, 0}, ContinuityVerdict::kGapFound},
      {{"clock_stands", 9, 3, 3}, ContinuityVerdict::kGapFound},
      {{"clock_stands", 9, 3, 0}, ContinuityVerdict::kUndetermined},
      {{"clock_stands", 9, 0.3, 0.3}, ContinuityVerdict::kConfirmed},
      {{"freeze", 9, 4, 0}, ContinuityVerdict::kConfirmed},
      {{"black", 9, 4, 0}, ContinuityVerdict::kConfirmed},
      {{"silence", 9, 4, 13}, ContinuityVerdict::kConfirmed},
      {{"audio_hole", 9, 4, 13}, ContinuityVerdict::kConfirmed},
      {{"cut_short", 20, 0, 0}, ContinuityVerdict::kUndetermined},
      {{"read_in_part", 20, 20, 0}, ContinuityVerdict::kUndetermined},
      {{"short_gop", 9, 0.4, 2}, ContinuityVerdict::kConfirmed},
      {{"something new", 9, 4, 1}, ContinuityVerdict::kConfirmed},
  };
  for (const auto& [event, verdict] : rows) {
    EXPECT_EQ(verdict_word(verdict_of(with_event(event))), verdict_word(verdict)) << event.kind;
  }
}

TEST(ContinuityJudge, LetsADevicesHabitsPass) {
  JudgeInput input = input_of({with_event({"edit_skips", 0, 9.5, 0})});
  input.profile = DeviceProfile{.device = "DSJ-1", .pre_record_s = 10};
  EXPECT_EQ(judge_continuity(input).verdict, ContinuityVerdict::kConfirmed);
  input.profile->fingerprint = "ftyp mdat moov";
  EXPECT_EQ(judge_continuity(input).verdict, ContinuityVerdict::kEditTrace);
}

TEST(ContinuityJudge, MeasuresSeamsByTheClocks) {
  const std::pair<double, ContinuityVerdict> rows[] = {{0, ContinuityVerdict::kConfirmed},
                                                       {0.08, ContinuityVerdict::kConfirmed},
                                                       {0.4, ContinuityVerdict::kGapFound},
                                                       {10, ContinuityVerdict::kGapFound},
                                                       {-3, ContinuityVerdict::kEditTrace}};
  for (const auto& [seam, verdict] : rows) {
    const auto judged =
        judge_continuity(input_of({recording(20), recording(20, kNoon + 20 + seam)}));
    EXPECT_EQ(verdict_word(judged.verdict), verdict_word(verdict)) << seam;
    if (verdict == ContinuityVerdict::kGapFound) {
      EXPECT_NEAR(judged.gaps[0].missing_s, seam, 1e-6);
    }
  }
}

TEST(ContinuityJudge, AllowsTheOverlapThatADeviceHas) {
  JudgeInput input = input_of({recording(20), recording(20, kNoon + 18)});
  input.profile = DeviceProfile{.device = "DSJ-1", .overlap_s = 2};
  EXPECT_EQ(judge_continuity(input).verdict, ContinuityVerdict::kConfirmed);
}

TEST(ContinuityJudge, MissesANumberOnlyWhereNoClockSaysOtherwise) {
  JudgeInput input = input_of({recording(20), recording(20, kNoon + 20)});
  input.segments[1].name = "REC_0005.mp4";
  EXPECT_EQ(judge_continuity(input).verdict, ContinuityVerdict::kConfirmed);
  for (auto& segment : input.segments) segment.seen.clock = {};
  EXPECT_EQ(judge_continuity(input).verdict, ContinuityVerdict::kUndetermined);
  input.segments[0].seen.container.created_s = 1'750'000'000;
  input.segments[1].seen.container.created_s = 1'750'000'320;
  const auto judged = judge_continuity(input);
  ASSERT_EQ(judged.verdict, ContinuityVerdict::kGapFound);
  EXPECT_DOUBLE_EQ(judged.gaps[0].missing_s, 300);
}

TEST(ContinuityJudge, TakesTheDayFromTheOtherSegments) {
  SegmentObservation second = recording(20, kNoon - 86400.0 * 20256 + 20);
  second.clock.has_date = false;
  const auto judged = judge_continuity(input_of({recording(20), second}));
  EXPECT_EQ(judged.verdict, ContinuityVerdict::kConfirmed);
  EXPECT_NEAR(*judged.last_wall_s, kNoon + 40, 0.1);
}

TEST(ContinuityJudge, SaysHowMuchOfTheStepIsCovered) {
  JudgeInput input = input_of({recording(600)});
  input.step_start_s = kNoon - 300;
  input.step_end_s = kNoon + 600;
  const auto judged = judge_continuity(input);
  EXPECT_EQ(judged.verdict, ContinuityVerdict::kConfirmed);
  EXPECT_NEAR(judged.step_coverage.value_or(0), 600.0 / 900, 1e-3);
  ASSERT_EQ(judged.findings.size(), 1U);
  EXPECT_EQ(judged.findings[0].kind, "step_start");
}

SegmentObservation sound_alone(const char* codec, double packet_s) {
  SegmentObservation seen;
  seen.sound = SoundView{codec, 900, packet_s, 0, 20};
  return seen;
}

TEST(ContinuityJudge, TakesAHoleOfSoundAloneForAGap) {
  const std::tuple<const char*, double, double, ContinuityVerdict> rows[] = {
      {"aac", 0.021, 5, ContinuityVerdict::kGapFound},
      {"aac", 0.021, 0.3, ContinuityVerdict::kGapFound},
      {"aac", 0.021, 0.15, ContinuityVerdict::kNotContradicted},
      {"adpcm_ima_wav", 1, 4, ContinuityVerdict::kNotContradicted},
      {"opus", 0.02, 0.4, ContinuityVerdict::kNotContradicted},
      {"opus", 0.02, 0.6, ContinuityVerdict::kGapFound},
  };
  for (const auto& [codec, packet_s, hole_s, verdict] : rows) {
    SegmentObservation seen = sound_alone(codec, packet_s);
    seen.events.push_back({"audio_hole", 9, hole_s, 9 + hole_s});
    const auto judged = judge_continuity(input_of({seen}));
    EXPECT_EQ(verdict_word(judged.verdict), verdict_word(verdict)) << codec << hole_s;
    const bool gap = verdict == ContinuityVerdict::kGapFound;
    EXPECT_NEAR(judged.coverage, gap ? (20 - hole_s) / 20 : 1, 1e-9) << codec << hole_s;
    EXPECT_EQ(answer_for_rules(judged, 0) == ContinuityAnswer::kInterrupted, gap);
  }
}

TEST(ContinuityJudge, CountsWhatIsMissingInsideOnceWithoutAClock) {
  SegmentObservation seen = with_event({"pts_gap", 9, 4, 13});
  seen.clock = {};
  EXPECT_DOUBLE_EQ(judge_continuity(input_of({seen})).coverage, 0.8);
}

TEST(ContinuityJudge, SaysWhyTheStepWasNotChecked) {
  SegmentObservation blind = recording(20);
  blind.clock = {};
  SegmentObservation undated = recording(20, 36000);
  undated.clock.has_date = false;
  const double noon = kNoon;

  struct Row {
    SegmentObservation seen;
    std::optional<double> from, to;
    const char* kind;
  };

  const Row rows[] = {
      {recording(20), noon, std::nullopt, "step_one_sided"},
      {recording(20), std::nullopt, noon, "step_one_sided"},
      {recording(20), noon + 60, noon, "step_reversed"},
      {sound_alone("aac", 0.021), noon, noon + 20, "step_sound_alone"},
      {blind, noon, noon + 20, "step_no_clock"},
      {undated, noon, noon + 20, "step_no_date"},
      {recording(20), noon + 189'302'448, noon + 189'302'500, "step_clock_off"},
      {recording(20), noon - 90'000, noon - 86'400, "step_clock_off"},
  };
  for (const Row& row : rows) {
    JudgeInput input = input_of({row.seen});
    input.step_start_s = row.from;
    input.step_end_s = row.to;
    const auto judged = judge_continuity(input);
    ASSERT_EQ(judged.findings.size(), 1U) << row.kind;
    EXPECT_EQ(judged.findings[0].kind, row.kind);
    EXPECT_FALSE(judged.step_coverage);
    EXPECT_THAT(sentence_of(judged.findings[0], input, judged.has_date, Language::kChinese),
                testing::StartsWith("环节起止时间未核对："))
        << row.kind;
  }
}

TEST(ContinuityJudge, AnswersTheRules) {
  SegmentObservation gap = recording(30);
  step_clock(gap, 12, 5, PictureFlow::kBroken);
  const auto judged = judge_continuity(input_of({gap}));
  EXPECT_EQ(answer_for_rules(judged, 5.5), ContinuityAnswer::kContinuous);
  EXPECT_EQ(answer_for_rules(judged, 4.5), ContinuityAnswer::kInterrupted);
  gap.events.push_back({"repeat_packets", 25, 4, 1});
  EXPECT_EQ(answer_for_rules(judge_continuity(input_of({gap})), 5.5),
            ContinuityAnswer::kNeedsPerson);
  EXPECT_EQ(answer_for_rules(judge_continuity(input_of({with_event({"scar", 9, 0, 0})})), 99),
            ContinuityAnswer::kNeedsPerson);
  EXPECT_EQ(answer_for_rules(judge_continuity({}), 99), ContinuityAnswer::kNeedsPerson);
}

TEST(ContinuityJudge, CannotJudgeWhatCouldNotBeRead) {
  SegmentObservation broken;
  broken.failure = "moov";
  EXPECT_EQ(verdict_of(broken), ContinuityVerdict::kUndetermined);
  EXPECT_EQ(verdict_of({}), ContinuityVerdict::kUndetermined);
}

}  // namespace
}  // namespace anjuan::formats
