// What was measured, put into the sidecar.

#include "preservation/sidecar/sidecar_found.h"

#include <gtest/gtest.h>

#include "preservation/formats/continuity/continuity_words.h"
#include "preservation/sidecar/sidecar_xml.h"
#include "tests/support/errors.h"
#include "tests/support/sidecars.h"

namespace anjuan::preservation {
namespace {

/// A segment of ten seconds at 25 pictures a second whose clock shows `first_s` at its start.
formats::SegmentInput segment(const std::string& name, double first_s) {
  formats::SegmentInput input{name, {}};
  input.seen.video = formats::VideoView{"h264", 640, 480, 250, 0.04, 0, 10, false};
  input.seen.clock.found = true;
  input.seen.clock.has_date = true;
  for (int second = 1; second < 10; ++second) {
    const double at = second;
    input.seen.clock.readings.push_back(
        {at, at, static_cast<std::int64_t>(first_s) + second, first_s - 0.02, first_s + 0.02});
  }
  input.seen.clock.sampled = 9;
  input.seen.clock.read = 9;
  return input;
}

double wall(const std::string& time) { return formats::wall_seconds(parse_instant(time)); }

RecordingSidecar with_continuity(const formats::JudgeInput& input) {
  auto sidecar = test::sidecar_of("A-segments", "V01");
  const auto judgement = formats::judge_continuity(input);
  add_continuity(sidecar, input, judgement, formats::answer_for_rules(judgement, 2),
                 {"metadata/other/continuity/V01.xml", std::string(128, 'a')});
  return sidecar;
}

TEST(SidecarFound, TellsClockAndSeams) {
  formats::JudgeInput input;
  input.segments = {segment("a.mp4", wall("2025-06-17T09:04:38.04+08:00")),
                    segment("b.mp4", wall("2025-06-17T09:04:53.04+08:00"))};
  const auto sidecar = with_continuity(input);
  ASSERT_TRUE(sidecar.clock.has_value());
  EXPECT_EQ(sidecar.clock->source, ClockSource::kPicture);
  EXPECT_EQ(sidecar.clock->shown, "2025-06-17T09:04:38.040+08:00");
  EXPECT_EQ(sidecar.clock->offset_ms, 8'040) << "declared 09:04:30";
  EXPECT_EQ(sidecar.segments[0].first_clock, "2025-06-17T09:04:38.040+08:00");
  EXPECT_EQ(sidecar.segments[0].last_clock, "2025-06-17T09:04:48.040+08:00");
  EXPECT_EQ(sidecar.segments[0].gap_before_ms, std::nullopt);
  EXPECT_EQ(sidecar.segments[1].gap_before_ms, 5'000);
  EXPECT_EQ(sidecar.segments[2].first_clock, "") << "not observed";
  ASSERT_TRUE(sidecar.continuity.has_value());
  EXPECT_EQ(sidecar.continuity->verdict, formats::ContinuityVerdict::kGapFound);
  EXPECT_EQ(sidecar.continuity->answer, formats::ContinuityAnswer::kInterrupted);
  ASSERT_EQ(sidecar.continuity->gaps.size(), 1U);
  EXPECT_EQ(sidecar.continuity->gaps[0].segment, 1U);
  EXPECT_EQ(sidecar.continuity->gaps[0].missing_ms, 5'000);
  EXPECT_EQ(read_sidecar(write_sidecar(sidecar), "V01.xml"), sidecar);
}

TEST(SidecarFound, TakesTheContainersTimeWhereThereIsNoClock) {
  formats::JudgeInput input;
  input.segments = {segment("a.mp4", 0)};
  input.segments[0].seen.clock = {};
  auto& created = input.segments[0].seen.container.created_s;
  const auto local = static_cast<std::int64_t>(wall("2025-06-17T09:04:31+08:00"));
  created = local;
  EXPECT_EQ(with_continuity(input).clock->source, ClockSource::kContainer);
  EXPECT_EQ(with_continuity(input).clock->offset_ms, 1'000) << "local time written as UTC";
  created = local - 8 * 3600;
  EXPECT_EQ(with_continuity(input).clock->offset_ms, 1'000) << "UTC";
  created.reset();
  EXPECT_EQ(with_continuity(input).clock->source, ClockSource::kNone);
}

TEST(SidecarFound, TellsStreamsAndForeignDocuments) {
  formats::Characteristics found;
  found.media = formats::AvCharacteristics{};
  found.media->container = "avi";
  found.media->streams.emplace_back();
  found.media->streams[0].kind = "video";
  found.media->streams[0].codec = "mjpeg";
  found.extensions = {{"EBUCore", "<?xml version=\"1.0\"?><x:ebuCoreMain xmlns:x=\"urn:e\"/>"}};
  auto sidecar = test::sidecar_of("A", "V01");
  add_characteristics(sidecar, 1, found);
  ASSERT_EQ(sidecar.technical.size(), 1U);
  EXPECT_EQ(sidecar.technical[0].streams[0].codec, "mjpeg");
  EXPECT_EQ(read_sidecar(write_sidecar(sidecar), "V01.xml"), sidecar);
  found.extensions = {{"EBUCore", "<broken"}};
  EXPECT_EQ(test::thrown_by([&] { add_characteristics(sidecar, 1, found); }).word, "invalid");
}

TEST(SidecarFound, TellsPlaceAndClockOfAPhotograph) {
  formats::Characteristics found;
  found.photo = formats::PhotoFacts{};
  found.photo->taken = "2025-06-17T09:30:05";
  found.photo->latitude = 28.5;
  found.photo->orientation = 6;
  auto sidecar = test::sidecar_of("A", "V02");
  add_characteristics(sidecar, 1, found);
  EXPECT_TRUE(sidecar.technical.empty());
  ASSERT_EQ(sidecar.photographs.size(), 1U);
  EXPECT_EQ(sidecar.photographs[0].latitude, 28.5);
  ASSERT_TRUE(sidecar.clock.has_value());
  EXPECT_EQ(sidecar.clock->source, ClockSource::kExif);
  EXPECT_EQ(sidecar.clock->offset_ms, 5'000);
}

TEST(SidecarFound, SaysWhyNothingWasDerived) {
  formats::DerivationResult result;
  result.outcome = formats::DerivationOutcome::kSkipped;
  result.reason = "stable";
  result.because = "browser_safe";
  result.message = "不制作。";
  EXPECT_EQ(not_derived_of(RepresentationRole::kPreservation, "o/V01.mp4", result),
            (NotDerived{RepresentationRole::kPreservation, "o/V01.mp4", "skipped", "stable",
                        "browser_safe", "不制作。"}));
}

}  // namespace
}  // namespace anjuan::preservation
