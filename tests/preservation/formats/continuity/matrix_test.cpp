// Fifty looks of clocks, clean and cut: no gap where nothing is missing, each gap where something
// is. Twenty more are drawn by chance, which nothing was adjusted to. One test a look: minutes of
// drawing, shared by shards; full tier only.
#include <cstdlib>
#include <random>

#include <gmock/gmock.h>

#include "preservation/formats/continuity/judge.h"
#include "preservation/formats/continuity/observe.h"
#include "tests/support/clock_clips.h"
#include "tests/support/process.h"

namespace anjuan::formats {
namespace {

using test::ClockClip;

constexpr int kClips = 50;
constexpr int kHeldOut = 20;
/// Looks whose clock is not read in 95 of 100 seconds: nothing is claimed of them.
constexpr int kUnread[] = {11, 17, 27, 34, 41, 47, 49};

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

/// Fonts, backgrounds, colours and places that the fifty do not have.
ClockClip clip_by_chance(std::mt19937& chance) {
  constexpr const char* kSources[] = {
      "life=mold=10:ratio=0.2:random_seed=5:death_color=#203040:life_color=#c0d0a0",
      "gradients=speed=0.02:nb_colors=4:seed=9",
      "smptehdbars",
      "cellauto=rule=110:random_seed=3",
      "mandelbrot=start_scale=0.4",
      "testsrc",
      "noise",
      "grey"};
  constexpr Size kSizes[] = {{640, 480}, {854, 480}, {960, 540}, {1280, 720}, {1920, 1080}};
  constexpr const char* kRates[] = {"12", "15", "18", "24", "25", "30000/1001"};
  constexpr const char* kFonts[] = {"liberation/LiberationMono-Regular.ttf",
                                    "liberation/LiberationSans-Regular.ttf",
                                    "liberation/LiberationSans-Bold.ttf",
                                    "liberation/LiberationSerif-Regular.ttf",
                                    "dejavu/DejaVuSansCondensed.ttf",
                                    "dejavu/DejaVuSerif-Bold.ttf",
                                    "noto/NotoSansCJK-Bold.ttc",
                                    "noto/NotoSerifCJK-Regular.ttc"};
  constexpr Look kStyles[] = {{"white", ":borderw=1:bordercolor=black"},
                              {"white", ":borderw=3:bordercolor=black"},
                              {"orange", ":borderw=2:bordercolor=black"},
                              {"yellow", ":box=1:boxcolor=blue@0.8:boxborderw=6"},
                              {"white", ":shadowcolor=black:shadowx=2:shadowy=2:borderw=1"},
                              {"black", ":box=1:boxcolor=white@0.8:boxborderw=4"}};
  constexpr const char* kDates[] = {"%Y-%m-%d ", "%Y.%m.%d ", "%Y年%m月%d日 ", "", "%m/%d/%Y "};
  const auto any = [&chance](const auto& list) {
    return std::data(list)[chance() % std::size(list)];
  };
  ClockClip clip;
  clip.source = any(kSources);
  const Size size = any(kSizes);
  clip.width = size.width;
  clip.height = size.height;
  clip.rate = any(kRates);
  clip.seconds = 13;
  clip.font = any(kFonts);
  clip.size = size.height / static_cast<int>(17 + chance() % 9) + 1;
  clip.x = chance() % 2 == 0 ? "21" : "w-tw-9";
  clip.y = chance() % 2 == 0 ? "17" : "h-th-22";
  const Look look = any(kStyles);
  clip.colour = look.colour;
  clip.style = look.style;
  clip.date = any(kDates);
  clip.epoch = std::to_string(1600000000U + chance() % 300000000U);
  clip.coding = {"-preset", "veryfast", "-crf", std::to_string(23 + chance() % 9), "-g", "50"};
  return clip;
}

double picture_seconds(const std::string& rate) {
  const auto slash = rate.find('/');
  const double top = std::stod(rate);
  return slash == std::string::npos ? 1 / top : std::stod(rate.substr(slash + 1)) / top;
}

struct Verdict {
  ContinuityJudgement judgement;
  std::uint32_t sampled = 0;
  std::uint32_t read = 0;

  bool confirmed() const { return judgement.verdict == ContinuityVerdict::kConfirmed; }

