// The store over blob stores that fail: power loss at every change, full disks, bytes that change.
#include <random>

#include "preservation/store/store.h"
#include "preservation/store/stored_record.h"
#include "tests/support/errors.h"
#include "tests/support/fake_blob_store.h"
#include "tests/support/small_package.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

namespace fs = std::filesystem;
using packager::PackageId;
using test::FakeBlobStore;
using When = FakeBlobStore::When;
using test::thrown_by;

/// A home over two fakes that outlives the processes that use it.
class Home {
 public:
  Home() {
    Repository::create(primary);
    Repository::create(replica);
  }

  /// As a process starts: whatever was open is recovered.
  Store start() {
    Store store(primary, replica, folder / "workspace", clock, DiskRelation::kDifferent);
    store.recover(progress);
    return store;
  }

  /// The next version on top of `versions` of them.
  packager::Package stage(const PackageId& id, const std::string& variant = "") {
    const fs::path staging = folder / ("staging-" + std::to_string(++staged));
    const auto& history = inventories[id];
    const std::string text = std::to_string(history.size() + 1) + variant;
    if (history.empty()) {
      auto files = test::awkward_files();
      files["METS.xml"] = text;
      return test::stage_first(id, staging, files);
    }
    return test::stage_next(id, staging, history.back(),
                            {{"METS.xml", text}, {"metadata/" + text + ".xml", text}});
  }

  void remember(const packager::Package& package, const std::string& inventory) {
    if (static_cast<int>(inventories[package.id].size()) < package.version) {
      inventories[package.id].push_back(inventory);
    }
  }

  test::TemporaryFolder folder{test::fast_folder()};
  FixedClock clock{parse_instant("2026-01-02T03:04:05+08:00")};
  SilentProgress progress;
  std::shared_ptr<FakeBlobStore> primary =
      std::make_shared<FakeBlobStore>(folder / "primary-staging", "primary");
  std::shared_ptr<FakeBlobStore> replica =
      std::make_shared<FakeBlobStore>(folder / "replica-staging", "replica");
  std::map<PackageId, std::vector<std::string>> inventories;  ///< of versions that were stored
  int staged = 0;
};

/// Every version that was ever called stored is in both copies, byte for byte.
void expect_all_stored(const Home& home) {
  for (const auto& blobs : {home.primary, home.replica}) {
    const Repository copy = Repository::open(blobs);
    for (const auto& [id, history] : home.inventories) {
      for (std::size_t v = 1; v <= history.size(); ++v) {
        const auto object = copy.at_version(id, static_cast<int>(v));
        EXPECT_EQ(object.inventory_digest, test::sha512_of(history[v - 1])) << blobs->name();
        EXPECT_TRUE(has_record(copy, id, static_cast<int>(v)));
        for (const auto& [path, sha512] : object.inventory.manifest) {
          EXPECT_EQ(test::sha512_of(blobs->blobs().at(object.key + "/" + path)), sha512) << path;
        }
      }
    }
  }
}

/// Nothing but objects, their logs and the marks of the root: no leftovers, no second object.
void expect_no_orphan(const Home& home, const PackageId& id) {
  for (const auto& blobs : {home.primary, home.replica}) {
    for (const auto& [key, bytes] : blobs->blobs()) {
      const bool is_root =
          key.starts_with("extensions/") || key == "0=ocfl_1.1" || key == "ocfl_layout.json";
      EXPECT_TRUE(is_root || key.starts_with(id.object_path() + "/")) << key;
    }
    EXPECT_TRUE(test::names_in(blobs->staging()).empty()) << blobs->name();
  }
  EXPECT_TRUE(test::names_in(home.folder / "workspace/store/open").empty());
}

struct Outage {
  bool in_primary;
  When when;
};

class OutageTest : public testing::TestWithParam<Outage> {};

TEST_P(OutageTest, AtEveryChangeLeavesTheOldOrTheNewVersion) {
  const PackageId id = PackageId::of_case("X001", "1");
  int number = 1;
  for (bool was_hit = true; was_hit; ++number) {
    Home home;
    for (int version = 1; version <= 2; ++version) {
      const auto package = home.stage(id);
      const std::string inventory = test::read_text(package.staging / "inventory.json");
      auto& failing = GetParam().in_primary ? home.primary : home.replica;
      if (version == 2) failing->lose_power_at(number, GetParam().when);
      was_hit = false;
      try {
        home.start().accept(package, home.progress);
      } catch (const test::PowerLoss&) {
        was_hit = true;
      }
      failing->lose_power_at(0, When::kBefore);
      Store store = home.start();
      const auto found = store.find(id);
      const int head = found ? found->head : 0;
      EXPECT_TRUE(head == version || head == version - 1) << "change " << number;
      const auto again =
          fs::exists(package.staging / version_name(version)) ? package : home.stage(id);
      store.accept(again, home.progress);
      home.remember(package, inventory);
    }
    expect_all_stored(home);
    expect_no_orphan(home, id);
    if (testing::Test::HasFailure()) FAIL() << "first at change " << number;
  }
  EXPECT_GT(number, 3) << "the outage never came";
}

INSTANTIATE_TEST_SUITE_P(All, OutageTest,
                         testing::Values(Outage{true, When::kBefore}, Outage{true, When::kAfter},
                                         Outage{false, When::kBefore},
                                         Outage{false, When::kAfter}));

