// Recordings on their way into a package: measured, derived with proof, judged by what they are.
#include <algorithm>
#include <set>

#include <signal.h>

#include "core/json.h"
#include "tests/cli/home_fixture.h"
#include "tests/support/clips.h"
#include "tests/support/clock_clips.h"
#include "tests/support/files.h"
#include "tests/support/foreign_archives.h"

namespace anjuan::test {

namespace fs = std::filesystem;

namespace {

/// 08:39:40 of the small case's day, as a clock in the picture shows it.
constexpr const char* kClockStart = "1770971980";
constexpr double kSeconds = 14;

Json text(const std::string& value) { return Json::string(value); }

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The small case with one recording `file` that claims to show all of its step.
Json declared_whole(const std::string& file, double seconds) {
  SmallCase small;
  small.files = {{"docs/D01.pdf", ""}, {"av/V01.mp4", ""}};
  Json declared = Json::parse(small.declaration(), "case.json");
  Json recording = declared.find("av")->items().front();
  recording.set("file", text(file));
  recording.set("continuous", Json::boolean(true));
  recording.set("duration_s", Json::number(fmt::format("{}", seconds)));
  declared.set("av", Json::array({recording}));
  Json event = declared.find("events")->items().front();
  event.set("start", text("2026-02-13T08:39:40+08:00"));
  event.set("end", text("2026-02-13T08:39:54+08:00"));
  declared.set("events", Json::array({event}));
  return declared;
}

class Media : public HomeTest {
 protected:
  void SetUp() override {
    HomeTest::SetUp();
    ClockClip clip;
    clip.seconds = kSeconds;
    clip.epoch = kClockStart;
    whole_ = make_clip("media-whole.mp4", clip);
    if (whole_.empty()) GTEST_SKIP() << "no ffmpeg or no font: this test was not run";
  }

  /// A submission of one document and `recording`.
  void put(const std::string& file, const fs::path& recording, double seconds = kSeconds) const {
    fs::remove_all(submission_);
    put_file(submission_ / "case.json", declared_whole(file, seconds).dump_pretty());
    put_file(submission_ / "docs/D01.pdf", "%PDF-1.7 a page");
    fs::create_directories((submission_ / file).parent_path());
    fs::copy_file(recording, submission_ / file);
  }

  /// The same pictures as a codec at risk in a container of its time.
  static fs::path as_motion_jpeg() {
    return make_from("media-mjpeg.avi",
                     {"-i", "@media-whole.mp4", "-c:v", "mjpeg", "-q:v", "4", "-s", "320x180"});
  }

  /// One more recording of the same step, for another purpose.
  void declare_second(const std::string& file) const {
    Json declared = Json::parse(read_text(submission_ / "case.json"), "case.json");
    Json first = declared.find("av")->items().front();
    first.set("continuous", Json::boolean(false));
    Json second = first;
    second.set("id", text("V02"));
    second.set("file", text(file));
    second.set("purpose", text("证明送达经过"));
    declared.set("av", Json::array({first, second}));
    put_file(submission_ / "case.json", declared.dump_pretty());
  }

  /// Of a stored copy, as NAME=VALUE.
  std::string tags_of(const std::string& ending) const {
    const fs::path copy = folder_ / "copy.mkv";
    put_file(copy, read_stored(ending));
    return run_process({"ffprobe", "-v", "error", "-show_entries", "format_tags", copy}).out;
  }

  ProcessResult ingest() const { return anjuan({"ingest", submission_.string()}); }

  ProcessResult supplement(const std::string& reason) const {
    const auto listed = anjuan({"list", "--json"}).out;
    const auto id = Json::parse(listed.substr(0, listed.find('\n')), "list").text_or("package", "");
    return anjuan({"ingest", submission_.string(), "--supplement", id, "--reason", reason});
  }

  /// Paths below representations/ and metadata/other of the stored package.
  std::set<std::string> stored() const {
    std::set<std::string> paths;
    for (const auto& [path, bytes] : tree_of(home_ / "storage")) {
      for (const char* part : {"/representations/", "/metadata/other/"}) {
        const auto at = path.find(part);
        if (at != std::string::npos) paths.insert(path.substr(at + 1));
      }
    }
    return paths;
  }

  std::string read_stored(const std::string& ending) const {
    for (const auto& [path, bytes] : tree_of(home_ / "storage")) {
      if (path.ends_with(ending)) return bytes;
    }
    return "";
  }

  /// What one version wrote under such a name, but not below `other`.
  std::string read_in(const std::string& version, const std::string& ending,
                      const std::string& other) const {
    for (const auto& [path, bytes] : tree_of(home_ / "storage")) {
      const bool is_in = has(path, "/" + version + "/content/") && !has(path, other);
      if (is_in && path.ends_with(ending)) return bytes;
    }
    return "";
  }

