// Recordings whose every picture is known: what is missing must be found to one picture, and
// nothing else may be.
#include <cmath>

#include "preservation/formats/continuity/continuity_words.h"
#include "tests/preservation/formats/continuity/truth.h"

namespace anjuan::formats {
namespace {

using test::ClockClip;
using test::make_clip;
using test::make_from;

constexpr double kPicture = 0.04;
constexpr double kClockStart = 1750122270;  ///< shown at time 0 of a ClockClip

void expect_verdict(ContinuityVerdict verdict, const Paths& files) {
  const auto judgement = judged(files);
  EXPECT_EQ(verdict_word(judgement.verdict), verdict_word(verdict))
      << files.front() << ": " << words(judgement);
}

/// One gap: from the picture at `from_s` of the uncut clip up to the one at `to_s`.
void expect_cut(const std::filesystem::path& file, double from_s, double to_s,
                const ObserverOptions& options = {}, double picture_s = kPicture) {
  const auto judgement = judged({file}, options);
  ASSERT_EQ(judgement.gaps.size(), 1U) << file << ": " << words(judgement);
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kGapFound);
  const ContinuityGap& gap = judgement.gaps[0];
  EXPECT_NEAR(gap.missing_s, to_s - from_s, picture_s * 1.01) << file;
  ASSERT_TRUE(gap.start_wall_s && gap.end_wall_s);
  EXPECT_NEAR(*gap.start_wall_s - kClockStart, from_s, picture_s * 1.01) << file;
  EXPECT_NEAR(*gap.end_wall_s - kClockStart, to_s, picture_s * 2.01) << file;
}

std::string cut_filter(double from_s, double to_s, const std::string& rate = "25") {
  return fmt::format("select='lt(t,{:.4f})+gte(t,{:.4f})',setpts=N/({})/TB", from_s - 0.001,
                     to_s - 0.001, rate);
}

/// The clip without [from, to), encoded anew: the container shows nothing.
std::filesystem::path cut_again(const std::string& base, const std::string& name, double from_s,
                                double to_s, const std::string& rate = "25") {
  return make_from(name, {"-i", "@" + base, "-vf", cut_filter(from_s, to_s, rate), "-c:v",
                          "libx264", "-preset", "veryfast", "-crf", "26", "-g", "50"});
}

class ContinuityTruth : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::has_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    if (make_clip("m24.mp4", base()).empty()) GTEST_SKIP() << "the font is not installed";
  }

  static ClockClip base() {
    ClockClip clip;
    clip.seconds = 24;
    clip.coding.insert(clip.coding.end(), {"-bf", "0"});
    return clip;
  }
};

TEST_F(ContinuityTruth, ConfirmsACleanRecording) {
  const auto judgement = judged({make_clip("m24.mp4", base())});
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kConfirmed) << words(judgement);
  EXPECT_TRUE(judgement.findings.empty()) << words(judgement);
  ASSERT_TRUE(judgement.has_date && judgement.first_wall_s);
  EXPECT_NEAR(*judgement.first_wall_s, kClockStart, kPicture);
  EXPECT_NEAR(*judgement.last_wall_s, kClockStart + 24, kPicture);
  EXPECT_DOUBLE_EQ(judgement.coverage, 1);
}

/// 2026-02-13 08:39:58 to 08:40:04 and 08:40:07 to 08:40:15: no 6 in the time, one in the date.
TEST_F(ContinuityTruth, GuessesNoDateWhoseDigitsNeverShowed) {
  ClockClip clip;
  clip.epoch = "1770971998";
  clip.seconds = 17;
  make_clip("feb.mp4", clip);
  const auto judgement = judged({cut_again("feb.mp4", "feb-cut.mp4", 7, 9)});
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kGapFound) << words(judgement);
  EXPECT_FALSE(judgement.has_date) << wall_text(judgement.first_wall_s.value_or(0), true);
}

