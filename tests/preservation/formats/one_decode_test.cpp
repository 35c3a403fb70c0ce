// One decode for both copies and the observation gives what three of them would.
#include "preservation/formats/continuity/observation_json.h"
#include "preservation/formats/derivation_json.h"
#include "tests/preservation/formats/derive_fixture.h"
#include "tests/support/clock_clips.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::test_picture;
using test::test_tone;

class OneDecodeTest : public DeriveTest {
 protected:
  static std::string text_of(const SegmentObservation& seen) {
    std::string text;
    write_observation(seen, [&text](std::string_view line) { text += line; });
    return text;
  }

  static MediaFacts facts_of(const fs::path& input) {
    return read_media_facts(FileHandle::open_read(input), SandboxLevel::kLeast);
  }

  DerivationJob job_for(const fs::path& input, DerivationPurpose purpose, const std::string& name) {
    DerivationJob one;
    one.input = input;
    one.output = folder / name;
    one.purpose = purpose;
    return one;
  }

  JointDerivation together(const fs::path& input, const std::string& name) {
    return derive_jointly({job_for(input, DerivationPurpose::kPreservation, name + ".mkv"),
                           job_for(input, DerivationPurpose::kAccess, name + ".mp4")},
                          facts_of(input), policy, ObserverOptions{}, progress);
  }

  DerivationResult alone(const fs::path& input, DerivationPurpose purpose,
                         const std::string& name) {
    return derive(job_for(input, purpose, name), policy, progress);
  }

  /// Results, bytes, proofs and observation, made together and one by one.
  void expect_the_same(const fs::path& input) {
    SCOPED_TRACE(input.filename().string());
    const auto joint = together(input, "joint");
    ASSERT_EQ(joint.results.size(), 2U);
    for (const auto& result : joint.results) {
      ASSERT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
    }
    alone(input, DerivationPurpose::kPreservation, "alone.mkv");
    alone(input, DerivationPurpose::kAccess, "alone.mp4");
    for (const char* ending : {".mkv", ".mkv.framehash", ".mp4"}) {
      EXPECT_TRUE(read_text(folder / (std::string("joint") + ending)) ==
                  read_text(folder / (std::string("alone") + ending)))
          << ending;
    }
    ASSERT_TRUE(joint.observed);
    const auto seen = observe(input, ObserverOptions{}, SandboxLevel::kLeast).seen;
    EXPECT_TRUE(text_of(joint.observed->seen) == text_of(seen));
    EXPECT_EQ(joint.observed->seen.decoded_s, seen.decoded_s);
    EXPECT_EQ(joint.observed->seen.events, seen.events);
    for (const auto& name : test::names_in(folder.path())) {
      if (name != input.filename()) fs::remove(folder / name);
    }
  }
};

/// With a clock in it, and 21 pictures cut out.
fs::path cut_clip(const std::string& name, const std::vector<std::string>& coding) {
  test::ClockClip clock;
  clock.source = "testsrc2";
  clock.seconds = 16;
  if (test::make_clip("one-decode.mp4", clock).empty()) return {};
  return test::make_from(
      name, test::joined({{"-i", "@one-decode.mp4", "-f", "lavfi", "-i", "sine=440:d=15", "-vf",
                           "select='not(between(n,190,210))',setpts=N/25/TB", "-r", "25"},
                          coding}));
}

TEST_F(OneDecodeTest, GivesTheSameCopiesAndTheSameObservationInEveryContainer) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> looks{
      {"od.avi", {"-c:v", "mjpeg", "-q:v", "3", "-c:a", "pcm_s16le"}},
      {"od.mov", {"-c:v", "mjpeg", "-q:v", "3", "-c:a", "pcm_s16le"}},
      {"odp.avi", {"-c:v", "mpeg4", "-q:v", "3", "-bf", "2", "-c:a", "mp3"}},
      {"od.ts", {"-c:v", "mpeg2video", "-q:v", "3", "-bf", "2", "-c:a", "mp2"}},
      {"od.mpg", {"-c:v", "mpeg2video", "-q:v", "3", "-bf", "2", "-c:a", "mp2"}},
      {"od.wmv", {"-c:v", "wmv2", "-q:v", "3", "-c:a", "wmav2"}}};
  for (const auto& [name, coding] : looks) {
    const auto clip = cut_clip(name, coding);
    if (clip.empty()) GTEST_SKIP() << "no font or no encoder: this test was not run";
    expect_the_same(clip);
  }
}