/// Random work with random misfortune; the seed is the only input.
class Ordeal {
 public:
  explicit Ordeal(std::uint32_t seed) : dice_(seed) {}

  void play() {
    for (int step = 0; step < kSteps; ++step) {
      const auto& id = ids_[roll(ids_.size())];
      plan_misfortune();
      attempt(id);
      calm();
      store_in_peace(id);
      expect_all_stored(home_);
      if (testing::Test::HasFailure()) FAIL() << "in step " << step;
    }
  }

 private:
  static constexpr int kSteps = 8;

  std::size_t roll(std::size_t sides) { return dice_() % sides; }

  FakeBlobStore& any_copy() { return roll(2) == 0 ? *home_.primary : *home_.replica; }

  void plan_misfortune() {
    const int number = static_cast<int>(roll(8)) + 1;
    switch (roll(5)) {
      case 0:
        any_copy().lose_power_at(number, When::kBefore);
        break;
      case 1:
        any_copy().lose_power_at(number, When::kAfter);
        break;
      case 2:
        any_copy().flip_on_put(roll(2) == 0 ? "METS.xml" : ".txt");
        break;
      case 3:
        any_copy().cut_on_put("METS.xml");
        break;
      default:
        any_copy().set_capacity(roll(40'000));
        break;
    }
  }

  void calm() {
    for (const auto& copy : {home_.primary, home_.replica}) {
      copy->lose_power_at(0, When::kBefore);
      copy->flip_on_put("");
      copy->cut_on_put("");
      copy->set_capacity(1ULL << 40);
    }
  }

  void attempt(const PackageId& id) {
    const auto package = home_.stage(id);
    const std::string inventory = test::read_text(package.staging / "inventory.json");
    try {
      home_.start().accept(package, home_.progress);
      home_.remember(package, inventory);
    } catch (const test::PowerLoss&) {
    } catch (const Error& error) {
      const auto code = error.code();
      EXPECT_TRUE(code == ErrorCode::kCorrupt || code == ErrorCode::kNoSpace) << error.what();
    }
  }

  /// The same command again; it must come through.
  void store_in_peace(const PackageId& id) {
    const auto package = home_.stage(id);
    const std::string inventory = test::read_text(package.staging / "inventory.json");
    home_.start().accept(package, home_.progress);
    home_.remember(package, inventory);
  }

  std::mt19937 dice_;
  Home home_;
  std::vector<PackageId> ids_{PackageId::of_case("X001", "1"), PackageId::of_case("X001", "2")};
};

class RandomRun : public testing::TestWithParam<std::uint32_t> {};

TEST_P(RandomRun, KeepsEverythingThatWasCalledStored) { Ordeal(GetParam()).play(); }

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRun, testing::Range(1U, 41U));

TEST(StoreFault, AFullReplicaIsToldAndTheSameCommandGoesOnLater) {
  Home home;
  const PackageId id = PackageId::of_case("X001", "1");
  const auto package = home.stage(id);
  home.replica->set_capacity(5'000);
  Store store = home.start();
  const auto thrown = thrown_by([&] { store.accept(package, home.progress); });
  EXPECT_EQ(thrown.word, "no_space");
  EXPECT_THAT(thrown.message, testing::HasSubstr("replica"));
  EXPECT_FALSE(store.find(id));
  store.recover(home.progress);
  ASSERT_EQ(store.open_steps().size(), 1U);
  EXPECT_EQ(store.open_steps()[0].id, id);
  EXPECT_EQ(store.open_steps()[0].error.code(), ErrorCode::kNoSpace);
  home.replica->set_capacity(1'000'000);
  EXPECT_EQ(store.accept(package, home.progress).acceptance, Acceptance::kStored);
  expect_no_orphan(home, id);
}

TEST(StoreFault, DamageInAStoredCopyIsNeverCopiedOn) {
  Home home;
  const PackageId id = PackageId::of_case("X001", "1");
  const auto package = home.stage(id);
  const std::string key = id.object_path() + "/v1/content/" + id.objid() + "/METS.xml";
  home.start().accept(package, home.progress);
  home.primary->flip(key);
  const auto empty = std::make_shared<FakeBlobStore>(home.folder / "new-staging", "new");
  Repository::create(empty);
  Store store(home.primary, empty, home.folder / "workspace", home.clock, DiskRelation::kDifferent);
  const auto thrown = thrown_by([&] { store.bring_replica_level(id, home.progress); });
  EXPECT_EQ(thrown.word, "corrupt");
  EXPECT_THAT(thrown.subject, testing::HasSubstr("primary"));
  EXPECT_FALSE(empty->exists(id.object_path()));
}

TEST(StoreFault, ACopyThatCannotTakeAFolderByMovingGetsACheckedCopy) {
  Home home;
  const PackageId id = PackageId::of_case("X001", "1");
  home.primary->set_other_device();
  const auto package = home.stage(id);
  EXPECT_EQ(home.start().accept(package, home.progress).acceptance, Acceptance::kStored);
  const auto hurt = test::stage_first(PackageId::of_case("X001", "2"), home.folder / "hurt");
  test::write_text(hurt.staging / "v1/content" / hurt.id.objid() / "METS.xml", "<mets>2</mets>");
  EXPECT_EQ(thrown_by([&] { home.start().accept(hurt, home.progress); }).word, "corrupt");
  EXPECT_FALSE(home.primary->exists(hurt.id.object_path()));
}

}  // namespace
}  // namespace anjuan::preservation