TEST_F(ContinuityTruth, ConfirmsManyLooksOfClocks) {
  std::vector<std::pair<std::string, ClockClip>> clips(6);
  clips[0] = {"serif.mp4",
              {.source = "testsrc2",
               .rate = "30",
               .font = "dejavu/DejaVuSerif.ttf",
               .size = 22,
               .x = "w-tw-12",
               .y = "h-th-12",
               .colour = "yellow"}};
  clips[1] = {"box.mp4",
              {.width = 854,
               .height = 480,
               .rate = "15",
               .font = "dejavu/DejaVuSans-Bold.ttf",
               .size = 26,
               .y = "h-th-20",
               .colour = "lime",
               .style = ":box=1:boxcolor=black@0.6:boxborderw=4"}};
  clips[2] = {"grey.mp4",
              {.source = "grey",
               .rate = "12",
               .seconds = 16,
               .size = 18,
               .x = "w-tw-10",
               .style = ":borderw=1:bordercolor=black"}};
  clips[3] = {"dark.mp4",
              {.rate = "30000/1001", .colour = "black", .style = ":borderw=2:bordercolor=white"}};
  clips[4] = {"noise.mp4",
              {.source = "noise",
               .rate = "20",
               .seconds = 12,
               .font = "dejavu/DejaVuSans.ttf",
               .size = 24}};
  clips[5] = {"cjk.mp4",
              {.source = "testsrc2",
               .width = 854,
               .height = 480,
               .font = "noto/NotoSansCJK-Regular.ttc",
               .size = 24,
               .date = "%Y年%m月%d日 "}};
  for (const auto& [name, clip] : clips) {
    const auto path = make_clip(name, clip);
    if (path.empty()) continue;
    expect_verdict(ContinuityVerdict::kConfirmed, {path});
  }
}

TEST_F(ContinuityTruth, ConfirmsAVariableFrameRate) {
  ClockClip clip;
  clip.rate = "50";
  clip.after = ",select='gt(random(7)\\,0.5)'";
  clip.coding.insert(clip.coding.end(), {"-vsync", "vfr"});
  expect_verdict(ContinuityVerdict::kConfirmed, {make_clip("vfr.mp4", clip)});
}

TEST_F(ContinuityTruth, FindsThreePicturesCutAndEncodedAgain) {
  expect_cut(cut_again("m24.mp4", "cut3.mp4", 11.4, 11.52), 11.4, 11.52);
}

TEST_F(ContinuityTruth, FindsCutsOfManyLengths) {
  expect_cut(cut_again("m24.mp4", "cut4.mp4", 6.52, 6.68), 6.52, 6.68);
  expect_cut(cut_again("m24.mp4", "cut13.mp4", 13.0, 13.52), 13.0, 13.52);
  expect_cut(cut_again("m24.mp4", "cut_s.mp4", 9.2, 10.2), 9.2, 10.2);
  expect_cut(cut_again("m24.mp4", "cut_8.mp4", 8.16, 16.2), 8.16, 16.2);
}

TEST_F(ContinuityTruth, FindsACutByStreamCopy) {
  make_from("head.mp4", {"-i", "@m24.mp4", "-t", "10", "-c", "copy"});
  make_from("tail.mp4", {"-ss", "16", "-i", "@m24.mp4", "-t", "7", "-c", "copy"});
  const auto list = make_clip("m24.mp4", base()).parent_path() / "list.txt";
  std::FILE* file = std::fopen(list.c_str(), "w");
  std::fputs("file head.mp4\nfile tail.mp4\n", file);
  std::fclose(file);
  expect_cut(make_from("copycut.mp4", {"-f", "concat", "-i", "@list.txt", "-c", "copy"}), 10, 16);
}

