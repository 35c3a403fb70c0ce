// Fifty looks of clocks, clean and cut: no gap where nothing is missing, each gap where something
// is. Minutes of drawing: full tier only.
#include <gmock/gmock.h>

#include "preservation/formats/continuity/judge.h"
#include "preservation/formats/continuity/observe.h"
#include "tests/support/clock_clips.h"
#include "tests/support/process.h"

namespace anjuan::formats {
namespace {

using test::ClockClip;

constexpr int kClips = 50;

struct Size {
  int width;
  int height;
};

struct Look {
  const char* colour;
  const char* style;
};

/// Each property walks through its values with a step of its own: the pairs mix.
ClockClip clip_number(int i) {
  constexpr const char* kSources[] = {"mandelbrot", "testsrc2", "noise", "grey"};
  constexpr Size kSizes[] = {{854, 480}, {640, 480}, {1280, 720}, {854, 480}, {1920, 1080}};
  constexpr const char* kRates[] = {"25", "30", "12", "15", "30000/1001", "20"};
  constexpr const char* kFonts[] = {
      "dejavu/DejaVuSansMono.ttf", "dejavu/DejaVuSans.ttf",        "dejavu/DejaVuSans-Bold.ttf",
      "dejavu/DejaVuSerif.ttf",    "noto/NotoSansCJK-Regular.ttc", "dejavu/DejaVuSansMono-Bold.ttf",
      "noto/NotoSerifCJK-Bold.ttc"};
  constexpr Look kLooks[] = {{"white", ":borderw=2:bordercolor=black"},
                             {"yellow", ":borderw=2:bordercolor=black"},
                             {"black", ":borderw=2:bordercolor=white"},
                             {"white", ":box=1:boxcolor=black@0.7:boxborderw=5"},
                             {"lime", ":borderw=3:bordercolor=black"},
                             {"cyan", ":shadowcolor=black:shadowx=2:shadowy=2:borderw=1"}};
  constexpr const char* kDates[] = {"%Y-%m-%d ", "%Y/%m/%d ", "%Y年%m月%d日 "};
  const auto number = static_cast<unsigned>(i);
  const Size size = kSizes[number % 5];
  const Look look = kLooks[number % 6];
  ClockClip clip;
  const bool small = size.height <= 480;  // Large noise is hundreds of megabytes.
  clip.source = kSources[number % (small ? 4 : 2)];
  clip.width = size.width;
  clip.height = size.height;
  clip.rate = kRates[number / 2 % 6];
  clip.seconds = 13;
  clip.font = kFonts[number % 7];
  clip.size = size.height / (number % 3 == 0 ? 22 : number % 3 == 1 ? 18 : 26) + 2;
  clip.x = number / 3 % 2 == 0 ? "14" : "w-tw-14";
  clip.y = number / 5 % 2 == 0 ? "14" : "h-th-14";
  clip.colour = look.colour;
  clip.style = look.style;
  clip.date = number % 7 == 4 || number % 7 == 6 ? kDates[number % 3] : kDates[number % 2];
  clip.coding = {"-preset", "veryfast", "-crf", number % 2 == 0 ? "26" : "31", "-g", "50"};
  return clip;
}

double picture_seconds(const std::string& rate) {
  const auto slash = rate.find('/');
  const double top = std::stod(rate);
  return slash == std::string::npos ? 1 / top : std::stod(rate.substr(slash + 1)) / top;
}

ContinuityJudgement judged(const std::filesystem::path& file) {
  JudgeInput input;
  input.segments.push_back(
      {file.filename().string(), observe(file, {}, SandboxLevel::kLeast).seen});
  return judge_continuity(input);
}

TEST(ContinuityMatrix, FindsNoGapInFiftyCleanRecordings) {
  if (!test::has_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  int confirmed = 0;
  int drawn = 0;
  for (int i = 0; i < kClips; ++i) {
    const auto path = test::make_clip(fmt::format("clean_{}.mp4", i), clip_number(i));
    if (path.empty()) continue;
    ++drawn;
    const auto judgement = judged(path);
    EXPECT_TRUE(judgement.gaps.empty()) << i << " " << judgement.gaps.size();
    const bool continuous = judgement.verdict == ContinuityVerdict::kConfirmed ||
                            judgement.verdict == ContinuityVerdict::kNotContradicted;
    EXPECT_TRUE(continuous) << i << " " << verdict_word(judgement.verdict);
    const bool read = judgement.verdict == ContinuityVerdict::kConfirmed;
    if (!read) fmt::print("clean_{}: {}\n", i, verdict_word(judgement.verdict));
    confirmed += read ? 1 : 0;
  }
  fmt::print("{} of {} clean clips confirmed by their clock\n", confirmed, drawn);
  ASSERT_GT(drawn, 0);
  EXPECT_GE(confirmed * 100, drawn * 90);
}

TEST(ContinuityMatrix, FindsTheCutInEachOfThem) {
  if (!test::has_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  constexpr int kCuts[] = {3, 4, 7, 12, 33, 50};
  for (int i = 0; i < kClips; ++i) {
    const ClockClip clip = clip_number(i);
    const std::string base = fmt::format("clean_{}.mp4", i);
    const auto path = test::make_clip(base, clip);
    if (path.empty() || judged(path).verdict != ContinuityVerdict::kConfirmed) continue;
    const double picture = picture_seconds(clip.rate);
    const int from = static_cast<int>((4.2 + i % 5 * 0.61) / picture);
    const int count = kCuts[i % 6];
    const std::string filter =
        fmt::format("select='lt(n,{})+gte(n,{})',setpts=N/({})/TB", from, from + count, clip.rate);
    const auto cut = test::make_from(fmt::format("cut_{}.mp4", i),
                                     {"-i", "@" + base, "-vf", filter, "-c:v", "libx264", "-preset",
                                      "veryfast", "-crf", "26", "-g", "50"});
    const auto judgement = judged(cut);
    ASSERT_EQ(judgement.gaps.size(), 1U)
        << i << " " << count << " pictures: " << verdict_word(judgement.verdict);
    EXPECT_NEAR(judgement.gaps[0].missing_s, count * picture, picture * 1.01) << i;
  }
}

}  // namespace
}  // namespace anjuan::formats
