// anjuan continuity, and what `anjuan probe` says of continuity: clips with a drawn clock, of which
// every picture is known.
#include <gmock/gmock.h>

#include "core/json.h"
#include "preservation/formats/continuity/continuity_xml.h"
#include "tests/support/clips.h"
#include "tests/support/clock_clips.h"
#include "tests/support/files.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// What a clip's clock shows at its first picture.
constexpr const char* kStart = "2025-06-17T01:04:30+08:00";

struct Told {
  int exit_code = 0;
  Json json = Json::null();

  std::string verdict() const { return json.text_or("verdict", ""); }

  double number(std::string_view key) const {
    const Json* value = json.find(key);
    return value == nullptr ? -1 : value->as_double();
  }

  const std::vector<Json>& list(std::string_view key) const { return json.find(key)->items(); }

  std::vector<std::string> kinds() const {
    std::vector<std::string> kinds;
    for (const Json& signal : list("signals")) kinds.push_back(signal.text_or("kind", ""));
    return kinds;
  }
};

class ContinuityVerb : public testing::Test {
 protected:
  void SetUp() override {
    ANJUAN_NEEDS_PROGRAM("ffmpeg");
    ClockClip clip;
    clip.seconds = 24;
    clip.coding.insert(clip.coding.end(), {"-bf", "0"});
    clean_ = make_clip("clean.mp4", clip);
    if (clean_.empty()) GTEST_SKIP() << "the font is not installed: this test was not run";
  }

  /// The clean clip without [8.16 s, 16.2 s), encoded anew: only the clock shows it.
  static fs::path cut() {
    return make_from(
        "cut.mp4", {"-i", "@clean.mp4", "-vf", "select='lt(t,8.159)+gte(t,16.199)',setpts=N/25/TB",
                    "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-bf", "0"});
  }

  /// Eight seconds of it, as a recorder that splits its files would leave them.
  static fs::path segment(int number) {
    return make_from("seg_00" + std::to_string(number) + ".mp4",
                     {"-ss", std::to_string(number * 8), "-i", "@clean.mp4", "-t", "8", "-c:v",
                      "libx264", "-preset", "veryfast"});
  }

  static ProcessResult anjuan(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), program("anjuan"));
    return run_process(arguments, {{"ANJUAN_HOME", "/nonexistent"}, {"LANG", "zh_CN.UTF-8"}});
  }

  static Told told(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--json", "continuity"});
    const auto run = anjuan(arguments);
    EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 1) << run.out << run.err;
    return {run.exit_code, Json::parse(run.out, "continuity")};
  }

  TemporaryFolder folder_;
  fs::path clean_;
};

TEST_F(ContinuityVerb, ConfirmsACleanRecording) {
  const Told clean = told({clean_});
  EXPECT_EQ(clean.exit_code, 0);
  EXPECT_EQ(clean.verdict(), "CONTINUOUS_CONFIRMED");
  EXPECT_DOUBLE_EQ(clean.number("coverage"), 1);
  EXPECT_NEAR(clean.number("recorded_s"), 24, 0.05);
  EXPECT_TRUE(clean.list("gaps").empty());
  EXPECT_TRUE(clean.list("signals").empty());
  EXPECT_THAT(clean.json.text_or("first_clock", ""), HasSubstr("2025-06-17T01:04:30.0"));
  EXPECT_EQ(clean.json.find("step_coverage"), nullptr) << "no step was declared";
  const auto words = anjuan({"continuity", clean_});
  EXPECT_EQ(words.exit_code, 0);
  EXPECT_THAT(words.out, HasSubstr("不间断"));
}

