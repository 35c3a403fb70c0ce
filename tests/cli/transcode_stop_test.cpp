// anjuan transcode, ended while it works: nothing that could be taken for a result, and the next
// run goes through.
#include <chrono>
#include <csignal>
#include <set>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/clips.h"
#include "tests/support/crash.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace anjuan {
namespace {

namespace fs = std::filesystem;

class TranscodeStop : public testing::Test {
 protected:
  void SetUp() override { ANJUAN_NEEDS_PROGRAM("ffmpeg"); }

  void make_input(const std::string& size, double seconds) const {
    test::make_clip(input, test::joined({test::test_picture(size, seconds), {"-c:v", "mjpeg"}}));
  }

  test::ProcessResult run(std::map<std::string, std::string> environment = {}) const {
    environment.insert({{"HOME", folder.path().string()}, {"ANJUAN_HOME", ""}});
    return test::run_process({test::program("anjuan"), "transcode", input, out}, environment);
  }

  /// The program at work, in a process group of its own, its words in a file.
  pid_t start(void (*before)() = nullptr) const {
    const std::string program = test::program("anjuan");
    const std::string words = folder / "words";
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::setpgid(0, 0);
    if (before != nullptr) before();
    ::setenv("HOME", folder.path().c_str(), 1);
    ::setenv("LANG", "zh_CN.UTF-8", 1);
    ::unsetenv("ANJUAN_HOME");
    ::dup2(::open(words.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    ::execl(program.c_str(), program.c_str(), "transcode", input.c_str(), out.c_str(), nullptr);
    ::_exit(127);
  }

  /// Until some of the copy is written.
  void wait_for_growth() const {
    const fs::path growing = folder / "out.mkv.part" / "copy";
    for (int i = 0; i < 3000; ++i) {
      std::error_code absent;
      if (const auto size = fs::file_size(growing, absent); !absent && size > 0) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    FAIL() << "no copy grows in " << growing;
  }

  static int status_of(pid_t child) {
    int status = -1;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return status;
  }

  std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder.path())) {
      found.insert(entry.path().filename());
    }
    return found;
  }

  void expect_the_next_run_succeeds() const {
    const auto next = run();
    EXPECT_EQ(next.exit_code, 0) << next.err;
    EXPECT_TRUE(fs::exists(out) && fs::exists(proof)) << next.err;
    EXPECT_FALSE(fs::exists(folder / "out.mkv.part"));
  }

  test::TemporaryFolder folder;
  std::string input = folder / "in.avi";
  std::string out = folder / "out.mkv";
  std::string proof = folder / "out.mkv.framehash";
};

TEST_F(TranscodeStop, AKillLeavesNothingUnderTheFinalName) {
  make_input("640x480", 20);
  const pid_t child = start();
  wait_for_growth();
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  EXPECT_TRUE(WIFSIGNALED(status_of(child))) << "it was done before it was killed";
  EXPECT_FALSE(fs::exists(out) || fs::exists(proof));
  make_input("64x48", 0.4);
  expect_the_next_run_succeeds();
}

TEST_F(TranscodeStop, AskedToStopItLeavesNothingAndPromisesNothing) {
  make_input("640x480", 20);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    for (const bool to_all : {false, true}) {
      const pid_t child = start();
      wait_for_growth();
      ASSERT_EQ(::kill(to_all ? -child : child, signal), 0);
      if (signal == SIGHUP) ::kill(child, signal);  // as shells do once more
      const int status = status_of(child);
      ASSERT_TRUE(WIFEXITED(status)) << signal;
      EXPECT_EQ(WEXITSTATUS(status), 130) << signal << test::read_text(folder / "words");
      EXPECT_EQ(names(), (std::set<std::string>{"in.avi", "words"})) << signal;
      const auto words = test::read_text(folder / "words");
      EXPECT_NE(words.find("没有留下未完成的文件"), std::string::npos) << words;
      EXPECT_EQ(words.find("继续"), std::string::npos) << words;
    }
  }
}

TEST_F(TranscodeStop, UnderNohupAClosedTerminalChangesNothing) {
  make_input("320x240", 4);
  const pid_t child = start([] { ::signal(SIGHUP, SIG_IGN); });
  wait_for_growth();
  ASSERT_EQ(::kill(child, SIGHUP), 0);
  const int status = status_of(child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_TRUE(fs::exists(out) && fs::exists(proof));
}

TEST_F(TranscodeStop, KilledAnywhereThereIsNoCopyWithoutItsProof) {
  make_input("64x48", 0.4);
  const fs::path counted = folder / "points";
  ASSERT_EQ(run({{"ANJUAN_COUNT_POINTS", counted.string()}}).exit_code, 0);
  const auto points = test::read_points(counted);
  if (points.empty()) GTEST_SKIP() << "built without fault points";
  ASSERT_GE(points.size(), 6U);
  const auto whole = test::read_text(out);
  for (const auto& point : points) {
    for (const auto& path : {out, proof, out + ".part"}) fs::remove_all(path);
    const auto killed = run({{"ANJUAN_KILL_AT", std::to_string(point.number)}});
    EXPECT_EQ(killed.signal, SIGKILL) << point.name;
    EXPECT_TRUE(!fs::exists(out) || fs::exists(proof)) << point.name;
    if (fs::exists(out)) {
      EXPECT_EQ(test::read_text(out), whole) << point.name;
      continue;
    }
    expect_the_next_run_succeeds();
  }
}

TEST_F(TranscodeStop, AProofOfOthersIsNeverReplaced) {
  make_input("64x48", 0.4);
  test::write_text(proof, "mine");
  EXPECT_EQ(run().exit_code, 3);
  EXPECT_EQ(names(), (std::set<std::string>{"in.avi", "out.mkv.framehash"}));
  fs::create_directory(out + ".part");  // as a killed run leaves it
  EXPECT_EQ(run().exit_code, 3);
  EXPECT_EQ(test::read_text(proof), "mine");
  EXPECT_FALSE(fs::exists(out));
}

}  // namespace
}  // namespace anjuan