  fs::path whole_;
};

using Tree = std::map<std::string, std::string>;

/// Paths that only one has, or whose bytes differ.
std::set<std::string> differences(const Tree& left, const Tree& right) {
  std::set<std::string> paths;
  for (const auto* tree : {&left, &right}) {
    const auto& other = tree == &left ? right : left;
    for (const auto& [path, bytes] : *tree) {
      const auto found = other.find(path);
      if (found == other.end() || found->second != bytes) paths.insert(path);
    }
  }
  return paths;
}

}  // namespace

TEST_F(Media, AWholeRecordingIsConfirmedAndSaysSo) {
  put("av/V01.mp4", whole_);
  const auto result = ingest();
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_FALSE(has(result.out, "按申报判定")) << result.out;
  EXPECT_TRUE(has(read_stored("other/continuity-0001.xml"), "CONTINUOUS_CONFIRMED"));
  const auto sidecar = read_stored("other/recording-0001.xml");
  EXPECT_TRUE(has(sidecar, "CONTINUOUS_CONFIRMED")) << sidecar;
  EXPECT_TRUE(has(sidecar, "陈样乙")) << sidecar;
}

TEST_F(Media, ACodecAtRiskGetsAProvedCopyAndOneForBrowsers) {
  put("av/V01.avi", as_motion_jpeg());
  const auto result = ingest();
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  const auto paths = stored();
  for (const char* path : {"representations/original/data/av/V01.avi",
                           "representations/preservation/data/av/V01.avi.mkv",
                           "representations/preservation/data/av/V01.avi.mkv.framehash",
                           "representations/access/data/av/V01.avi.mp4"}) {
    EXPECT_TRUE(paths.contains(path)) << path;
  }
  const auto premis = read_stored("preservation/metadata/preservation/premis-0001.xml");
  EXPECT_TRUE(has(premis, "has source")) << premis;
  const auto verified = anjuan({"verify", "--all", "--deep"});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  const auto again = ingest();
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_TRUE(has(again.out, "库内已有")) << again.out;
}

TEST_F(Media, TheFactsOfTheSidecarAreInTheCopiesToo) {
  put("av/V01.avi", as_motion_jpeg());
  ASSERT_EQ(ingest().exit_code, 0);
  const auto told = tags_of("av/V01.avi.mkv");
  for (const char* fact : {"陈样乙", "证明现场情况", "录像"}) {
    EXPECT_TRUE(has(told, fact)) << fact << "\n" << told;
  }
}

TEST_F(Media, ACopyTellsOfItsOwnRecordingThoughAnotherHasTheSameBytes) {
  put("av/V01.avi", as_motion_jpeg());
  fs::copy_file(submission_ / "av/V01.avi", submission_ / "av/V02.avi");
  declare_second("av/V02.avi");
  const auto result = ingest();
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  const auto first = tags_of("av/V01.avi.mkv");
  const auto second = tags_of("av/V02.avi.mkv");
  EXPECT_TRUE(has(first, "RECORDING_ID=V01") && has(first, "证明现场情况")) << first;
  EXPECT_TRUE(has(second, "RECORDING_ID=V02") && has(second, "证明送达经过")) << second;
  EXPECT_FALSE(has(first, "证明送达经过") || has(second, "证明现场情况"));
  EXPECT_EQ(anjuan({"verify", "--all", "--deep"}).exit_code, 0);
}

TEST_F(Media, ACopyOfAFileThatTwoRecordingsNameTellsOfBoth) {
  put("av/V01.avi", as_motion_jpeg());
  declare_second("av/V01.avi");
  const auto result = ingest();
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  const auto tags = tags_of("av/V01.avi.mkv");
  EXPECT_TRUE(has(tags, "RECORDING_ID=V01；V02")) << tags;
  EXPECT_TRUE(has(tags, "证明现场情况；证明送达经过")) << tags;
}

TEST_F(Media, ACutSendsTheCaseBackAndNamesTheMissingSeconds) {
  const auto cut = make_from("media-cut.mp4", {"-i", "@media-whole.mp4", "-vf",
                                               "select='lt(t,5)+gte(t,8)',setpts=N/25/TB", "-an"});
  put("av/V01.mp4", cut);
  const auto checked = anjuan({"check", submission_.string()});
  const auto result = ingest();
  for (const auto& one : {checked, result}) {
    EXPECT_EQ(one.exit_code, 3) << one.out << one.err;
    EXPECT_TRUE(has(one.out, "QCL-15-6")) << one.out;
    EXPECT_TRUE(has(one.out, "MEDIA-CONTRADICTION")) << one.out;
    EXPECT_TRUE(has(one.out, "共缺少 3 秒")) << one.out;
    EXPECT_FALSE(has(one.out, "篡改")) << one.out;
  }
  EXPECT_EQ(stored(), std::set<std::string>{});
}

TEST_F(Media, AFileThatIsNoRecordingIsAnErrorThatNamesIt) {
  put_file(folder_ / "rubbish", std::string(4000, 'x'));
  put("av/V01.mp4", folder_ / "rubbish");
  const auto result = ingest();
  EXPECT_EQ(result.exit_code, 3) << result.out << result.err;
  EXPECT_TRUE(has(result.out, "MEDIA-UNREADABLE 音像 V01")) << result.out;
  EXPECT_TRUE(has(result.out, "av/V01.mp4")) << result.out;
}

TEST_F(Media, ADamagedRecordingStopsNeitherTheOthersNorTheProgram) {
  const auto damaged = folder_ / "damaged.avi";
  auto bytes = read_text(as_motion_jpeg());
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), 3000, '\0');
  put_file(damaged, bytes);
  put("av/V01.avi", damaged);
  const auto result = ingest();
  // Pictures in it are broken: no copy of it can be proved.
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_TRUE(has(result.out, "MEDIA-COPY")) << result.out;
  EXPECT_TRUE(has(result.out, "无法证明副本完整")) << result.out;
  EXPECT_FALSE(stored().contains("representations/preservation/data/av/V01.avi.mkv"));
}

