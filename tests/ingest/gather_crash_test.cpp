// Gathering that is killed, runs out of disk or meets a changed source, and is run again.
#include <sys/mount.h>

#include "ingest/gather.h"
#include "ingest/gather_staging.h"
#include "tests/support/crash.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/small_disk.h"
#include "tests/support/submissions.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::ingest {
namespace {

namespace fs = std::filesystem;
using namespace anjuan::test;

/// All that a gathering gives, as text, for comparison.
std::string told(const GatheredCase& gathered) {
  std::string text = gathered.source_kind + " " + gathered.file_set_digest + "\n";
  for (const auto& file : gathered.files) {
    text += fmt::format("{} {} {} {}\n", file.path, file.digests.sha512, file.digests.sm3,
                        to_text(file.modified));
  }
  for (const auto& code : codes_of(gathered.findings)) text += code + "\n";
  return text;
}

class GatherCrash : public testing::Test {
 protected:
  GatheredCase run(const fs::path& submission) {
    Workspace work = Workspace::open(root_, submission, clock_);
    SilentProgress progress;
    return gather(submission, work, {}, progress);
  }

  void finish(const fs::path& submission) { Workspace::open(root_, submission, clock_).finish(); }

  std::set<std::string> copies(const fs::path& submission) {
    return names_in(Workspace::open(root_, submission, clock_).files());
  }

  /// Kills a gathering at every point and compares the second run with an undisturbed one.
  void survive_every_crash(const fs::path& submission) {
    const auto act = [&] { run(submission); };
    const auto points = crash_points_of(act);
    if (points.empty()) GTEST_SKIP() << "built without fault points: no crash was tried";
    const GatheredCase undisturbed = run(submission);
    finish(submission);
    for (const auto& point : points) {
      ASSERT_TRUE(killed_at(point, act)) << point.number << " " << point.name;
      const GatheredCase again = run(submission);
      EXPECT_EQ(told(again), told(undisturbed)) << point.number << " " << point.name;
      for (const auto& file : again.files) EXPECT_EQ(digest_file(file.staged), file.digests);
      EXPECT_EQ(copies(submission).size(), again.files.size()) << point.number;
      finish(submission);
      ASSERT_TRUE(names_in(root_).empty()) << point.number << " " << point.name;
    }
  }