TEST_F(OneDecodeTest, FindsTheCutInWhatItWasFed) {
  const auto clip = cut_clip("od.avi", {"-c:v", "mjpeg", "-q:v", "3", "-c:a", "pcm_s16le"});
  if (clip.empty()) GTEST_SKIP() << "no font or no encoder: this test was not run";
  const auto joint = together(clip, "fed");
  ASSERT_TRUE(joint.observed);
  const auto& clock = joint.observed->seen.clock;
  EXPECT_TRUE(clock.found);
  EXPECT_GT(clock.readings.size(), 10U);
  ASSERT_EQ(clock.pictures.size(), 1U);
  EXPECT_NEAR(clock.pictures.front().at_s, 190 / 25.0, 1.0);
}

TEST_F(OneDecodeTest, LeavesALongRecordingToItsObserver) {
  const auto input = clip("long.avi", {test_picture("160x120", 3), {"-c:v", "mjpeg"}});
  ObserverOptions options;
  options.whole_s = 1;
  const auto joint = derive_jointly({job_for(input, DerivationPurpose::kAccess, "long.mp4")},
                                    facts_of(input), policy, options, progress);
  EXPECT_EQ(joint.results.front().outcome, DerivationOutcome::kMade);
  EXPECT_FALSE(joint.observed);
}

TEST_F(OneDecodeTest, ACopyThatCannotBeMadeDoesNotHinderTheOther) {
  // FFV1 has no RGBA as PNG pictures have it, but x264 takes what was scaled.
  const auto input =
      clip("in.mov", {test_picture("160x120", 1), {"-c:v", "png", "-pix_fmt", "rgba"}});
  const auto joint = together(input, "joint");
  const auto preservation = alone(input, DerivationPurpose::kPreservation, "alone.mkv");
  EXPECT_EQ(joint.results[0].outcome, DerivationOutcome::kRefused);
  EXPECT_EQ(joint.results[0].reason, preservation.reason);
  EXPECT_EQ(joint.results[0].detail, preservation.detail);
  EXPECT_EQ(joint.results[1].outcome, DerivationOutcome::kMade) << joint.results[1].message;
  alone(input, DerivationPurpose::kAccess, "alone.mp4");
  EXPECT_TRUE(read_text(folder / "joint.mp4") == read_text(folder / "alone.mp4"));
  EXPECT_FALSE(fs::exists(folder / "joint.mkv"));
}

TEST_F(OneDecodeTest, ADamagedRecordingGivesNoCopyAndNoObservationOfItsDecode) {
  const auto input = clip("in.avi", {test_picture("320x240", 2), {"-c:v", "mpeg4", "-q:v", "5"}});
  std::string bytes = read_text(input);
  for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 2000; ++i) bytes[i] ^= 0x5A;
  test::write_text(input, bytes);
  const auto joint = together(input, "joint");
  for (const auto& result : joint.results) EXPECT_EQ(result.reason, "damaged");
  EXPECT_FALSE(joint.observed);
  EXPECT_EQ(test::names_in(folder.path()), (std::set<std::string>{"in.avi"}));
}

TEST_F(OneDecodeTest, WhereAnEditListHidesPicturesTheCopiesAreMadeApart) {
  const auto source = clip(
      "whole.mov",
      {test_picture("160x120", 2), test_tone(2), {"-c:v", "mpeg4", "-g", "25", "-c:a", "aac"}});
  const auto cut = folder / "cut.mov";
  test::make_clip(cut, {"-ss", "1.2", "-i", source.string(), "-c", "copy"});
  ASSERT_FALSE(facts_of(cut).edits.empty());
  const auto joint = together(cut, "joint");
  const auto held = joint.results[0].streams.at(0).frames;
  const auto shown = joint.results[1].streams.at(0).frames;
  EXPECT_EQ(joint.results[0].outcome, DerivationOutcome::kMade);
  EXPECT_LT(shown, held);
}

}  // namespace
}  // namespace anjuan::formats