/// Its own tables say how long it was.
TEST_F(Media, ARecordingThatBreaksOffIsSentBackWithWhatIsMissing) {
  const auto truncated = folder_ / "truncated.avi";
  const auto bytes = read_text(as_motion_jpeg());
  put_file(truncated, bytes.substr(0, bytes.size() * 6 / 10));
  put("av/V01.avi", truncated);
  const auto result = ingest();
  EXPECT_EQ(result.exit_code, 3) << result.out << result.err;
  EXPECT_TRUE(has(result.out, "错误 QCL-15-6 音像 V01")) << result.out;
  EXPECT_TRUE(has(result.out, "共缺少 5.88 秒")) << result.out;
  EXPECT_EQ(stored(), std::set<std::string>{});
}

TEST_F(Media, ASupplementMakesNoCopyAgainAndItsSidecarStillNamesIt) {
  put("av/V01.avi", as_motion_jpeg());
  ASSERT_EQ(ingest().exit_code, 0);
  put_file(submission_ / "docs/D01.pdf", "%PDF-1.7 another page");
  const auto result = supplement("换页");
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  for (const auto& [path, bytes] : tree_of(home_ / "storage")) {
    EXPECT_FALSE(has(path, "/v2/") && has(path, "/data/av/")) << path;
    if (!path.ends_with("other/recording-0001.xml")) continue;
    EXPECT_TRUE(has(bytes, "representations/preservation/data/av/V01.avi.mkv")) << path;
  }
  EXPECT_EQ(anjuan({"verify", "--all", "--deep"}).exit_code, 0);
}

TEST_F(Media, ACopyWhoseOriginalWasReplacedIsToldToBeNoneOfTheNewOne) {
  put("av/V01.avi", as_motion_jpeg());
  ASSERT_EQ(ingest().exit_code, 0);
  fs::remove(submission_ / "av/V01.avi");
  fs::copy_file(whole_, submission_ / "av/V01.avi");  // needs no preservation copy
  const auto result = supplement("换录像");
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  const auto told = read_in("v2", "/metadata/preservation/premis-0002.xml", "representations/");
  EXPECT_TRUE(has(told, "副本 representations/preservation/data/av/V01.avi.mkv 由换下的原件制作"))
      << told;
  const auto sidecar = read_in("v2", "/metadata/other/recording-0001.xml", "superseded/");
  ASSERT_NE(sidecar, "");
  EXPECT_FALSE(has(sidecar, "V01.avi.mkv")) << sidecar;
  EXPECT_EQ(anjuan({"verify", "--all", "--deep"}).exit_code, 0);
}

TEST_F(Media, AKillWhileCopiesAreMadeGivesTheSamePackage) {
  put("av/V01.avi", as_motion_jpeg());
  const fs::path points = folder_ / "points";
  ASSERT_EQ(anjuan({"ingest", submission_.string()}, {{"ANJUAN_COUNT_POINTS", points.string()}})
                .exit_code,
            0);
  const auto expected = tree_of(home_ / "storage");
  const auto log = read_text(points);
  const auto total = std::count(log.begin(), log.end(), '\n');
  ASSERT_GT(total, 20);
  constexpr int kKills = 6;
  for (int i = 1; i <= kKills; ++i) {
    const auto point = std::to_string(total * i / (kKills + 1));
    SCOPED_TRACE("killed at point " + point);
    const fs::path home = folder_ / ("home" + point);
    ASSERT_EQ(run_anjuan(home, {"init"}).exit_code, 0);
    const auto killed =
        run_anjuan(home, {"ingest", submission_.string()}, {{"ANJUAN_KILL_AT", point}});
    ASSERT_EQ(killed.signal, SIGKILL) << killed.out << killed.err;
    const auto again = run_anjuan(home, {"ingest", submission_.string()});
    ASSERT_EQ(again.exit_code, 0) << again.out << again.err;
    EXPECT_EQ(differences(tree_of(home / "storage"), expected), std::set<std::string>{});
  }
}

}  // namespace anjuan::test
