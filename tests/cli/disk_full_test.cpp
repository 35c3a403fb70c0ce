// A full disk: a clear sentence, nothing lost, and the same command goes on once there is room.
#include <unistd.h>

#include "tests/cli/home_fixture.h"
#include "tests/support/clips.h"

namespace anjuan::test {

namespace {

/// Whether this machine lets a test mount a small file system of its own.
bool can_mount() {
  return ::geteuid() == 0 && has_program("unshare") &&
         run_process({"unshare", "-m", "true"}).exit_code == 0;
}

class DiskFull : public HomeTest {
 protected:
  void SetUp() override {
    if (!can_mount()) GTEST_SKIP() << "needs root and mount namespaces";
    HomeTest::SetUp();
    SmallCase large;
    large.files["av/V01.mp4"] = test::small_recording(3 * 1024 * 1024);
    write_submission(submission_, large);
  }

  /// Puts `place` of the home on a file system of `before` bytes, ingests, gives it `after` bytes,
  /// ingests again and verifies, all in a mount namespace of its own.
  ProcessResult ingest_twice(const std::string& place, const std::string& before,
                             const std::string& after) const {
    const std::string script = R"(
set -e
mv "$HOME_DIR/$PLACE" "$HOME_DIR.moved"; mkdir -p "$HOME_DIR/$PLACE"
mount -t tmpfs -o size="$BEFORE" tmpfs "$HOME_DIR/$PLACE"
cp -a "$HOME_DIR.moved/." "$HOME_DIR/$PLACE/"
set +e
"$ANJUAN" --home "$HOME_DIR" ingest "$SUBMISSION"; echo "first exit $?"
mount -o remount,size="$AFTER" "$HOME_DIR/$PLACE"
"$ANJUAN" --home "$HOME_DIR" ingest "$SUBMISSION"; echo "second exit $?"
"$ANJUAN" --home "$HOME_DIR" verify "$HOME_DIR/storage" "$HOME_DIR/replica" --json | tail -n 1
echo "verify exit $?"
find "$HOME_DIR/workspace" -type f ! -name '*.lock')";
    return run_process({"unshare", "-m", "bash", "-c", script},
                       {{"HOME_DIR", home_.string()},
                        {"PLACE", place},
                        {"BEFORE", before},
                        {"AFTER", after},
                        {"ANJUAN", program("anjuan")},
                        {"SUBMISSION", submission_.string()}});
  }

  /// Ingests in a roomy workspace that is filled as soon as the first copy grows, then
  /// once more without what filled it.
  ProcessResult ingest_while_the_disk_fills() const {
    const std::string script = R"(
set -e
W="$HOME_DIR/workspace"; mkdir -p "$W"; mount -t tmpfs -o size=120m tmpfs "$W"
"$ANJUAN" --home "$HOME_DIR" ingest "$SUBMISSION" & FIRST=$!
until find "$W" -path '*media*' -name '*.mp4' 2>/dev/null | grep -q .; do
  kill -0 $FIRST; sleep 0.01
done
set +e
cat /dev/zero > "$W/ballast" 2> /dev/null
wait $FIRST; echo "first exit $?"
rm "$W/ballast"
"$ANJUAN" --home "$HOME_DIR" ingest "$SUBMISSION"; echo "second exit $?"
"$ANJUAN" --home "$HOME_DIR" verify "$HOME_DIR/storage" "$HOME_DIR/replica" --json | tail -n 1
find "$HOME_DIR/storage" -path '*/access/data/*' -printf 'copy %f\n'
echo "verify exit 0")";
    return run_process({"unshare", "-m", "bash", "-c", script},
                       {{"HOME_DIR", home_.string()},
                        {"ANJUAN", program("anjuan")},
                        {"SUBMISSION", submission_.string()}});
  }

  void expect_recovery(const ProcessResult& result) const {
    EXPECT_NE(result.out.find("first exit 1\n"), std::string::npos) << result.out << result.err;
    EXPECT_NE(result.err.find("磁盘"), std::string::npos) << result.err;
    EXPECT_NE(result.out.find("second exit 0\n"), std::string::npos) << result.out << result.err;
    EXPECT_NE(result.out.find("\"verdict\":\"valid\""), std::string::npos) << result.out;
    EXPECT_TRUE(result.out.ends_with("verify exit 0\n")) << result.out << result.err;
  }
};

}  // namespace

TEST_F(DiskFull, BeforeGatheringItSaysHowMuchRoomIsNeeded) {
  const auto result = ingest_twice("workspace", "4m", "200m");
  expect_recovery(result);
  EXPECT_NE(result.err.find("需要"), std::string::npos) << result.err;
}

TEST_F(DiskFull, WhileTheSecondCopyIsWrittenNothingIsCalledStored) {
  const auto result = ingest_twice("replica", "1m", "200m");
  expect_recovery(result);
  EXPECT_EQ(result.out.find("已入库"), result.out.rfind("已入库")) << result.out;
}

TEST_F(DiskFull, WhileACopyOfARecordingIsMadeItIsNotStoredWithoutIt) {
  ANJUAN_NEEDS_PROGRAM("ffmpeg");
  std::filesystem::remove_all(submission_);
  SmallCase old;
  old.files.erase("av/V01.mp4");
  old.files["av/V01.avi"] = "";
  write_submission(submission_, old);
  // Gathering wants 64 MiB to spare: only a copy that is larger meets a full disk.
  make_clip(
      submission_ / "av/V01.avi",
      {"-f", "lavfi", "-i", "color=gray:size=1280x720:rate=2:duration=30,noise=alls=60:allf=t",
       "-c:v", "mjpeg", "-q:v", "12"});
  const auto bytes = std::filesystem::file_size(submission_ / "av/V01.avi");
  const auto room = bytes + 64 * 1024 * 1024 + 5'000'000;
  const auto result = ingest_twice("workspace", std::to_string(room), "1000m");
  expect_recovery(result);
  EXPECT_EQ(result.err.find("需要"), std::string::npos) << "full before: " << result.err;
}

/// Nothing of HEVC is made losslessly; its copy for browsers is encoded.
TEST_F(DiskFull, WhileAnEncodedCopyIsMadeItIsNotStoredWithoutIt) {
  ANJUAN_NEEDS_PROGRAM("ffmpeg");
  const auto recording = submission_ / "av/V01.mp4";
  std::filesystem::remove(recording);
  make_clip(recording,
            {"-f", "lavfi", "-i", "color=gray:size=320x240:rate=5:duration=60,noise=alls=60:allf=t",
             "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error"});
  const auto result = ingest_while_the_disk_fills();
  expect_recovery(result);
  EXPECT_EQ(result.out.find("已入库"), result.out.rfind("已入库")) << result.out;
  EXPECT_NE(result.out.find("copy V01.mp4.mp4\n"), std::string::npos) << result.out << result.err;
}

}  // namespace anjuan::test
