#include "core/durable.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

using test::names_in;
using test::random_bytes;
using test::read_text;
using test::TemporaryFolder;
using test::thrown_by;
using test::write_text;

using Names = std::set<std::string>;

TEST(CreateDurably, WritesTheWholeFileAndNothingElse) {
  const TemporaryFolder folder;
  create_durably(folder / "清单.json", "内容");
  EXPECT_EQ(read_text(folder / "清单.json"), "内容");
  EXPECT_EQ(names_in(folder.path()), Names{"清单.json"});
}

TEST(CreateDurably, NeverOverwrites) {
  const TemporaryFolder folder;
  create_durably(folder / "a", "old");
  const auto error = thrown_by([&] { create_durably(folder / "a", "new"); });
  EXPECT_EQ(error.word, "conflict");
  EXPECT_NE(error.message.find("已经存在"), std::string::npos);
  EXPECT_EQ(read_text(folder / "a"), "old");
  EXPECT_EQ(names_in(folder.path()), Names{"a"});
}

TEST(CreateDurably, NamesTheFolderThatIsMissing) {
  const TemporaryFolder folder;
  const auto error = thrown_by([&] { create_durably(folder / "none" / "a", "x"); });
  EXPECT_EQ(error.word, "io");
  EXPECT_NE(error.message.find("不存在"), std::string::npos);
}

TEST(ReplaceDurably, CreatesReplacesAndKeepsThePermissions) {
  const TemporaryFolder folder;
  replace_durably(folder / "a", "one");
  EXPECT_EQ(read_text(folder / "a"), "one");
  ASSERT_EQ(::chmod((folder / "a").c_str(), 0600), 0);
  replace_durably(folder / "a", "two");
  EXPECT_EQ(read_text(folder / "a"), "two");

  struct stat status {};

  ASSERT_EQ(::stat((folder / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(names_in(folder.path()), Names{"a"});
}

TEST(RenameDurably, MovesFilesAndFoldersAcrossFolders) {
  const TemporaryFolder folder;
  create_folders_durably(folder / "from/inner");
  create_folders_durably(folder / "to");
  write_text(folder / "from/inner/a", "x");
  rename_durably(folder / "from/inner", folder / "to/inner");
  EXPECT_EQ(read_text(folder / "to/inner/a"), "x");
  EXPECT_TRUE(names_in(folder / "from").empty());
}

TEST(RenameDurably, NeverReplacesNotEvenAnEmptyFolder) {
  const TemporaryFolder folder;
  create_folders_durably(folder / "a");
  create_folders_durably(folder / "b");
  EXPECT_EQ(thrown_by([&] { rename_durably(folder / "a", folder / "b"); }).word, "conflict");
  EXPECT_EQ(names_in(folder.path()), (Names{"a", "b"}));
}

TEST(RenameDurably, NamesTheSourceThatIsMissing) {
  const TemporaryFolder folder;
  const auto error = thrown_by([&] { rename_durably(folder / "a", folder / "b"); });
  EXPECT_EQ(error.word, "not_found");
  EXPECT_EQ(error.subject, (folder / "a").string());
}

TEST(CreateFoldersDurably, MakesAllLevelsAndTakesThoseThatExist) {
  const TemporaryFolder folder;
  create_folders_durably(folder / "a/b/c");
  create_folders_durably(folder / "a/b/c/");
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a/b/c"));
  write_text(folder / "file", "");
  EXPECT_EQ(thrown_by([&] { create_folders_durably(folder / "file"); }).word, "conflict");
}

TEST(CopyAndDigest, GivesTheDigestsOfWhatItWrote) {
  const TemporaryFolder folder;
  const std::string text = random_bytes(5 * 1024 * 1024 + 3);
  write_text(folder / "a", text);
  std::uint64_t read = 0;
  const auto digests =
      copy_and_digest(folder / "a", folder / "b", [&](std::uint64_t count) { read += count; });
  EXPECT_EQ(digests, digest_bytes(text));
  EXPECT_EQ(digests, digest_file(folder / "b"));
  EXPECT_EQ(read, text.size());
}

TEST(CopyAndDigest, RefusesASourceThatChangesMeanwhile) {
  const TemporaryFolder folder;
  write_text(folder / "a", random_bytes(3 * 1024 * 1024));
  bool changed = false;
  const auto grow = [&](std::uint64_t) {
    if (!std::exchange(changed, true)) std::ofstream(folder / "a", std::ios::app) << "more";
  };
  const auto error = thrown_by([&] { copy_and_digest(folder / "a", folder / "b", grow); });
  EXPECT_EQ(error.word, "conflict");
  EXPECT_EQ(names_in(folder.path()), Names{"a"});
}

TEST(CopyAndDigest, RefusesASourceThatIsRewrittenAtTheSameLength) {
  const TemporaryFolder folder;
  const std::string text = random_bytes(3 * 1024 * 1024);
  write_text(folder / "a", text);
  bool changed = false;
  const auto rewrite = [&](std::uint64_t) {
    if (!std::exchange(changed, true)) write_text(folder / "a", random_bytes(text.size(), 9));
  };
  EXPECT_EQ(thrown_by([&] { copy_and_digest(folder / "a", folder / "b", rewrite); }).word,
            "conflict");
}

TEST(CopyAndDigest, LeavesNoHalfCopyAndNoForeignTarget) {
  const TemporaryFolder folder;
  write_text(folder / "a", random_bytes(3 * 1024 * 1024));

  struct Stop {};

  const auto stop = [](std::uint64_t) { throw Stop(); };
  EXPECT_THROW(copy_and_digest(folder / "a", folder / "b", stop), Stop);
  EXPECT_EQ(names_in(folder.path()), Names{"a"});
  write_text(folder / "b", "mine");
  EXPECT_EQ(thrown_by([&] { copy_and_digest(folder / "a", folder / "b"); }).word, "conflict");
  EXPECT_EQ(read_text(folder / "b"), "mine");
}

TEST(ReadFile, ReadsAllUpToItsLimit) {
  const TemporaryFolder folder;
  write_text(folder / "a", "12345");
  EXPECT_EQ(read_file(folder / "a"), "12345");
  EXPECT_EQ(read_file(folder / "a", 5), "12345");
  EXPECT_EQ(thrown_by([&] { read_file(folder / "a", 4); }).word, "refused");
  EXPECT_NE(read_file("/proc/self/status").find("Name:"), std::string::npos);
}

TEST(OpenRead, RefusesFoldersAndDoesNotWaitForAFifo) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(thrown_by([&] { FileHandle::open_read(folder / "fifo"); }).word, "refused");
  EXPECT_EQ(thrown_by([&] { FileHandle::open_read(folder.path()); }).word, "refused");
}

TEST(FileLock, IsRefusedWhileHeldAndFreeAfterwards) {
  const TemporaryFolder folder;
  {
    const auto lock = FileLock::take(folder / "lock");
    const auto error = thrown_by([&] { FileLock::take(folder / "lock"); });
    EXPECT_EQ(error.word, "busy");
    EXPECT_EQ(error.subject, (folder / "lock").string());
  }
  FileLock::take(folder / "lock");
}

TEST(SyncFileSystem, TakesAFolderAndAFile) {
  const TemporaryFolder folder;
  write_text(folder / "a", "x");
  sync_file_system(folder.path());
  sync_file_system(folder / "a");
  EXPECT_EQ(thrown_by([&] { sync_file_system(folder / "none"); }).word, "io");
}

}  // namespace
}  // namespace anjuan
