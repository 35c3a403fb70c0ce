// Storing packages in a home with two copies.
#include "preservation/store/store.h"

#include "core/durable.h"
#include "preservation/store/local_blob_store.h"
#include "preservation/store/stored_record.h"
#include "tests/support/errors.h"
#include "tests/support/small_package.h"
#include "tests/support/store_checks.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

namespace fs = std::filesystem;
using packager::PackageId;
using test::thrown_by;

class StoreTest : public testing::Test {
 protected:
  StoreTest() { Store::create(folder_.path(), config_); }

  Store open(OpenMode mode = OpenMode::kWrite) {
    return Store::open(folder_.path(), config_, clock_, mode);
  }

  packager::Package first(const test::FileTexts& files = test::awkward_files()) {
    return test::stage_first(id_, folder_ / fmt::format("workspace/staging/{}", ++staged_), files);
  }

  packager::Package next() {
    return test::stage_next(id_, folder_ / fmt::format("workspace/staging/{}", ++staged_),
                            test::read_text(primary() / "inventory.json"));
  }

  StoredPackage accept(Store& store, const packager::Package& package,
                       const Store::OnStep& on_step = {}) {
    return store.accept(package, progress_, on_step);
  }

  fs::path primary() const { return folder_.path() / "storage" / id_.object_path(); }

  fs::path replica() const { return folder_.path() / "replica" / id_.object_path(); }

  void expect_both_whole() {
    EXPECT_THAT(test::faults_of(primary()), testing::IsEmpty());
    EXPECT_THAT(test::faults_of(replica()), testing::IsEmpty());
    EXPECT_TRUE(test::digests_below(primary()) == test::digests_below(replica()));
    EXPECT_THAT(test::remains_in(folder_.path()), testing::IsEmpty());
  }

  test::TemporaryFolder folder_{test::fast_folder()};
  Config config_;
  FixedClock clock_{parse_instant("2026-01-02T03:04:05+08:00")};
  SilentProgress progress_;
  PackageId id_ = PackageId::of_case("X001", "澄水罚〔2025〕7号");
  int staged_ = 0;
};

TEST_F(StoreTest, StoresAFirstVersionInBothCopies) {
  Store store = open();
  const auto package = first();
  const auto stored = accept(store, package);
  EXPECT_EQ(stored.acceptance, Acceptance::kStored);
  EXPECT_EQ(stored.version, 1);
  EXPECT_EQ(stored.object, fs::canonical(primary()));
  EXPECT_EQ(stored.inventory_digest, package.inventory_digest);
  EXPECT_EQ(stored.files, test::awkward_files().size());
  EXPECT_EQ(to_text(stored.stored_at), "2026-01-02T03:04:05+08:00");
  EXPECT_TRUE(stored.replica_on_same_device);
  EXPECT_FALSE(fs::exists(package.staging));
  expect_both_whole();
}

TEST_F(StoreTest, StoresALaterVersionWithoutTouchingTheEarlierFiles) {
  Store store = open();
  accept(store, first());
  const auto before = fs::last_write_time(primary() / "v1/inventory.json");
  const auto old = test::digests_below(primary() / "v1");
  const auto stored = accept(store, next());
  EXPECT_EQ(stored.version, 2);
  EXPECT_EQ(fs::last_write_time(primary() / "v1/inventory.json"), before);
  EXPECT_EQ(test::digests_below(primary() / "v1"), old);
  EXPECT_EQ(store.find(id_)->head, 2);
  expect_both_whole();
}

TEST_F(StoreTest, SaysThatTheSamePackageIsStoredAlready) {
  Store store = open();
  accept(store, first());
  const auto before = test::digests_below(folder_.path() / "storage");
  clock_.advance(std::chrono::hours(1));
  const auto again = accept(store, first());
  EXPECT_EQ(again.acceptance, Acceptance::kAlreadyStored);
  EXPECT_EQ(to_text(again.stored_at), "2026-01-02T03:04:05+08:00");
  EXPECT_EQ(test::digests_below(folder_.path() / "storage"), before);
  accept(store, next());
  EXPECT_EQ(accept(store, first()).acceptance, Acceptance::kAlreadyStored);
}

TEST_F(StoreTest, RefusesAnotherFirstVersionOfTheSameCase) {
  Store store = open();
  accept(store, first());
  const auto before = test::digests_below(primary());
  const auto other = first({{"METS.xml", "<mets>other</mets>"}});
  EXPECT_EQ(thrown_by([&] { accept(store, other); }).word, "conflict");
  EXPECT_EQ(test::digests_below(primary()), before);
  EXPECT_TRUE(fs::exists(other.staging / "v1"));
  expect_both_whole();
}