TEST_F(ContinuityVerb, FindsWhatWasCutOut) {
  const Told judged = told({cut()});
  EXPECT_EQ(judged.exit_code, 3);
  EXPECT_EQ(judged.verdict(), "GAP_FOUND");
  ASSERT_EQ(judged.list("gaps").size(), 1U);
  const Json& gap = judged.list("gaps")[0];
  EXPECT_NEAR(gap.find("missing_s")->as_double(), 8.04, 0.041);
  EXPECT_NEAR(gap.find("at_s")->as_double(), 8.12, 0.041);
  EXPECT_EQ(gap.text_or("file", ""), "cut.mp4");
  EXPECT_THAT(gap.text_or("start", ""), HasSubstr("2025-06-17T01:04:38."));
  ASSERT_FALSE(judged.list("signals").empty());
  EXPECT_EQ(judged.list("signals")[0].text_or("signal", ""), "S1");
  EXPECT_THAT(judged.list("signals")[0].text_or("message", ""), HasSubstr("书面"))
      << "an explanation is asked for";
  const auto words = anjuan({"continuity", cut()});
  EXPECT_EQ(words.exit_code, 3);
  EXPECT_THAT(words.out, HasSubstr("cut.mp4"));
}

TEST_F(ContinuityVerb, AllowsTheGapThatTheRuleAllows) {
  EXPECT_EQ(told({cut(), "--gap", "9"}).exit_code, 0);
  EXPECT_EQ(told({cut(), "--gap", "7"}).exit_code, 3);
  EXPECT_EQ(anjuan({"continuity", cut(), "--gap", "-1"}).exit_code, 2);
}

TEST_F(ContinuityVerb, JoinsSegmentsInTheirOrder) {
  const Told whole = told({segment(0), segment(1), segment(2)});
  EXPECT_EQ(whole.exit_code, 0);
  EXPECT_EQ(whole.verdict(), "CONTINUOUS_CONFIRMED") << testing::PrintToString(whole.kinds());
  const Told dropped = told({segment(0), segment(2)});
  EXPECT_EQ(dropped.exit_code, 3);
  ASSERT_EQ(dropped.list("gaps").size(), 1U);
  EXPECT_NEAR(dropped.list("gaps")[0].find("missing_s")->as_double(), 8, 0.041);
  EXPECT_EQ(dropped.list("gaps")[0].text_or("signal", ""), "S14");
}

TEST_F(ContinuityVerb, TellsWhatOfTheDeclaredStepWasRecorded) {
  const Told all = told({clean_, "--start", kStart, "--end", "2025-06-17T01:04:54+08:00"});
  EXPECT_NEAR(all.number("step_coverage"), 1, 0.01);
  EXPECT_TRUE(all.list("signals").empty());
  const Told half = told({clean_, "--start", kStart, "--end", "2025-06-17T01:08:30+08:00"});
  EXPECT_NEAR(half.number("step_coverage"), 0.1, 0.01);
  EXPECT_THAT(half.kinds(), testing::ElementsAre("step_end"));
  EXPECT_EQ(half.exit_code, 0) << "a note decides nothing";
  for (const std::vector<std::string>& off :
       {std::vector<std::string>{"--start", kStart},
        {"--end", kStart},
        {"--start", "2025-06-17T01:04:54+08:00", "--end", kStart}}) {
    std::vector<std::string> arguments{"continuity", clean_};
    arguments.insert(arguments.end(), off.begin(), off.end());
    const auto refused = anjuan(arguments);
    EXPECT_EQ(refused.exit_code, 2) << off[0];
    EXPECT_THAT(refused.err, HasSubstr("须同时给出")) << off[0];
  }
  const Told years =
      told({clean_, "--start", "2031-06-17T09:00:00+08:00", "--end", "2031-06-17T09:30:00+08:00"});
  EXPECT_THAT(years.kinds(), testing::ElementsAre("step_clock_off"));
  EXPECT_THAT(years.list("signals")[0].text_or("message", ""), HasSubstr("约 2191 天"));
  const auto nonsense = anjuan({"continuity", clean_, "--start", "昨天"});
  EXPECT_NE(nonsense.exit_code, 0);
  EXPECT_NE(nonsense.err, "");
}

