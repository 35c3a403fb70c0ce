// Case G: in order by its declaration, sent back for what its recording shows.

#include <algorithm>

#include <gtest/gtest.h>

#include "core/durable.h"
#include "tests/sample/sample_program.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {
namespace {

Outcome run_anjuan_on(const std::string& verb, const std::filesystem::path& path) {
  return run_command(std::string(ANJUAN_BIN_DIR "/anjuan ") + verb + " --json " + quoted(path));
}

std::vector<Json> lines_in(const std::string& output) {
  std::vector<Json> lines;
  std::size_t begin = 0;
  while (begin < output.size()) {
    const auto end = std::min(output.find('\n', begin), output.size());
    const std::string line = output.substr(begin, end - begin);
    if (line.starts_with("{")) lines.push_back(Json::parse(line, "output"));
    begin = end + 1;
  }
  return lines;
}

/// Draws case G once; `seconds` is the length of its file.
class CutCase : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const Outcome drawn =
        run_sample(folder_.path(), fmt::format("--case G --seconds {}", GetParam()));
    ASSERT_EQ(drawn.status, 0) << drawn.output;
  }

  TemporaryFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Lengths, CutCase, testing::Values(8, 12));

TEST_P(CutCase, IsSentBackForItsRecordingAlone) {
  const Outcome checked = run_anjuan_on("check", folder_ / "G");
  EXPECT_EQ(checked.status, 3) << checked.output;
  std::set<std::string> failed;
  for (const Json& line : lines_in(checked.output)) {
    if (line.text_or("result", "") != "failed") continue;
    failed.insert(line.text_or("rule", "") + " " + line.text_or("object", ""));
  }
  EXPECT_EQ(failed, (std::set<std::string>{"MEDIA-CONTRADICTION V01", "QCL-15-6 V01"}))
      << checked.output;
}

TEST_P(CutCase, MissesThreeSecondsInItsMiddle) {
  const Outcome told = run_anjuan_on("continuity", folder_ / "G/av/V01.mp4");
  EXPECT_EQ(told.status, 3) << told.output;
  const auto lines = lines_in(told.output);
  ASSERT_EQ(lines.size(), 1U) << told.output;
  EXPECT_EQ(lines[0].text_or("verdict", ""), "GAP_FOUND");
  const auto gaps = items_of(lines[0], "gaps");
  ASSERT_EQ(gaps.size(), 1U) << told.output;
  constexpr double kPicture = 0.04;
  EXPECT_NEAR(gaps[0].find("missing_s")->as_double(), 3, kPicture);
  EXPECT_NEAR(gaps[0].find("at_s")->as_double(), GetParam() / 2 + 0.4, kPicture * 1.01);
}

TEST_P(CutCase, ShowsNothingInItsTimeStamps) {
  if (!have_program("ffprobe")) GTEST_SKIP() << "ffprobe (ffmpeg) is not installed";
  const Outcome probed = run_command(
      "ffprobe -v error -select_streams v -show_entries packet=pts,duration -of csv=p=0 " +
      quoted(folder_ / "G/av/V01.mp4"));
  std::vector<long> times;
  for (std::size_t begin = 0; begin < probed.output.size();) {
    times.push_back(std::stol(probed.output.substr(begin)));
    begin = std::min(probed.output.find('\n', begin), probed.output.size() - 1) + 1;
  }
  ASSERT_EQ(times.size(), static_cast<std::size_t>(GetParam()) * 25);
  std::sort(times.begin(), times.end());
  for (std::size_t i = 1; i < times.size(); ++i) {
    EXPECT_EQ(times[i] - times[i - 1], times[1] - times[0]) << i;
  }
}

}  // namespace
}  // namespace anjuan::test