TEST_F(StoreTest, RefusesAVersionOnTopOfAnUnknownOne) {
  Store store = open();
  accept(store, first());
  const auto second = next();
  const auto third =
      test::stage_next(id_, folder_ / "third", test::read_text(second.staging / "inventory.json"));
  EXPECT_EQ(thrown_by([&] { accept(store, third); }).word, "conflict");
  EXPECT_EQ(accept(store, second).version, 2);
  EXPECT_EQ(accept(store, third).version, 3);
  expect_both_whole();
}

TEST_F(StoreTest, RefusesAVersionThatRewritesHistory) {
  Store store = open();
  accept(store, first());
  auto old = packager::OcflInventory::parse(test::read_text(primary() / "inventory.json"), "old");
  old.versions[0].message = "forged";
  const auto forged = test::stage_next(id_, folder_ / "forged", old.to_json());
  EXPECT_EQ(thrown_by([&] { accept(store, forged); }).word, "conflict");
  EXPECT_EQ(test::head_at(folder_ / "storage", id_), 1);
}

TEST_F(StoreTest, RefusesStagingThatIsNotWhatItsInventorySays) {
  Store store = open();
  auto missing = first();
  fs::remove(missing.staging / "v1/content" / id_.objid() / "METS.xml");
  EXPECT_EQ(thrown_by([&] { accept(store, missing); }).word, "invalid");
  auto extra = first();
  test::write_file(extra.staging / "v1/content/extra", "x");
  EXPECT_EQ(thrown_by([&] { accept(store, extra); }).word, "invalid");
  auto other_digest = first();
  other_digest.inventory_digest[0] = other_digest.inventory_digest[0] == '0' ? '1' : '0';
  EXPECT_EQ(thrown_by([&] { accept(store, other_digest); }).word, "invalid");
  EXPECT_FALSE(fs::exists(primary()));
}

/// Flips a bit on the disk behind the store's back.
void flip(const fs::path& file) {
  std::string bytes = test::read_text(file);
  bytes.at(bytes.size() / 2) = static_cast<char>(bytes.at(bytes.size() / 2) ^ 1);
  fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
  test::write_text(file, bytes);
  fs::permissions(file, fs::perms::owner_write, fs::perm_options::remove);
}

TEST_F(StoreTest, CatchesABitFlippedOnTheWayAndStoresFromTheGoodCopyNextTime) {
  for (const fs::path& bad : {primary(), replica()}) {
    SCOPED_TRACE(bad);
    id_ = PackageId::of_case("X001", bad.string());
    const fs::path object =
        bad.string().find("storage") != std::string::npos ? primary() : replica();
    Store store = open();
    const auto package = first();
    const auto damage = [&](std::string_view step) {
      if (step == "replica") flip(object / "v1/content" / id_.objid() / "METS.xml");
    };
    const auto thrown = thrown_by([&] { accept(store, package, damage); });
    EXPECT_EQ(thrown.word, "corrupt");
    EXPECT_THAT(thrown.message, testing::HasSubstr("METS.xml"));
    EXPECT_FALSE(store.find(id_));
    EXPECT_EQ(accept(store, package).acceptance, Acceptance::kStored);
    expect_both_whole();
  }
}

TEST_F(StoreTest, CatchesABitFlippedInALaterVersion) {
  Store store = open();
  accept(store, first());
  const auto package = next();
  const fs::path target = replica() / "v2/content" / id_.objid() / "METS.xml";
  bool done = false;
  const auto once = [&](std::string_view step) {
    if (done || step != "replica" || !fs::exists(target)) return;
    flip(target);
    done = true;
  };
  EXPECT_EQ(thrown_by([&] { accept(store, package, once); }).word, "corrupt");
  EXPECT_EQ(test::head_at(folder_ / "replica", id_), 1);
  EXPECT_EQ(store.find(id_)->head, 1);
  EXPECT_EQ(accept(store, package).acceptance, Acceptance::kStored);
  expect_both_whole();
}

TEST_F(StoreTest, ShowsOnlyStoredVersions) {
  Store store = open();
  accept(store, first());
  const auto look = [&](std::string_view step) {
    if (step != "recorded") {
      EXPECT_EQ(store.find(id_)->head, 1) << step;
    }
  };
  accept(store, next(), look);
  EXPECT_EQ(store.find(id_)->head, 2);
}

