// What durable files do when the machine stops, the disk is full or the file system is poor.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>

#include "core/database.h"
#include "core/durable.h"
#include "core/journal.h"
#include "tests/support/crash.h"
#include "tests/support/denied_calls.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/small_disk.h"

namespace anjuan {
namespace {

using test::CrashPoint;
using test::names_in;
using test::read_text;
using test::TemporaryFolder;
using test::thrown_by;
using test::write_text;

using Names = std::set<std::string>;
using Action = std::function<void(const std::filesystem::path&)>;

/// Runs `action` in a fresh folder made by `prepare`, killed at each point in turn; `check` looks
/// at what is left.
void at_every_crash(
    const Action& prepare, const Action& action,
    const std::function<void(const std::filesystem::path&, const CrashPoint&)>& check) {
  const auto in_fresh_folder = [&](const auto& use) {
    const TemporaryFolder folder;
    prepare(folder.path());
    use(folder.path());
  };
  std::vector<CrashPoint> points;
  in_fresh_folder(
      [&](const auto& folder) { points = test::crash_points_of([&] { action(folder); }); });
#ifndef ANJUAN_FAULT_POINTS
  GTEST_SKIP() << "built without fault points";
#endif
  ASSERT_GE(points.size(), 3U);
  for (const CrashPoint& point : points) {
    in_fresh_folder([&](const auto& folder) {
      EXPECT_TRUE(test::killed_at(point, [&] { action(folder); })) << point.name;
      check(folder, point);
    });
  }
}

void nothing(const std::filesystem::path&) {}

TEST(DurableCrash, LeavesANewFileWholeOrNotAtAll) {
  at_every_crash(
      nothing, [](const auto& folder) { create_durably(folder / "a", "whole"); },
      [](const auto& folder, const CrashPoint& point) {
        const Names names = names_in(folder);
        if (names.empty()) return;
        EXPECT_EQ(names, Names{"a"}) << point.name;
        EXPECT_EQ(read_text(folder / "a"), "whole") << point.name;
      });
}

TEST(DurableCrash, LeavesAReplacedFileOldOrNew) {
  at_every_crash([](const auto& folder) { write_text(folder / "a", "old"); },
                 [](const auto& folder) { replace_durably(folder / "a", "new!"); },
                 [](const auto& folder, const CrashPoint& point) {
                   const std::string text = read_text(folder / "a");
                   EXPECT_TRUE(text == "old" || text == "new!") << point.name << ": " << text;
                   for (const auto& name : names_in(folder)) {
                     EXPECT_TRUE(name == "a" || name.starts_with(kTemporaryPrefix)) << name;
                   }
                 });
}

TEST(DurableCrash, LeavesAMovedFolderAtOneOfItsPlaces) {
  at_every_crash(
      [](const auto& folder) {
        create_folders_durably(folder / "from/x");
        create_folders_durably(folder / "to");
      },
      [](const auto& folder) { rename_durably(folder / "from/x", folder / "to/x"); },
      [](const auto& folder, const CrashPoint& point) {
        const bool before = std::filesystem::exists(folder / "from/x");
        const bool after = std::filesystem::exists(folder / "to/x");
        EXPECT_NE(before, after) << point.name;
      });
}

void append_three(const std::filesystem::path& path) {
  auto journal = Journal::open(path);
  for (std::int64_t i = std::ssize(journal.entries()); i < 3; ++i) {
    journal.append(Json::object({{"step", Json::string("s" + std::to_string(i))}}));
  }
}

TEST(DurableCrash, TheJournalGoesOnWhereItWasStopped) {
  std::set<std::size_t> seen;
  at_every_crash(
      nothing, [](const auto& folder) { append_three(folder / "journal"); },
      [&](const auto& folder, const CrashPoint& point) {
        seen.insert(Journal::open(folder / "journal").entries().size());
        append_three(folder / "journal");
        const auto journal = Journal::open(folder / "journal");
        ASSERT_EQ(journal.entries().size(), 3U) << point.name;
        for (std::size_t i = 0; i < 3; ++i) {
          EXPECT_EQ(journal.entries()[i].text_or("step", ""), "s" + std::to_string(i));
        }
      });
#ifdef ANJUAN_FAULT_POINTS
  EXPECT_EQ(seen, (std::set<std::size_t>{0, 1, 2, 3})) << "not every state was met";
#endif
}

/// Runs `use` on a disk of `bytes`; it returns 0 if all is as it should be.
void on_small_disk(std::size_t bytes, const std::function<int(const std::filesystem::path&)>& use) {
  const TemporaryFolder folder;
  const int code = test::exit_code_of([&] {
    if (!test::mount_small_disk(folder.path(), bytes)) return test::kChildCannot;
    return use(folder.path());
  });
  if (code == test::kChildCannot) GTEST_SKIP() << "no right to mount a small disk here";
  EXPECT_EQ(code, 0);
}

/// 0 if the error is a full disk told with its next step, else `code`.
int full_disk_or(int code, const test::Thrown& error) {
  const bool told = error.message.find("磁盘已满") != std::string::npos &&
                    error.message.find("重新运行同一命令") != std::string::npos;
  return error.word == "no_space" && told ? 0 : code;
}

constexpr std::size_t kMib = 1024 * 1024;

TEST(FullDisk, LeavesNoHalfFile) {
  on_small_disk(kMib, [](const auto& folder) {
    const std::string large(2 * kMib, 'x');
    if (full_disk_or(1, thrown_by([&] { create_durably(folder / "a", large); })) != 0) return 1;
    if (!names_in(folder).empty()) return 2;
    create_durably(folder / "a", "small");
    if (full_disk_or(1, thrown_by([&] { replace_durably(folder / "a", large); })) != 0) return 3;
    if (names_in(folder) != Names{"a"} || read_text(folder / "a") != "small") return 4;
    return 0;
  });
}

TEST(FullDisk, IsToldBeforeALargeCopyBegins) {
  const TemporaryFolder source;
  write_text(source / "a", test::random_bytes(3 * kMib));
  on_small_disk(2 * kMib, [&](const auto& folder) {
    std::uint64_t read = 0;
    const auto copy = [&] {
      copy_and_digest(source / "a", folder / "a", [&](std::uint64_t count) { read += count; });
    };
    if (full_disk_or(1, thrown_by(copy)) != 0) return 1;
    if (!names_in(folder).empty()) return 2;
    return read == 0 ? 0 : 3;
  });
}

TEST(FullDisk, LetsTheJournalGoOnOnceThereIsRoom) {
  on_small_disk(64 * 1024, [](const auto& folder) {
    auto journal = Journal::open(folder / "journal");
    const Json entry = Json::object({{"step", Json::string(std::string(900, 'x'))}});
    const auto fill = [&] {
      for (int i = 0; i < 200; ++i) journal.append(entry);
    };
    write_text(folder / "ballast", std::string(16 * 1024, 'x'));
    if (full_disk_or(1, thrown_by(fill)) != 0) return 1;
    const auto kept = journal.entries().size();
    if (kept == 0 || Journal::open(folder / "journal").entries().size() != kept) return 2;
    std::filesystem::remove(folder / "ballast");
    journal.append(entry);
    return Journal::open(folder / "journal").entries().size() == kept + 1 ? 0 : 3;
  });
}

TEST(FullDisk, KeepsTheDatabaseAsItWas) {
  on_small_disk(kMib, [](const auto& folder) {
    auto database = Database::open(folder / "a.db");
    database.script("CREATE TABLE t (v BLOB)");
    database.run("INSERT INTO t VALUES (x'00')");
    const std::vector<SqlValue> large{std::vector<std::byte>(2 * kMib)};
    const auto insert = [&] { database.run("INSERT INTO t VALUES (?)", large); };
    if (full_disk_or(1, thrown_by(insert)) != 0) return 1;
    database.run("INSERT INTO t VALUES (x'01')");
    return database.run("SELECT * FROM t").size() == 2 ? 0 : 2;
  });
}

TEST(FullDisk, IsToldByEveryWrite) {
  const FileHandle full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  if (full.get() < 0) GTEST_SKIP() << "no /dev/full here";
  const auto write = [&] { full.write_all(std::as_bytes(std::span(std::string_view("x"))), "a"); };
  EXPECT_EQ(full_disk_or(1, thrown_by(write)), 0);
}

/// A file system without nameless files and without RENAME_NOREPLACE, such as some shares.
bool poor_file_system() {
  constexpr std::uint32_t kNameless = O_TMPFILE & ~O_DIRECTORY;
  return test::deny_call(SYS_openat, EOPNOTSUPP, {2, kNameless, kNameless}) &&
         test::deny_call(SYS_renameat2, EINVAL);
}

TEST(PoorFileSystem, StillCreatesWholeFilesAndNeverOverwrites) {
  const TemporaryFolder folder;
  const int code = test::exit_code_of([&] {
    if (!poor_file_system()) return test::kChildCannot;
    create_durably(folder / "a", "one");
    if (read_text(folder / "a") != "one") return 1;
    if (thrown_by([&] { create_durably(folder / "a", "two"); }).word != "conflict") return 2;
    return names_in(folder.path()) == Names{"a"} ? 0 : 3;
  });
  if (code == test::kChildCannot) GTEST_SKIP() << "no seccomp here";
  EXPECT_EQ(code, 0);
  EXPECT_EQ(read_text(folder / "a"), "one");
}

TEST(PoorFileSystem, StillMovesAndNeverReplaces) {
  const TemporaryFolder folder;
  create_folders_durably(folder / "a");
  create_folders_durably(folder / "b");
  const int code = test::exit_code_of([&] {
    if (!poor_file_system()) return test::kChildCannot;
    if (thrown_by([&] { rename_durably(folder / "a", folder / "b"); }).word != "conflict") return 1;
    rename_durably(folder / "a", folder / "c");
    return names_in(folder.path()) == Names{"b", "c"} ? 0 : 2;
  });
  if (code == test::kChildCannot) GTEST_SKIP() << "no seccomp here";
  EXPECT_EQ(code, 0);
}

}  // namespace
}  // namespace anjuan