  TemporaryFolder folder_;
  fs::path root_ = folder_ / "workspace";
  FixedClock clock_{parse_instant("2026-03-01T08:00:00+08:00")};
};

TEST_F(GatherCrash, GivesTheSameOfAFolderAfterAKillAtAnyPoint) {
  put_folder(folder_ / "s", small_submission());
  put_file(folder_ / "s/unnamed.txt", "u");
  survive_every_crash(folder_ / "s");
}

TEST_F(GatherCrash, GivesTheSameOfAContainerAfterAKillAtAnyPoint) {
  put_file(folder_ / "s.zip", zip_of(small_submission(), "案/"));
  survive_every_crash(folder_ / "s.zip");
}

TEST_F(GatherCrash, DigestsNothingTwice) {
  for (const std::string name : {"s", "s.zip"}) {
    put_folder(folder_ / "s", small_submission());
    put_file(folder_ / "s.zip", zip_of(small_submission()));
    const fs::path submission = folder_ / name;
    const GatheredCase first = run(submission);
    // Other bytes of the same length: only a second reading would see them.
    put_file(first.file("av/V01.mp4")->staged, std::string(300'000, 'w'));
    EXPECT_EQ(told(run(submission)), told(first)) << name;
    finish(submission);
  }
}

TEST_F(GatherCrash, GathersAgainWhatIsMissingFromTheWorkspace) {
  put_folder(folder_ / "s", small_submission());
  const GatheredCase first = run(folder_ / "s");
  fs::remove(first.file("av/V01.mp4")->staged);
  const GatheredCase again = run(folder_ / "s");
  EXPECT_EQ(told(again), told(first));
  EXPECT_EQ(read_text(again.file("av/V01.mp4")->staged), std::string(300'000, 'v'));
}

TEST_F(GatherCrash, StartsAnewWhenTheSourceWasChangedSince) {
  put_folder(folder_ / "s", small_submission());
  run(folder_ / "s");
  put_file(folder_ / "s/docs/b+c %23.pdf", "corrected");
  fs::remove(folder_ / "s/docs/立案审批表.pdf");
  put_file(folder_ / "s/docs/立案审批表2.pdf", "x");
  const GatheredCase again = run(folder_ / "s");
  EXPECT_EQ(again.files.size(), 4U);
  EXPECT_EQ(read_text(again.file("docs/b+c %23.pdf")->staged), "corrected");
  EXPECT_EQ(copies(folder_ / "s").size(), 4U);
  put_file(folder_ / "s.tar", tar_of(small_submission()));
  run(folder_ / "s.tar");
  Submitted other = small_submission();
  other["extra.pdf"] = "x";
  put_file(folder_ / "s.tar", tar_of(other));
  EXPECT_EQ(run(folder_ / "s.tar").files.size(), 5U);
}

TEST_F(GatherCrash, KeepsOnlyWhatIsUnchangedOfAHalfDoneWork) {
  put_folder(folder_ / "s", small_submission());
  const auto act = [&] { run(folder_ / "s"); };
  const auto points = crash_points_of(act);
  if (points.empty()) GTEST_SKIP() << "built without fault points: no crash was tried";
  const auto end = std::find_if(points.begin(), points.end(), [](const CrashPoint& point) {
    return point.name == "journal:gather.end";
  });
  ASSERT_NE(end, points.end());
  finish(folder_ / "s");
  ASSERT_TRUE(killed_at(*end, act));
  put_file(folder_ / "s/docs/b+c %23.pdf", "corrected");
  fs::remove(folder_ / "s/av/V01.mp4");
  const GatheredCase again = run(folder_ / "s");
  EXPECT_EQ(again.files.size(), 3U);
  EXPECT_EQ(read_text(again.file("docs/b+c %23.pdf")->staged), "corrected");
  EXPECT_EQ(copies(folder_ / "s").size(), 3U);
}

TEST_F(GatherCrash, SyncsManySmallFilesInBatchesAndLosesOneAtMost) {
  Submitted files = small_submission();
  for (int i = 0; i < 1100; ++i) files[fmt::format("many/{}", i)] = "x";
  put_folder(folder_ / "s", files);
  const auto act = [&] { run(folder_ / "s"); };
  auto points = crash_points_of(act);
  if (points.empty()) GTEST_SKIP() << "built without fault points: no crash was tried";
  const auto is_named = [](std::string_view name) {
    return [name](const CrashPoint& point) { return point.name == name; };
  };
  // One point before and one after each of two batches.
  EXPECT_EQ(std::count_if(points.begin(), points.end(), is_named("journal:gather.file")), 2 * 2);
  finish(folder_ / "s");
  std::erase_if(points, std::not_fn(is_named("gather:copied")));
  ASSERT_TRUE(killed_at(points.at(1050), act));
  Workspace work = Workspace::open(root_, folder_ / "s", clock_);
  const auto& entries = work.journal().entries();
  const auto kept = std::count_if(entries.begin(), entries.end(), [](const Json& entry) {
    return entry.text_or("step", "") == "gather.file";
  });
  EXPECT_EQ(static_cast<std::size_t>(kept), kBatchFiles);
}

TEST_F(GatherCrash, TellsAFullDiskAndGoesOnWhenThereIsRoom) {
  put_folder(folder_ / "s", small_submission());
  put_file(folder_ / "s.tar", tar_of(small_submission()));
  fs::create_directory(root_);
  const int code = exit_code_of([&] {
    if (!mount_small_disk(root_, 200'000)) return kChildCannot;
    if (thrown_by([&] { run(folder_ / "s"); }).word != "no_space") return 1;
    if (thrown_by([&] { run(folder_ / "s.tar"); }).word != "no_space") return 2;
    if (::mount("tmpfs", root_.c_str(), "tmpfs", MS_REMOUNT, "size=200000000") != 0) return 3;
    if (told(run(folder_ / "s")).empty()) return 4;
    return run(folder_ / "s.tar").files.size() == 4 ? 0 : 5;
  });
  if (code == kChildCannot) GTEST_SKIP() << "no right to mount here: no full disk was tried";
  EXPECT_EQ(code, 0);
}

}  // namespace
}  // namespace anjuan::ingest
