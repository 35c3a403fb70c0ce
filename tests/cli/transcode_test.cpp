// anjuan transcode as a user runs it: its JSON, its exit statuses, and what it leaves behind.
#include <gtest/gtest.h>

#include "core/embedded.h"
#include "core/json.h"
#include "tests/support/clips.h"
#include "tests/support/files.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

class TranscodeVerb : public testing::Test {
 protected:
  void SetUp() override { ANJUAN_NEEDS_PROGRAM("ffmpeg"); }

  std::filesystem::path clip(const std::string& name, const std::vector<std::string>& coding) {
    const auto path = folder / name;
    test::make_clip(path, test::joined({test::test_picture("64x48", 0.4), coding}));
    return path;
  }

  test::ProcessResult run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {test::program("anjuan"), "transcode"});
    return test::run_process(arguments, {{"HOME", folder.path().string()}, {"ANJUAN_HOME", ""}});
  }

  static Json json_of(const test::ProcessResult& result) {
    return Json::parse(result.out, "output");
  }

  test::TemporaryFolder folder;
};

TEST_F(TranscodeVerb, TellsWhatItMade) {
  const auto input = clip("in.avi", {"-c:v", "mjpeg"});
  const std::string out = (folder / "out.mkv").string();
  const auto result = run({input.string(), out, "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const Json json = json_of(result);
  EXPECT_EQ(json.text_or("in", ""), input.string());
  EXPECT_EQ(json.text_or("out", ""), out);
  EXPECT_EQ(json.text_or("codec", ""), "ffv1");
  EXPECT_EQ(json.find("frames")->as_integer(), 10);
  EXPECT_TRUE(json.find("frame_hashes_equal")->as_boolean());
  EXPECT_TRUE(json.find("audio_equal")->as_boolean());
  EXPECT_EQ(json.text_or("proof", ""), out + ".framehash");
  EXPECT_TRUE(std::filesystem::exists(out));
  EXPECT_TRUE(std::filesystem::exists(out + ".framehash"));
}

TEST_F(TranscodeVerb, RefusesWhatItCannotProveAndNeverOverwrites) {
  const auto input = clip("in.avi", {"-c:v", "mjpeg"});
  test::write_text(folder / "broken.avi", test::read_text(input).substr(0, 3000));
  const auto refused =
      run({(folder / "broken.avi").string(), (folder / "out.mkv").string(), "--json"});
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_TRUE(json_of(refused).find("out")->is_null());
  EXPECT_NE(refused.err.find("broken.avi"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder / "out.mkv"));
  test::write_text(folder / "out.mkv", "mine");
  EXPECT_EQ(run({input.string(), (folder / "out.mkv").string()}).exit_code, 3);
  EXPECT_EQ(test::read_text(folder / "out.mkv"), "mine");
}

TEST_F(TranscodeVerb, MakesNothingOfAStableCodecAndAnAccessCopyWhenAsked) {
  const auto input = clip("in.mp4", {"-c:v", "libx264", "-pix_fmt", "yuv420p"});
  const auto skipped = run({input.string(), (folder / "out.mkv").string(), "--json"});
  EXPECT_EQ(skipped.exit_code, 0);
  EXPECT_EQ(json_of(skipped).text_or("outcome", ""), "skipped");
  EXPECT_FALSE(std::filesystem::exists(folder / "out.mkv"));
  EXPECT_EQ(run({input.string(), (folder / "out.mp4").string(), "--access"}).exit_code, 0);
  EXPECT_TRUE(std::filesystem::exists(folder / "out.mp4"));
  EXPECT_EQ(run({input.string(), (folder / "out.mkv").string(), "--as", "remux"}).exit_code, 0);
  EXPECT_EQ(
      run({input.string(), (folder / "x.mkv").string(), "--as", "remux", "--access"}).exit_code, 2);
}

TEST_F(TranscodeVerb, MakesNoAccessCopyOfAPhotographAndSaysWhatServes) {
  const auto input = clip("in.jpg", {"-frames:v", "1"});
  const auto result = run({input.string(), (folder / "out.mp4").string(), "--access", "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(json_of(result).text_or("outcome", ""), "skipped");
  EXPECT_EQ(json_of(result).text_or("reason", ""), "picture_serves");
  EXPECT_FALSE(std::filesystem::exists(folder / "out.mp4"));
}

TEST_F(TranscodeVerb, SaysWhatTheCopyDoesNotHave) {
  const auto input = clip("in.mov", {"-c:v", "mjpeg", "-timecode", "10:00:00:00"});
  const auto result = run({input.string(), (folder / "out.mkv").string(), "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const Json json = json_of(result);
  EXPECT_EQ(json.find("not_carried")->items().size(), 1U);
  ASSERT_EQ(json.find("remarks")->items().size(), 1U);
  EXPECT_EQ(json.find("holes")->as_integer(), 0);
}

/// The policy of the home decides the size of an access copy.
TEST_F(TranscodeVerb, ObeysTheSizesOfTheHomesPolicy) {
  const auto home = folder / "home";
  ASSERT_EQ(test::run_process({test::program("anjuan"), "--home", home.string(), "init"}).exit_code,
            0);
  std::string policy(embedded("policy/formats.xml"));
  const std::string from = "widthMax=\"1920\" heightMax=\"1080\"";
  ASSERT_NE(policy.find(from), std::string::npos);
  policy.replace(policy.find(from), from.size(), "widthMax=\"32\" heightMax=\"24\"");
  std::filesystem::create_directories(home / "data/policy");
  test::write_text(home / "data/policy/formats.xml", policy);
  const auto input = clip("in.avi", {"-c:v", "mjpeg"});
  const auto out = folder / "out.mp4";
  const auto result = run({input.string(), out.string(), "--access", "--home", home.string()});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(test::probed(out, "v:0", "stream=width,height"), "32\n24");
}

TEST_F(TranscodeVerb, AFileThatIsNotThereIsNotRead) {
  const auto result = run({(folder / "absent.avi").string(), (folder / "out.mkv").string()});
  EXPECT_EQ(result.exit_code, 4) << result.err;
  EXPECT_NE(result.err.find("absent.avi"), std::string::npos);
}

}  // namespace
}  // namespace anjuan
