// Several processes and threads on one store, a disk that fills up, and what the code may delete.
#include <atomic>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

#include "preservation/store/store.h"
#include "tests/support/child.h"
#include "tests/support/errors.h"
#include "tests/support/small_disk.h"
#include "tests/support/small_package.h"
#include "tests/support/store_checks.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

namespace fs = std::filesystem;
using packager::PackageId;

class StoreProcessTest : public testing::Test {
 protected:
  Store open(const fs::path& home) { return Store::open(home, config_, clock_); }

  fs::path object(const fs::path& home, const char* copy) const {
    return home / copy / id_.object_path();
  }

  test::TemporaryFolder folder_{test::fast_folder()};
  Config config_;
  FixedClock clock_{parse_instant("2026-01-02T03:04:05+08:00")};
  SilentProgress progress_;
  PackageId id_ = PackageId::of_case("X001", "澄水罚〔2025〕7号");
};

enum Outcome { kStored, kAlready, kBusy, kConflict, kOther };

/// Waits for the starting shot (the end of the pipe), then stores.
Outcome race(Store& store, const packager::Package& package, int shot) {
  char none = 0;
  (void)!::read(shot, &none, 1);
  SilentProgress progress;
  try {
    const auto stored = store.accept(package, progress);
    return stored.acceptance == Acceptance::kStored ? kStored : kAlready;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kBusy) return kBusy;
    return error.code() == ErrorCode::kConflict ? kConflict : kOther;
  }
}

TEST_F(StoreProcessTest, OfTwoProcessesWithOneCaseExactlyOneStoresIt) {
  for (int round = 0; round < 12; ++round) {
    const fs::path home = folder_ / std::to_string(round);
    fs::create_directory(home);
    Store::create(home, config_);
    const bool is_same = round % 2 == 0;
    int shot[2];
    ASSERT_EQ(::pipe(shot), 0);
    std::vector<pid_t> children;
    for (const char* name : {"a", "b"}) {
      const auto files = is_same ? test::awkward_files() : test::FileTexts{{"METS.xml", name}};
      const auto package = test::stage_first(id_, home / "workspace" / name, files);
      children.push_back(::fork());
      if (children.back() == 0) {
        ::close(shot[1]);
        Store store = open(home);
        ::_exit(race(store, package, shot[0]));
      }
    }
    ::close(shot[0]);
    ::close(shot[1]);
    std::multiset<int> outcomes;
    for (const pid_t child : children) {
      int status = 0;
      ASSERT_EQ(::waitpid(child, &status, 0), child);
      outcomes.insert(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    }
    EXPECT_EQ(outcomes.count(kStored), 1U) << testing::PrintToString(outcomes);
    const int loser = *outcomes.rbegin();
    EXPECT_TRUE(loser == kBusy || loser == (is_same ? kAlready : kConflict)) << loser;
    (void)open(home);
    EXPECT_THAT(test::faults_of(object(home, "storage")), testing::IsEmpty());
    EXPECT_THAT(test::faults_of(object(home, "replica")), testing::IsEmpty());
    EXPECT_THAT(test::remains_in(home), testing::IsEmpty());
  }
}

TEST_F(StoreProcessTest, AReaderSeesTheOldOrTheNewVersionWhileOneIsWritten) {
  Store::create(folder_.path(), config_);
  Store store = open(folder_.path());
  store.accept(test::stage_first(id_, folder_ / "first"), progress_);
  const Store reader = Store::open(folder_.path(), config_, clock_, OpenMode::kRead);
  std::atomic<bool> is_done = false;
  std::set<int> seen;
  std::string wrong;
  std::thread reading([&] {
    while (!is_done && wrong.empty()) {
      try {
        const auto object = reader.primary().find(id_);
        seen.insert(object->head);
        for (const auto& [path, digest] : object->inventory.manifest) {
          if (!fs::exists(folder_ / "storage" / object->key / path)) wrong = path;
        }
      } catch (const Error& error) {
        wrong = error.what();
      }
    }
  });
  for (int version = 2; version <= 25; ++version) {
    const auto old = test::read_text(object(folder_.path(), "storage") / "inventory.json");
    const auto package = test::stage_next(id_, folder_ / ("next" + std::to_string(version)), old,
                                          {{"METS.xml", std::to_string(version)}});
    store.accept(package, progress_);
  }
  is_done = true;
  reading.join();
  EXPECT_EQ(wrong, "");
  EXPECT_GT(seen.size(), 2U);
}

/// Files for a package of some megabytes.
test::FileTexts megabytes(int count) {
  test::FileTexts files = test::awkward_files();
  for (int n = 0; n < count; ++n) {
    files["representations/original/data/" + std::to_string(n) + ".mp4"] =
        test::random_bytes(1024 * 1024, static_cast<std::uint64_t>(n) + 100);
  }
  return files;
}

TEST_F(StoreProcessTest, AFullReplicaDiskStopsWithASentenceAndTheSameCommandGoesOn) {
  const fs::path home = folder_.path();
  fs::create_directory(home / "replica");
  const int code = test::exit_code_of([&] {
    if (!test::mount_small_disk(home / "replica", 6 * 1024 * 1024)) return test::kChildCannot;
    Store::create(home, config_);
    test::write_text(home / "replica/ballast", test::random_bytes(4 * 1024 * 1024));
    Store store = open(home);
    const auto package = test::stage_first(id_, home / "workspace/staging", megabytes(3));
    const auto thrown = test::thrown_by([&] { store.accept(package, progress_); });
    EXPECT_EQ(thrown.word, "no_space");
    EXPECT_THAT(thrown.message, testing::HasSubstr((home / "replica").string()));
    EXPECT_FALSE(store.find(id_));
    fs::remove(home / "replica/ballast");
    EXPECT_EQ(store.accept(package, progress_).acceptance, Acceptance::kStored);
    EXPECT_FALSE(store.replica_on_same_device());
    EXPECT_THAT(test::faults_of(object(home, "replica")), testing::IsEmpty());
    EXPECT_THAT(test::remains_in(home), testing::IsEmpty());
    return HasFailure() ? 1 : 0;
  });
  if (code == test::kChildCannot) GTEST_SKIP() << "this process may not mount a small disk";
  EXPECT_EQ(code, 0);
}

TEST_F(StoreProcessTest, APrimaryDiskWithoutASingleFreeBlockIsToldToo) {
  const fs::path home = folder_.path();
  const int code = test::exit_code_of([&] {
    if (!test::mount_small_disk(home, 8 * 1024 * 1024)) return test::kChildCannot;
    Store::create(home, config_);
    Store store = open(home);
    store.accept(test::stage_first(id_, home / "workspace/first"), progress_);
    const auto inventory = test::read_text(object(home, "storage") / "inventory.json");
    const auto package = test::stage_next(id_, home / "workspace/next", inventory);
    // To the last block, so that even an inventory cannot be written.
    for (int n = 0; n < 4000; ++n) {
      std::ofstream out(home / ("ballast" + std::to_string(n)), std::ios::binary);
      out << std::string(4096, 'b');
      out.close();
      if (!out) break;
    }
    const auto thrown = test::thrown_by([&] { store.accept(package, progress_); });
    EXPECT_EQ(thrown.word, "no_space") << thrown.message;
    EXPECT_EQ(store.find(id_)->head, 1);
    for (const auto& entry : fs::directory_iterator(home)) {
      if (entry.path().filename().string().starts_with("ballast")) fs::remove(entry.path());
    }
    Store again = open(home);
    EXPECT_EQ(again.open_steps().size(), 0U);
    const bool is_committed = again.find(id_)->head == 2;
    EXPECT_EQ(again.accept(package, progress_).acceptance == Acceptance::kAlreadyStored,
              is_committed);
    EXPECT_THAT(test::faults_of(object(home, "storage")), testing::IsEmpty());
    EXPECT_THAT(test::remains_in(home), testing::IsEmpty());
    return HasFailure() ? 1 : 0;
  });
  if (code == test::kChildCannot) GTEST_SKIP() << "this process may not mount a small disk";
  EXPECT_EQ(code, 0);
}

long peak_kib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST_F(StoreProcessTest, ALargeRecordingPassesThroughLittleMemory) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer keeps freed memory, so the peak says nothing";
#endif
  constexpr std::uint64_t kRecordingBytes = 128ULL * 1024 * 1024;
  constexpr long kMemoryKib = 48L * 1024;
  const test::TemporaryFolder home;
  const int code = test::exit_code_of([&] {
    Store::create(home.path(), config_);
    auto package = test::stage_first(id_, home / "staging", {{"METS.xml", "<mets/>"}});
    const std::string path = "v1/content/" + id_.objid() + "/recording.mp4";
    test::write_text(home / "staging" / path, "");
    fs::resize_file(home / "staging" / path, kRecordingBytes);
    auto inventory = packager::OcflInventory::parse(
        test::read_text(home / "staging/inventory.json"), "inventory");
    inventory.manifest[path] = digest_file(home / "staging" / path).sha512;
    inventory.versions[0].state[path.substr(11)] = inventory.manifest[path];
    package = test::finish_staging(id_, home / "staging", inventory);
    Store store = open(home.path());
    const long before = peak_kib();
    EXPECT_EQ(store.accept(package, progress_).bytes, kRecordingBytes + 7);
    EXPECT_LT(peak_kib() - before, kMemoryKib);
    return HasFailure() ? 1 : 0;
  });
  EXPECT_EQ(code, 0);
}

