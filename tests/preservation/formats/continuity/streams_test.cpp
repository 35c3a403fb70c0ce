// What other containers and codecs, the stream's own numbers, the sound and the file's time show.
#include "tests/preservation/formats/continuity/truth.h"

namespace anjuan::formats {
namespace {

using test::ClockClip;
using test::make_clip;
using test::make_from;

constexpr double kPicture = 0.04;

ClockClip clock_clip() {
  ClockClip clip;
  clip.source = "testsrc2";
  clip.width = 480;
  clip.height = 270;
  clip.y = "40";
  clip.seconds = 14;
  clip.coding.insert(clip.coding.end(), {"-bf", "0"});
  return clip;
}

using Arguments = std::vector<std::string>;

/// Moving pictures without a clock: only the stream can show what is missing.
std::filesystem::path plain(const std::string& name, const Arguments& coding) {
  Arguments arguments{"-f", "lavfi", "-i", "testsrc2=s=320x240:r=25", "-t", "12"};
  arguments.insert(arguments.end(), coding.begin(), coding.end());
  return make_from(name, arguments);
}

class ContinuityStreams : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::has_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    if (make_clip("streams.mp4", clock_clip()).empty()) GTEST_SKIP() << "the font is absent";
  }

  /// The clip in another container, clean and without five pictures.
  static void expect_clean_and_cut(const std::string& ending, const Arguments& coding) {
    Arguments clean{"-i", "@streams.mp4"};
    clean.insert(clean.end(), coding.begin(), coding.end());
    const auto whole = judged({make_from("whole." + ending, clean)});
    EXPECT_EQ(whole.verdict, ContinuityVerdict::kConfirmed) << ending << ": " << words(whole);
    Arguments cut{"-i", "@streams.mp4", "-vf", "select='not(between(n,150,154))',setpts=N/25/TB"};
    cut.insert(cut.end(), coding.begin(), coding.end());
    const auto gap = judged({make_from("cut." + ending, cut)});
    ASSERT_EQ(gap.gaps.size(), 1U) << ending << ": " << words(gap);
    EXPECT_NEAR(gap.gaps[0].missing_s, 5 * kPicture, kPicture * 1.01) << ending;
  }
};

TEST_F(ContinuityStreams, FindsTheCutInAvi) {
  expect_clean_and_cut("avi", {"-c:v", "mjpeg", "-q:v", "6"});
}

TEST_F(ContinuityStreams, FindsTheCutInATransportStream) {
  expect_clean_and_cut("ts", {"-c:v", "libx264", "-preset", "veryfast", "-crf", "28"});
}

TEST_F(ContinuityStreams, FindsTheCutInMatroska) {
  expect_clean_and_cut("mkv", {"-c:v", "libx264", "-preset", "veryfast", "-crf", "28"});
}

TEST_F(ContinuityStreams, FindsTheCutInH265) {
  expect_clean_and_cut("hevc.mp4", {"-c:v", "libx265", "-preset", "ultrafast", "-crf", "28",
                                    "-x265-params", "log-level=none"});
}

/// Five coded pictures are taken out and the time stamps closed: only the numbering is left.
TEST_F(ContinuityStreams, SeesMissingNumbersInH264) {
  const auto whole = plain("numbers.mp4", {"-c:v", "libx264", "-preset", "veryfast", "-bf", "0"});
  EXPECT_EQ(judged({whole}).verdict, ContinuityVerdict::kNotContradicted);
  const auto bent =
      judged({make_from("numbers_cut.mp4", {"-i", "@numbers.mp4", "-c", "copy", "-bsf:v",
                                            "noise=drop='between(n,120,124)',setts=ts=N*512"})});
  EXPECT_EQ(bent.verdict, ContinuityVerdict::kEditTrace) << words(bent);
  EXPECT_THAT(words(bent), testing::HasSubstr("frame_num at"));
}

/// Nothing refers to a B picture: only the order of pictures has a hole.
TEST_F(ContinuityStreams, SeesAMissingPictureThatNoOtherRefersTo) {
  const auto whole = plain("order.mp4", {"-c:v", "libx264", "-preset", "veryfast", "-bf", "1",
                                         "-x264-params", "b-adapt=0"});
  const auto clean = judged({whole});
  EXPECT_EQ(clean.verdict, ContinuityVerdict::kNotContradicted) << words(clean);
  const auto bent = judged({make_from(
      "order_cut.mp4", {"-i", "@order.mp4", "-c", "copy", "-bsf:v", "noise=drop='eq(n,122)'"})});
  EXPECT_EQ(bent.verdict, ContinuityVerdict::kEditTrace) << words(bent);
  EXPECT_THAT(words(bent), testing::HasSubstr("poc at"));
}

/// A cut at an open group: H.265 numbers pictures on across it.
TEST_F(ContinuityStreams, SeesAMissingGroupInH265) {
  const auto whole =
      plain("groups.mp4", {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
                           "log-level=none:keyint=25:min-keyint=25:scenecut=0:open-gop=1"});
  const auto clean = judged({whole});
  EXPECT_EQ(clean.verdict, ContinuityVerdict::kNotContradicted) << words(clean);
  const auto bent =
      judged({make_from("groups_cut.mp4", {"-i", "@groups.mp4", "-c", "copy", "-bsf:v",
                                           "noise=drop='between(n,130,154)',setts=ts=N*512"})});
  EXPECT_EQ(bent.verdict, ContinuityVerdict::kEditTrace) << words(bent);
  EXPECT_THAT(words(bent), testing::HasSubstr("poc at"));
}

TEST_F(ContinuityStreams, DescribesSilence) {
  const auto path = make_from(
      "silence.mp4", {"-i", "@streams.mp4", "-f", "lavfi", "-i",
                      "sine=f=440:r=44100:d=14,volume='if(between(t,4,9),0,1)':eval=frame", "-c:v",
                      "copy", "-c:a", "aac", "-shortest"});
  const auto judgement = judged({path});
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kConfirmed) << words(judgement);
  ASSERT_EQ(judgement.findings.size(), 1U) << words(judgement);
  EXPECT_EQ(judgement.findings[0].kind, "silence");
  EXPECT_NEAR(judgement.findings[0].at_s, 4, 0.1);
  EXPECT_NEAR(judgement.findings[0].measured, 5, 0.15);
}

/// The clock begins at 01:04:30; cameras write local time as if it were UTC, or true UTC.
TEST_F(ContinuityStreams, ComparesTheFilesTimeWithTheClock) {
  const std::pair<const char*, bool> rows[] = {{"2025-06-17T01:04:30Z", true},
                                               {"2025-06-16T17:04:30Z", true},
                                               {"2025-06-17T01:09:30Z", false}};
  for (const auto& [created, agrees] : rows) {
    for (const char* ending : {"mp4", "mkv"}) {
      const std::string name = fmt::format("made_{}.{}", std::string(created).substr(8, 8), ending);
      const auto judgement =
          judged({make_from(name, {"-i", "@streams.mp4", "-c", "copy", "-metadata",
                                   fmt::format("creation_time={}", created)})});
      EXPECT_EQ(judgement.verdict, ContinuityVerdict::kConfirmed) << name << words(judgement);
      EXPECT_EQ(judgement.findings.empty(), agrees) << name << ": " << words(judgement);
    }
  }
}

}  // namespace
}  // namespace anjuan::formats