  std::string words() const {
    std::string text = fmt::format("{} {}/{}", verdict_word(judgement.verdict), read, sampled);
    for (const auto& gap : judgement.gaps) text += fmt::format(" gap {:.3f}", gap.missing_s);
    for (const auto& finding : judgement.findings) {
      text += fmt::format(" {} at {:.3f} is {:.3f}", finding.kind, finding.at_s, finding.measured);
    }
    return text;
  }
};

Verdict judged(const std::filesystem::path& file) {
  JudgeInput input;
  input.segments.push_back(
      {file.filename().string(), observe(file, {}, SandboxLevel::kLeast).seen});
  const ClockView& clock = input.segments[0].seen.clock;
  return {judge_continuity(input), clock.sampled, clock.read};
}

struct Cut {
  int from = 0;
  int count = 0;
};

/// One line of the table in docs/formats/continuity.md.
void tell(const std::string& name, const ClockClip& clip, const std::string& what) {
  fmt::print("{}: {}x{} {} fps, {} {} {}, {}: {}\n", name, clip.width, clip.height, clip.rate,
             clip.font.substr(clip.font.find('/') + 1), clip.size, clip.colour, clip.source, what);
}

/// Nothing is missing: nothing may be said to be, whether the clock can be read or not. True if it
/// was read.
bool stays_whole(const std::string& name, const ClockClip& clip) {
  const Verdict whole = judged(test::make_clip(name + ".mp4", clip));
  EXPECT_TRUE(whole.judgement.gaps.empty()) << whole.words();
  EXPECT_TRUE(whole.confirmed() || whole.judgement.verdict == ContinuityVerdict::kNotContradicted)
      << whole.words();
  tell(name, clip, whole.words());
  return whole.confirmed();
}

/// Where the clock is read the cut must be found; where it is not, nothing wrong may be claimed.
void finds_cut(const std::string& name, const ClockClip& clip, const Cut& cut, bool read) {
  const double picture = picture_seconds(clip.rate);
  const std::string filter = fmt::format("select='lt(n,{})+gte(n,{})',setpts=N/({})/TB", cut.from,
                                         cut.from + cut.count, clip.rate);
  const Verdict verdict = judged(test::make_from(
      name + "_cut.mp4", {"-i", "@" + name + ".mp4", "-vf", filter, "-c:v", "libx264", "-preset",
                          "veryfast", "-crf", "26", "-g", "50"}));
  const auto& gaps = verdict.judgement.gaps;
  if (!read && gaps.empty()) return tell(name, clip, "cut, unread: " + verdict.words());
  ASSERT_EQ(gaps.size(), 1U) << cut.count << " pictures at " << cut.from * picture << ": "
                             << verdict.words();
  const double error = gaps[0].missing_s / picture - cut.count;
  tell(name, clip,
       fmt::format("cut of {} off by {:+.2f}{}", cut.count, error, read ? "" : ", unread"));
  EXPECT_LE(std::abs(error), 1.01) << verdict.words();
}

void prove(const std::string& name, const ClockClip& clip, const Cut& cut, bool is_read) {
  if (!test::has_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  if (test::make_clip(name + ".mp4", clip).empty()) GTEST_SKIP() << clip.font << " is absent";
  const bool read = stays_whole(name, clip);
  EXPECT_TRUE(read || !is_read) << "the clock was read before";
  finds_cut(name, clip, cut, read);
}

class ContinuityMatrix : public testing::TestWithParam<int> {};

TEST_P(ContinuityMatrix, StaysWholeAndShowsItsCut) {
  constexpr int kCuts[] = {3, 4, 7, 12, 33, 50};
  const int i = GetParam();
  const ClockClip clip = clip_number(i);
  const auto from = static_cast<int>((4.2 + i % 5 * 0.61) / picture_seconds(clip.rate));
  const bool is_read = std::find(std::begin(kUnread), std::end(kUnread), i) == std::end(kUnread);
  prove(fmt::format("look_{}", i), clip, {from, kCuts[i % 6]}, is_read);
}

INSTANTIATE_TEST_SUITE_P(Looks, ContinuityMatrix, testing::Range(0, kClips));

/// Where the held-out clips begin: ANJUAN_CHANCE draws others, which nobody has seen.
unsigned first_chance() {
  const char* const named = std::getenv("ANJUAN_CHANCE");
  return named == nullptr ? 20261126U : static_cast<unsigned>(std::stoul(named));
}

class ContinuityHeldOut : public testing::TestWithParam<int> {};

TEST_P(ContinuityHeldOut, StaysWholeAndShowsItsCut) {
  const unsigned seed = first_chance() + static_cast<unsigned>(GetParam());
  std::mt19937 chance(seed);
  const ClockClip clip = clip_by_chance(chance);
  const auto from = static_cast<int>((3.5 + static_cast<double>(chance() % 600) / 100) /
                                     picture_seconds(clip.rate));
  prove(fmt::format("chance_{}", seed), clip, {from, static_cast<int>(3 + chance() % 40)}, false);
}

INSTANTIATE_TEST_SUITE_P(Chance, ContinuityHeldOut, testing::Range(0, kHeldOut));

}  // namespace
}  // namespace anjuan::formats
