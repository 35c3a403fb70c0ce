#include "ingest/workspace.h"

#include "tests/support/child.h"
#include "tests/support/crash.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::ingest {
namespace {

namespace fs = std::filesystem;
using test::names_in;
using test::thrown_by;

class WorkspaceTest : public testing::Test {
 protected:
  WorkspaceTest() { fs::create_directory(submission_); }

  Workspace open() { return Workspace::open(root_, submission_, clock_); }

  test::TemporaryFolder folder_;
  fs::path submission_ = folder_ / "案卷";
  fs::path root_ = folder_ / "workspace";
  FixedClock clock_{parse_instant("2026-03-01T08:00:00+08:00")};
};

TEST_F(WorkspaceTest, FindsItsWorkAgainAndKeepsItsStart) {
  std::string key;
  {
    Workspace work = open();
    key = work.key();
    work.journal().append(Json::object({{"step", Json::string("x")}}));
  }
  clock_.advance(std::chrono::hours(5));
  Workspace again = open();
  EXPECT_EQ(again.key(), key);
  EXPECT_EQ(to_text(again.started()), "2026-03-01T08:00:00+08:00");
  EXPECT_NE(again.journal().last("x"), nullptr);
}

TEST_F(WorkspaceTest, IsTheSameByWhateverWayTheSubmissionIsNamed) {
  fs::create_symlink(submission_, folder_ / "link");
  const std::string key = open().key();
  EXPECT_EQ(Workspace::open(root_, folder_ / "link", clock_).key(), key);
  EXPECT_EQ(Workspace::open(root_, submission_ / "..//案卷/.", clock_).key(), key);
  fs::create_directory(folder_ / "other");
  EXPECT_NE(Workspace::open(root_, folder_ / "other", clock_).key(), key);
}

TEST_F(WorkspaceTest, TellsASecondProcessThatItIsBusy) {
  const Workspace work = open();
  EXPECT_EQ(test::exit_code_of([&] { return thrown_by([&] { open(); }).word == "busy" ? 0 : 1; }),
            0);
}

TEST_F(WorkspaceTest, LeavesNothingWhenFinished) {
  Workspace work = open();
  test::write_text(work.files() / "000001", "x");
  fs::create_directories(work.folder() / "package/v1");
  work.finish();
  EXPECT_TRUE(names_in(root_).empty());
  EXPECT_EQ(thrown_by([&] { open().finish(); }).word, "nothing");
}

TEST_F(WorkspaceTest, StartsAnewWithNothing) {
  Workspace work = open();
  test::write_text(work.files() / "000001", "x");
  work.journal().append(Json::object({{"step", Json::string("x")}}));
  work.start_anew();
  EXPECT_TRUE(names_in(work.files()).empty());
  EXPECT_EQ(work.journal().last("x"), nullptr);
}

TEST_F(WorkspaceTest, TellsThatThereIsNoSubmission) {
  EXPECT_EQ(thrown_by([&] { Workspace::open(root_, folder_ / "none", clock_); }).word, "not_found");
  EXPECT_FALSE(fs::exists(root_));
}

TEST_F(WorkspaceTest, CanBeOpenedAndFinishedAfterACrashAtAnyPoint) {
  const auto act = [&] {
    Workspace work = open();
    test::write_text(work.files() / "000001", "x");
    work.finish();
  };
  const auto points = test::crash_points_of(act);
  if (points.empty()) GTEST_SKIP() << "built without fault points: no crash was tried";
  for (const auto& point : points) {
    ASSERT_TRUE(test::killed_at(point, act)) << point.name;
    act();
    EXPECT_TRUE(names_in(root_).empty()) << point.name;
  }
}

}  // namespace
}  // namespace anjuan::ingest
