// The crash matrix: the process dies, or the power goes, at every fault point of storing a version.
// Afterwards the object is at its old or its new version, whole, and the same command finishes.
#include "core/fault_point.h"
#include "preservation/store/store.h"
#include "tests/support/killed_child.h"
#include "tests/support/power_loss.h"
#include "tests/support/small_package.h"
#include "tests/support/store_checks.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

namespace fs = std::filesystem;
using packager::PackageId;
using test::ChildEnd;

enum class Crash { kKill, kPowerLoss };

struct Scene {
  Crash crash;
  int version;
  bool is_other_device;  ///< the staging folder lies on another file system
};

void PrintTo(const Scene& scene, std::ostream* out) {
  *out << (scene.crash == Crash::kKill ? "Kill" : "PowerLoss") << "InVersion" << scene.version
       << (scene.is_other_device ? "FromElsewhere" : "");
}

class CrashTest : public testing::TestWithParam<Scene> {
 protected:
  void SetUp() override {
    if (!test::has_fault_points()) GTEST_SKIP() << "built without ANJUAN_FAULT_POINTS";
    if (GetParam().is_other_device) {
      elsewhere_.emplace();
      if (compare_disks(elsewhere_->path(), folder_.path()) == DiskRelation::kSame) {
        GTEST_SKIP() << "/dev/shm is not a file system of its own here";
      }
    }
    prepare_template();
  }

  /// The home before the version that is watched; copied for every point.
  void prepare_template() {
    const fs::path home = folder_ / "template";
    fs::create_directory(home);
    Store::create(home, config_);
    if (GetParam().version == 1) return;
    Store store = Store::open(home, config_, clock_);
    store.accept(test::stage_first(id_, home / "workspace/staging"), progress_);
    first_inventory_ = test::read_text(home / "storage" / id_.object_path() / "inventory.json");
  }

  void reset_home() {
    for (const char* old : {"home", "image", "said-stored"}) fs::remove_all(folder_ / old);
    fs::copy(folder_ / "template", home(), fs::copy_options::recursive);
  }

  fs::path home() const { return folder_ / "home"; }

  fs::path staging() const {
    return elsewhere_ ? *elsewhere_ / "staging" : home() / "workspace/staging";
  }

  packager::Package stage() const {
    fs::remove_all(staging());
    return GetParam().version == 1 ? test::stage_first(id_, staging())
                                   : test::stage_next(id_, staging(), first_inventory_);
  }

  ChildEnd store_and_crash_at(long point) {
    return test::run_killed_at(point, [&] {
      if (GetParam().crash == Crash::kPowerLoss) {
        test::watch_for_power_loss(home(), folder_ / "image");
      }
      const auto package = stage();
      Store store = Store::open(home(), config_, clock_);
      store.accept(package, progress_);
      test::write_text(folder_ / "said-stored", "");
      fault_point("test:said-stored");
    });
  }

  /// What accept() has said must be true of the disk alone, before any recovery.
  void expect_stored_if_said() {
    if (!fs::exists(folder_ / "said-stored")) return;
    for (const char* copy : {"storage", "replica"}) {
      EXPECT_EQ(test::head_at(home() / copy, id_), GetParam().version) << copy;
      const std::string record = fmt::format("logs/stored-v{}.json", GetParam().version);
      EXPECT_TRUE(fs::exists(home() / copy / id_.object_path() / record)) << copy;
    }
    said_stored_ = true;
  }

  void start_again() {
    if (GetParam().crash == Crash::kKill) return;
    fs::remove_all(home());
    fs::rename(folder_ / "image", home());
  }

  void expect_old_or_new(long point) {
    const int old = GetParam().version - 1;
    for (const char* copy : {"storage", "replica"}) {
      const int head = test::head_at(home() / copy, id_);
      EXPECT_TRUE(head == old || head == old + 1) << copy << " at point " << point;
      if (head == 0) continue;
      EXPECT_THAT(test::faults_of(home() / copy / id_.object_path()), testing::IsEmpty())
          << copy << " at point " << point;
    }
  }

  void expect_level(long point) {
    EXPECT_EQ(test::head_at(home() / "storage", id_), test::head_at(home() / "replica", id_));
    EXPECT_TRUE(test::digests_below(home() / "storage") == test::digests_below(home() / "replica"))
        << "point " << point;
    EXPECT_THAT(test::remains_in(home()), testing::IsEmpty()) << "point " << point;
  }

  test::TemporaryFolder folder_{test::fast_folder()};
  std::optional<test::TemporaryFolder> elsewhere_;
  Config config_;
  FixedClock clock_{parse_instant("2026-01-02T03:04:05+08:00")};
  SilentProgress progress_;
  PackageId id_ = PackageId::of_case("X001", "澄水罚〔2025〕7号");
  std::string first_inventory_;
  bool said_stored_ = false;
};

TEST_P(CrashTest, LeavesTheOldOrTheNewVersionAndFinishesLater) {
  long point = 1;
  while (true) {
    reset_home();
    const ChildEnd end = store_and_crash_at(point);
    if (end == ChildEnd::kFinished) break;
    ASSERT_EQ(end, ChildEnd::kKilled) << "point " << point;
    start_again();
    expect_stored_if_said();
    {
      Store store = Store::open(home(), config_, clock_);
      for (const OpenStep& step : store.open_steps()) {
        FAIL() << "point " << point << ": " << step.error.what();
      }
      expect_old_or_new(point);
      expect_level(point);
      const bool is_committed = test::head_at(home() / "storage", id_) == GetParam().version;
      const auto package = stage();
      const auto stored = store.accept(package, progress_);
      EXPECT_EQ(stored.acceptance == Acceptance::kAlreadyStored, is_committed) << point;
    }
    expect_old_or_new(point);
    expect_level(point);
    if (HasFailure()) FAIL() << "first at point " << point;
    ++point;
  }
  EXPECT_GT(point, 30) << "the points of the commit protocol are gone";
  EXPECT_TRUE(said_stored_);
  RecordProperty("points", static_cast<int>(point - 1));
}

INSTANTIATE_TEST_SUITE_P(All, CrashTest,
                         testing::Values(Scene{Crash::kKill, 1, false},
                                         Scene{Crash::kKill, 2, false},
                                         Scene{Crash::kKill, 1, true}, Scene{Crash::kKill, 2, true},
                                         Scene{Crash::kPowerLoss, 1, false},
                                         Scene{Crash::kPowerLoss, 2, false},
                                         Scene{Crash::kPowerLoss, 2, true}),
                         [](const auto& scene) { return testing::PrintToString(scene.param); });

}  // namespace
}  // namespace anjuan::preservation