TEST_F(StoreTest, VisitsEveryPackageAndNamesTheUnreadable) {
  Store store = open();
  std::set<PackageId> ids;
  for (int n = 0; n < 5; ++n) {
    id_ = PackageId::of_case("X001", std::to_string(n));
    ids.insert(id_);
    accept(store, first());
  }
  const auto hurt = PackageId::of_case("X001", "2");
  flip(folder_ / "storage" / hurt.object_path() / "inventory.json");
  ids.erase(hurt);
  std::set<PackageId> seen;
  std::vector<std::string> unreadable;
  store.for_each([&](const StoredObject& object) { seen.insert(object.id); },
                 [&](const std::string& key, const Error&) { unreadable.push_back(key); });
  EXPECT_EQ(seen, ids);
  EXPECT_THAT(unreadable, testing::ElementsAre(hurt.object_path()));
}

TEST_F(StoreTest, FillsAReplicaThatWasReplacedByAnEmptyOne) {
  Store store = open();
  accept(store, first());
  accept(store, next());
  fs::remove_all(folder_ / "replica");
  EXPECT_EQ(thrown_by([&] { open(); }).word, "not_found");
  Store::create(folder_.path(), config_);
  Store fresh = open();
  fresh.bring_replica_level(id_, progress_);
  expect_both_whole();
  EXPECT_TRUE(find_record(fresh.replica(), id_, 2));
}

TEST_F(StoreTest, RestoresAnObjectThatThePrimaryLost) {
  Store store = open();
  accept(store, first());
  accept(store, next());
  fs::remove_all(primary());
  EXPECT_FALSE(store.find(id_));
  store.bring_replica_level(id_, progress_);
  EXPECT_EQ(store.find(id_)->head, 2);
  expect_both_whole();
}

TEST_F(StoreTest, TakesAnAbandonedStagingFolderAwayAndAForeignOneNot) {
  const fs::path staging = folder_ / "storage" / kStagingFolder;
  test::write_file(staging / id_.objid() / "v1/content/a", "half");
  test::write_file(staging / "somebody's/file", "kept");
  (void)open();
  EXPECT_FALSE(fs::exists(staging / id_.objid()));
  EXPECT_TRUE(fs::exists(staging / "somebody's/file"));
}

TEST_F(StoreTest, NeverOverwritesACopyThatDiffers) {
  Store store = open();
  accept(store, first());
  fs::remove_all(folder_ / "replica");
  Store::create(folder_.path(), config_);
  const auto other = test::stage_first(id_, folder_ / "other", {{"METS.xml", "other"}});
  auto alien = Repository::open(LocalBlobStore::open(folder_ / "replica"));
  alien.accept(other);
  Store again = open();
  EXPECT_EQ(thrown_by([&] { again.bring_replica_level(id_, progress_); }).word, "conflict");
  EXPECT_THAT(test::faults_of(primary()), testing::IsEmpty());
  EXPECT_EQ(alien.find(id_)->inventory_digest, other.inventory_digest);
}

TEST_F(StoreTest, TakesAPackageFromAnotherFileSystem) {
  const test::TemporaryFolder elsewhere;
  if (compare_disks(elsewhere.path(), folder_.path()) == DiskRelation::kSame) {
    GTEST_SKIP() << "there is only one file system here";
  }
  const fs::path staging = elsewhere / "staging";
  Store store = open();
  accept(store, test::stage_first(id_, staging));
  fs::remove_all(staging);
  const auto next = test::stage_next(id_, staging, test::read_text(primary() / "inventory.json"));
  accept(store, next);
  fs::remove_all(staging);
  EXPECT_EQ(store.find(id_)->head, 2);
  expect_both_whole();
}

TEST_F(StoreTest, IsBusyWhileAnotherProcessStoresThePackage) {
  Store store = open();
  const auto package = first();
  const auto lock = OpenSteps::open(folder_ / "workspace/store").lock(id_);
  const auto thrown = thrown_by([&] { accept(store, package); });
  EXPECT_EQ(thrown.word, "busy");
  EXPECT_THAT(thrown.message, testing::HasSubstr(id_.objid()));
}

TEST_F(StoreTest, RefusesCopiesInsideEachOther) {
  for (const char* replica : {"storage", "storage/replica", "."}) {
    config_.storage.replica = replica;
    EXPECT_EQ(thrown_by([&] { Store::create(folder_.path(), config_); }).word, "invalid")
        << replica;
  }
}

TEST_F(StoreTest, OpenedForReadingChangesNothing) {
  {
    Store store = open();
    accept(store, first());
  }
  const auto package = first();
  fs::remove_all(folder_ / "workspace/store");
  const auto before = test::digests_below(folder_.path());
  Store store = open(OpenMode::kRead);
  EXPECT_EQ(store.find(id_)->head, 1);
  EXPECT_EQ(thrown_by([&] { accept(store, package); }).word, "internal");
  EXPECT_TRUE(test::digests_below(folder_.path()) == before);
}

}  // namespace
}  // namespace anjuan::preservation
