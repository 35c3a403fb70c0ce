// Programs of others say the same of our copies: FFmpeg of the proof, MediaConch and MediaInfo of
// FFV1. (mkvmerge reads the copy in transcode_test.cpp.)
#include <gmock/gmock.h>

#include "tests/preservation/formats/derive_fixture.h"

namespace anjuan::formats {
namespace {

using test::run_process;
using testing::HasSubstr;

/// What a preservation copy must be, in the words of MediaConch: checked by it, not by us.
std::string copy_policy() {
  struct Rule {
    const char *name, *track, *value, *is;
  };

  constexpr Rule kRules[] = {
      {"container", "General", "Format", "Matroska"},
      {"codec", "Video", "Format", "FFV1"},
      {"version", "Video", "Format_Version", "3.4"},
      {"gop", "Video", "Format_Settings_GOP", "N=1"},
      {"crc", "Video", "extra/ErrorDetectionType", "Per slice"},
      {"sound", "Audio", "Format", "FLAC"},
  };
  std::string xml = "<?xml version=\"1.0\"?>\n<policy type=\"and\" name=\"preservation copy\">\n";
  for (const Rule& rule : kRules) {
    xml += fmt::format(
        "<rule name=\"{}\" value=\"{}\" tracktype=\"{}\" occurrence=\"*\" "
        "operator=\"=\">{}</rule>\n",
        rule.name, rule.value, rule.track, rule.is);
  }
  return xml + "</policy>\n";
}

class IndependentTools : public DeriveTest {
 protected:
  DerivationResult made() {
    auto result = make(clip("in.avi", {test::test_picture("320x240", 1),
                                       test::test_tone(1),
                                       {"-c:v", "mjpeg", "-c:a", "pcm_s16le", "-shortest"}}));
    EXPECT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
    return result;
  }
};

/// The lines that are no comments, without the blanks that align them.
std::vector<std::string> proof_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    std::erase(line, ' ');
    if (!line.empty() && line.front() == '0') lines.push_back(line);
  }
  return lines;
}

TEST_F(IndependentTools, FfmpegWritesTheLinesOfOurProof) {
  const auto result = made();
  const auto theirs =
      run_process({"ffmpeg", "-v", "error", "-noautorotate", "-copyts", "-i", job.input.string(),
                   "-map", "0:v:0", "-vsync", "passthrough", "-enc_time_base", "-1", "-f",
                   "framehash", "-hash", "sha256", "-"});
  const auto expected = proof_lines(theirs.out);
  ASSERT_EQ(expected.size(), 25U) << theirs.err;
  EXPECT_EQ(proof_lines(test::read_text(result.proof)), expected)
      << "stream, dts, pts, duration, size and digest of every picture";
}

TEST_F(IndependentTools, MediaconchPassesTheCopyByItsPolicy) {
  ANJUAN_NEEDS_PROGRAM("mediaconch");
  test::write_text(folder / "policy.xml", copy_policy());
  const auto judge = [&](const std::string& file) {
    return run_process({"mediaconch", "-p", folder / "policy.xml", file}).out;
  };
  const auto result = made();
  EXPECT_THAT(judge(result.output), testing::StartsWith("pass!"));
  EXPECT_THAT(run_process({"mediaconch", result.output.string()}).out, testing::StartsWith("pass!"))
      << "Matroska, FFV1 and FLAC as their standards say";
  const auto without =
      clip("without.mkv",
           {{"-i", result.output.string()},
            {"-c:v", "ffv1", "-level", "3", "-g", "1", "-slicecrc", "0", "-c:a", "copy"}});
  EXPECT_THAT(judge(without), HasSubstr("fail:crc")) << "the policy can fail";
}

TEST_F(IndependentTools, MediainfoSeesTheCheckSumOfEverySlice) {
  ANJUAN_NEEDS_PROGRAM("mediainfo");
  const auto info = run_process({"mediainfo",
                                 "--Inform=Video;%Format%|%Format_Version%|%Format_Settings_GOP%|"
                                 "%ErrorDetectionType%|%Compression_Mode%|%Width%x%Height%",
                                 made().output.string()});
  EXPECT_EQ(info.out, "FFV1|Version 3.4|N=1|Per slice|Lossless|320x240\n");
}

}  // namespace
}  // namespace anjuan::formats