TEST(StoreCode, DeletesNowhereButInStagingAndStepFiles) {
  const std::set<std::string> allowed = {
      "local_blob_store.cpp: guarded(folder, \"kernel.write_failed\", [&] { "
      "fs::remove_all(folder); });",
      "local_blob_store.cpp: fs::remove(entry.path());",
      "local_blob_store.cpp: if (::rmdir(folder.c_str()) == 0 || errno == ENOENT) continue;",
      "local_blob_store.cpp: ::unlink(target.c_str());  // Half a copy must not be taken for one.",
      "local_files.cpp: if (!placed_) ::unlink(path_.c_str());",
      "local_files.cpp: if (::unlink(file.c_str()) == 0 || errno == ENOENT) return;"};
  constexpr std::string_view kDeleting[] = {"remove_all(", "::remove(", "unlink(", "unlinkat(",
                                            "rmdir(",      "truncate(", "O_TRUNC", "resize_file("};
  const auto deletes = [&](const std::string& line) {
    return std::any_of(std::begin(kDeleting), std::end(kDeleting),
                       [&](auto word) { return line.find(word) != std::string::npos; });
  };
  std::set<std::string> found;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(ANJUAN_SOURCE_DIR) / "preservation/store")) {
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (!deletes(line)) continue;
      found.insert(entry.path().filename().string() + ": " +
                   line.substr(line.find_first_not_of(' ')));
    }
  }
  EXPECT_EQ(found, allowed);
}

}  // namespace
}  // namespace anjuan::preservation