TEST_F(ContinuityVerb, TakesADeviceProfile) {
  write_text(folder_ / "profile.json", R"({"device": "DSJ-0417", "seam_s": 10})");
  EXPECT_EQ(told({segment(0), segment(2), "--profile", folder_ / "profile.json"}).exit_code, 0)
      << "this device pauses so long between its files";
  write_text(folder_ / "bad.json", R"({"device": "DSJ-0417", "colour": "red"})");
  const auto refused = anjuan({"continuity", clean_, "--profile", folder_ / "bad.json"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.err, HasSubstr("bad.json"));
}

TEST_F(ContinuityVerb, WritesTheReportThatIsStoredWithTheCase) {
  const std::string out = folder_ / "continuity.xml";
  const auto run = anjuan({"continuity", cut(), "--xml", out});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.out, HasSubstr(out));
  const auto document = formats::read_continuity_xml(read_text(out), out);  // against the schema
  EXPECT_EQ(document.verdict, formats::ContinuityVerdict::kGapFound);
  ASSERT_EQ(document.gaps.size(), 1U);
  EXPECT_NEAR(document.gaps[0].missing_s, 8.04, 0.041);
  ASSERT_FALSE(document.findings.empty());
  EXPECT_FALSE(document.findings[0].crops.empty()) << "the clock on both sides of the gap";
  EXPECT_NE(anjuan({"continuity", clean_, "--xml", out}).exit_code, 0) << "nothing is written over";
}

TEST_F(ContinuityVerb, JudgesNothingThatIsNoRecording) {
  write_text(folder_ / "note.mp4", "no recording");
  const Told judged = told({folder_ / "note.mp4"});
  EXPECT_EQ(judged.exit_code, 4);
  EXPECT_EQ(judged.verdict(), "UNDETERMINED");
  ASSERT_FALSE(judged.list("signals").empty());
  EXPECT_EQ(judged.list("signals")[0].text_or("kind", ""), "unreadable");
  const auto missing = anjuan({"continuity", folder_ / "missing.mp4"});
  EXPECT_NE(missing.exit_code, 0);
  EXPECT_THAT(missing.err, HasSubstr("missing.mp4"));
}

TEST_F(ContinuityVerb, ProbeSaysTheSameOfOneFile) {
  const auto run = anjuan({"--json", "probe", cut()});
  EXPECT_EQ(run.exit_code, 0) << "probe tells, it does not judge";
  const Json probed = Json::parse(run.out, "probe");
  ASSERT_NE(probed.find("continuity"), nullptr);
  EXPECT_EQ(probed.find("continuity")->dump(), told({cut()}).json.dump());
  EXPECT_THAT(anjuan({"probe", cut()}).out, HasSubstr("8.04"));
  const Json without =
      Json::parse(anjuan({"--json", "probe", "--no-continuity", cut()}).out, "probe");
  EXPECT_EQ(without.find("continuity"), nullptr);
  EXPECT_NE(without.find("streams"), nullptr);
}

TEST_F(ContinuityVerb, ProbeLooksForContinuityInRecordingsOnly) {
  make_clip(folder_ / "a.jpg", joined({test_picture("64x48", 0.1, 10), {"-vframes", "1"}}));
  make_clip(folder_ / "a.wav", test_tone(0.5, 8000));
  write_text(folder_ / "a.txt", "text");
  const auto continuity_in = [&](const std::string& name) {
    const Json line = Json::parse(anjuan({"--json", "probe", folder_ / name}).out, "probe");
    const Json* found = line.find("continuity");
    return found == nullptr ? "none" : found->text_or("verdict", "");
  };
  EXPECT_EQ(continuity_in("a.jpg"), "none");
  EXPECT_EQ(continuity_in("a.txt"), "none");
  EXPECT_EQ(continuity_in("a.wav"), "CONTINUOUS_NOT_CONTRADICTED");
}

}  // namespace
}  // namespace anjuan::test