TEST_F(ContinuityTruth, FindsAGapThatTheTimeStampsShow) {
  const auto path =
      make_from("hold.mp4", {"-i", "@m24.mp4", "-vf", "select='lt(t,9.999)+gte(t,12.999)'",
                             "-vsync", "vfr", "-c:v", "libx264", "-preset", "veryfast"});
  expect_cut(path, 10, 13);
}

TEST_F(ContinuityTruth, SeesAClockThatWasSetBack) {
  ClockClip early = base();
  early.style += ":enable='lt(t,9.5)'";
  ClockClip late = base();
  late.epoch = "1750121973.4";
  late.style += ":enable='gte(t,9.5)'";
  early.after = "," + clock_filter(late);
  early.seconds = 20;
  const auto judgement = judged({make_clip("setback.mp4", early)});
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kClockAdjusted) << words(judgement);
  ASSERT_EQ(judgement.findings.size(), 1U);
  EXPECT_NEAR(judgement.findings[0].measured, -296.6, kPicture * 1.01);
  EXPECT_NEAR(judgement.findings[0].at_s, 9.46, kPicture * 1.01);
}

TEST_F(ContinuityTruth, SeesALoop) {
  const auto path = make_from(
      "loop.mp4", {"-i", "@m24.mp4", "-filter_complex",
                   "[0]trim=0:12,setpts=PTS-STARTPTS[a];[0]trim=8:20,setpts=PTS-STARTPTS[b];"
                   "[a][b]concat",
                   "-c:v", "libx264", "-preset", "veryfast"});
  const auto judgement = judged({path});
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kEditTrace) << words(judgement);
  EXPECT_NEAR(judgement.findings[0].measured, -4, kPicture * 1.01);
}

TEST_F(ContinuityTruth, SeesInsertedStills) {
  const auto path = make_from("still.mp4", {"-i", "@m24.mp4", "-vf", "loop=75:1:250,setpts=N/25/TB",
                                            "-t", "24", "-c:v", "libx264", "-preset", "veryfast"});
  expect_verdict(ContinuityVerdict::kEditTrace, {path});
}

/// The recorder hung: picture and clock stand, then both are where they should be.
TEST_F(ContinuityTruth, FindsAFrozenRecording) {
  const auto path =
      make_from("frozen.mp4", {"-i", "@m24.mp4", "-filter_complex",
                               "[0]split[a][b];[a][b]freezeframes=first=250:last=324:replace=249",
                               "-c:v", "libx264", "-preset", "veryfast", "-t", "24"});
  const auto judgement = judged({path});
  ASSERT_EQ(judgement.verdict, ContinuityVerdict::kGapFound) << words(judgement);
  EXPECT_NEAR(judgement.gaps[0].missing_s, 3, 0.1) << words(judgement);
}

TEST_F(ContinuityTruth, DescribesABlackLensAndStillConfirms) {
  ClockClip clip;
  clip.source = "black";
  const auto judgement = judged({make_clip("black.mp4", clip)});
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kConfirmed) << words(judgement);
  EXPECT_THAT(words(judgement), testing::HasSubstr("black at 0"));
}

TEST_F(ContinuityTruth, ClaimsNothingWithoutAClock) {
  const std::vector<std::string> coding{"-c:v", "libx264", "-preset", "veryfast", "-g", "50"};
  std::vector<std::string> plain{"-f", "lavfi", "-i", "mandelbrot=s=640x360:r=25", "-t", "16"};
  plain.insert(plain.end(), coding.begin(), coding.end());
  expect_verdict(ContinuityVerdict::kNotContradicted, {make_from("plain.mp4", plain)});
  expect_verdict(ContinuityVerdict::kNotContradicted,
                 {cut_again("plain.mp4", "plain_cut.mp4", 6, 9)});
}

