// The order of writing, syncing and naming: what survives power loss depends on nothing else.
#include <gtest/gtest.h>
#include <sys/syscall.h>

#include "core/durable.h"
#include "core/journal.h"
#include "tests/support/child.h"
#include "tests/support/denied_calls.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/traced_calls.h"

namespace anjuan {
namespace {

using test::TemporaryFolder;
using test::thrown_by;

using Calls = std::vector<std::string>;

class DurableOrder : public testing::Test {
 protected:
  void expect(void (*action)(const std::string&), const Calls& calls) {
    const Calls seen = test::traced_calls(action, folder.path().string());
    if (seen.empty()) GTEST_SKIP() << "tracing is not allowed here";
    EXPECT_EQ(seen, calls);
  }

  TemporaryFolder folder;
};

TEST_F(DurableOrder, ANewFileIsSyncedBeforeItHasANameAndTheNameAfterwards) {
  expect([](const std::string& path) { create_durably(path + "/a", "text"); },
         {"write", "fsync file", "linkat", "fsync folder"});
}

TEST_F(DurableOrder, AReplacementIsSyncedBeforeItTakesTheName) {
  expect([](const std::string& path) { replace_durably(path + "/a", "text"); },
         {"write", "fsync file", "rename", "fsync folder"});
}

TEST_F(DurableOrder, AMoveSyncsBothFolders) {
  create_folders_durably(folder / "from/x");
  create_folders_durably(folder / "to");
  expect([](const std::string& path) { rename_durably(path + "/from/x", path + "/to/x"); },
         {"renameat2", "fsync folder", "fsync folder"});
}

TEST_F(DurableOrder, EachNewFolderIsSyncedInItsParent) {
  expect([](const std::string& path) { create_folders_durably(path + "/a/b"); },
         {"mkdir", "fsync folder", "mkdir", "fsync folder"});
}

TEST_F(DurableOrder, AJournalEntryIsSyncedBeforeItCounts) {
  Journal::open(folder / "journal");
  expect(
      [](const std::string& path) {
        auto journal = Journal::open(path + "/journal");
        journal.append(Json::object());
        journal.append_lazily(Json::object());
        journal.append(Json::object());
      },
      // The first one: what an earlier run left is made durable before it is built upon.
      {"fdatasync file", "write", "fdatasync file", "write", "fdatasync file", "write",
       "fdatasync file"});
}

TEST_F(DurableOrder, ANewJournalIsSyncedWithItsName) {
  expect([](const std::string& path) { Journal::open(path + "/journal"); },
         {"write", "fdatasync file", "fsync folder"});
}

/// A disk that loses what it is told to keep.
int with_failing_sync(const std::function<int()>& use) {
  return test::exit_code_of([&] {
    const bool denied = test::deny_call(SYS_fsync, EIO) && test::deny_call(SYS_fdatasync, EIO) &&
                        test::deny_call(SYS_syncfs, EIO);
    return denied ? use() : test::kChildCannot;
  });
}

TEST(FailingSync, IsNeverTakenForSaved) {
  const TemporaryFolder folder;
  test::write_text(folder / "old", "old");
  const int code = with_failing_sync([&] {
    if (thrown_by([&] { create_durably(folder / "a", "x"); }).word != "io") return 1;
    if (thrown_by([&] { replace_durably(folder / "old", "x"); }).word != "io") return 2;
    if (thrown_by([&] { sync_file_system(folder.path()); }).word != "io") return 3;
    const auto error = thrown_by([&] { sync_folder(folder.path()); });
    return error.message.find("不能视为已保存") != std::string::npos ? 0 : 4;
  });
  if (code == test::kChildCannot) GTEST_SKIP() << "no seccomp here";
  EXPECT_EQ(code, 0);
  EXPECT_EQ(test::names_in(folder.path()), std::set<std::string>{"old"});
  EXPECT_EQ(test::read_text(folder / "old"), "old");
}

TEST(FailingSync, LeavesTheJournalWithoutTheEntry) {
  const TemporaryFolder folder;
  Journal::open(folder / "journal");
  const std::string before = test::read_text(folder / "journal");
  auto journal = Journal::open(folder / "journal");
  const int code = with_failing_sync([&] {
    if (thrown_by([&] { journal.append(Json::object()); }).word != "io") return 1;
    return journal.entries().empty() ? 0 : 2;
  });
  if (code == test::kChildCannot) GTEST_SKIP() << "no seccomp here";
  EXPECT_EQ(code, 0);
  EXPECT_EQ(test::read_text(folder / "journal"), before);
}

}  // namespace
}  // namespace anjuan