TEST_F(ContinuityTruth, JoinsSegmentsAndMissesADroppedOne) {
  Paths parts;
  for (int i = 0; i < 3; ++i) {
    parts.push_back(make_from(fmt::format("seg_00{}.mp4", i),
                              {"-ss", std::to_string(i * 8), "-i", "@m24.mp4", "-t", "8", "-c:v",
                               "libx264", "-preset", "veryfast"}));
  }
  expect_verdict(ContinuityVerdict::kConfirmed, parts);
  const auto dropped = judged({parts[0], parts[2]});
  ASSERT_EQ(dropped.gaps.size(), 1U) << words(dropped);
  EXPECT_EQ(dropped.gaps[0].signal, Signal::kSequence);
  EXPECT_NEAR(dropped.gaps[0].missing_s, 8, kPicture * 1.01);
  const auto over = make_from("seg_over.mp4", {"-ss", "7", "-i", "@m24.mp4", "-t", "8", "-c:v",
                                               "libx264", "-preset", "veryfast"});
  expect_verdict(ContinuityVerdict::kEditTrace, {parts[0], over});
}

TEST_F(ContinuityTruth, SaysHowMuchATruncatedFileLacks) {
  const auto whole =
      make_from("fast.mp4", {"-i", "@m24.mp4", "-c", "copy", "-movflags", "faststart"});
  const auto cut = whole.parent_path() / "truncated.mp4";
  std::filesystem::copy_file(whole, cut, std::filesystem::copy_options::overwrite_existing);
  std::filesystem::resize_file(cut, std::filesystem::file_size(whole) / 2);
  const auto judgement = judged({cut});
  EXPECT_EQ(judgement.verdict, ContinuityVerdict::kGapFound) << words(judgement);
  EXPECT_THAT(words(judgement), testing::HasSubstr("ends_early"));
  std::filesystem::resize_file(cut, 600);
  expect_verdict(ContinuityVerdict::kUndetermined, {cut});
}

/// The way of long recordings, with a clip that is short enough to be drawn: three, five and 25
/// pictures are missing.
TEST_F(ContinuityTruth, FindsCutsBySamplesOfALongRecording) {
  ClockClip clip = base();
  clip.seconds = 90;
  clip.source = "testsrc2";
  clip.width = 480;
  clip.height = 270;
  clip.y = "40";
  clip.coding = {"-preset", "ultrafast", "-crf", "30", "-g", "50"};
  const ObserverOptions sampled{.whole_s = 20, .tick_every_s = 20};
  const auto whole = judged({make_clip("long.mp4", clip)}, sampled);
  EXPECT_EQ(whole.verdict, ContinuityVerdict::kConfirmed) << words(whole);
  const auto cut =
      judged({make_from("long_cut.mp4", {"-i", "@long.mp4", "-vf",
                                         "select='not(between(n,500,502)+between(n,1250,1254)+"
                                         "between(n,1800,1824))',setpts=N/25/TB",
                                         "-c:v", "libx264", "-preset", "ultrafast", "-crf", "30"})},
             sampled);
  EXPECT_EQ(cut.verdict, ContinuityVerdict::kGapFound);
  ASSERT_EQ(cut.gaps.size(), 3U) << words(cut);
  constexpr int kMissing[] = {3, 5, 25};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(cut.gaps[i].missing_s, kMissing[i] * kPicture, kPicture * 1.01) << words(cut);
  }
}

TEST_F(ContinuityTruth, FindsACutOfAVariableFrameRate) {
  ClockClip clip;
  clip.rate = "50";
  clip.after = ",select='gt(random(7)\\,0.5)*not(between(t\\,6.2\\,6.79))'";
  clip.after += ",setpts='PTS-gte(T\\,6.5)*0.6/TB'";
  clip.coding.insert(clip.coding.end(), {"-vsync", "vfr"});
  const auto judgement = judged({make_clip("vfr_cut.mp4", clip)});
  ASSERT_EQ(judgement.gaps.size(), 1U) << words(judgement);
  EXPECT_NEAR(judgement.gaps[0].missing_s, 0.6, 0.06) << words(judgement);
}

}  // namespace
}  // namespace anjuan::formats
