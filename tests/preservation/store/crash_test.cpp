// The crash matrix: the process dies, or the power goes, at every fault point of storing a version.
// Afterwards the object is at its old or its new version, whole, and the same command finishes.
#include "tests/support/crash.h"

#include "core/fault_point.h"
#include "packager/verify/verify.h"
#include "preservation/store/store.h"
#include "tests/support/packages.h"
#include "tests/support/power_loss.h"
#include "tests/support/small_package.h"
#include "tests/support/store_checks.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

namespace fs = std::filesystem;
using packager::PackageId;

enum class Crash { kKill, kPowerLoss };
enum class From {
  kWorkspace,  ///< a small package, staged beside the store
  kElsewhere,  ///< the same, on another file system
  kBuilder,    ///< a real package of the package builder
};

struct Scene {
  Crash crash;
  int version;
  From from;
};

void PrintTo(const Scene& scene, std::ostream* out) {
  constexpr std::string_view kFrom[] = {"", "FromElsewhere", "FromBuilder"};
  *out << (scene.crash == Crash::kKill ? "Kill" : "PowerLoss") << "InVersion" << scene.version
       << kFrom[static_cast<std::size_t>(scene.from)];
}

class CrashTest : public testing::TestWithParam<Scene> {
 protected:
  void SetUp() override {
    if (GetParam().from == From::kElsewhere) {
      elsewhere_.emplace();
      if (compare_disks(elsewhere_->path(), folder_.path()) == DiskRelation::kSame) {
        GTEST_SKIP() << "there is only one file system here";
      }
    }
    prepare_template();
    reset_home();
    points_ = test::crash_points_of([this] { store_a_version(); });
    if (points_.empty()) GTEST_SKIP() << "built without ANJUAN_FAULT_POINTS";
  }

  /// The home before the version that is watched; copied for every point.
  void prepare_template() {
    const fs::path home = folder_ / "template";
    fs::create_directory(home);
    Store::create(home, config_);
    if (GetParam().version == 1) return;
    Store store = Store::open(home, config_, clock_);
    const fs::path staging = home / "workspace/staging";
    const auto package =
        GetParam().from == From::kBuilder
            ? packager::build_first_version(test::case_draft(home / "workspace/in"), staging)
            : test::stage_first(id_, staging);
    store.accept(package, progress_);
    fs::remove_all(home / "workspace/in");
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
    for (const fs::path& old : {staging(), home() / "workspace/in"}) fs::remove_all(old);
    const fs::path object = folder_ / "template/storage" / id_.object_path();
    const bool is_first = GetParam().version == 1;
    if (GetParam().from == From::kBuilder) {
      const fs::path in = home() / "workspace/in";
      return is_first ? packager::build_first_version(test::case_draft(in), staging())
                      : packager::build_next_version(test::change_draft(in), object, staging());
    }
    return is_first ? test::stage_first(id_, staging())
                    : test::stage_next(id_, staging(), test::read_text(object / "inventory.json"));
  }

  void store_a_version() {
    if (GetParam().crash == Crash::kPowerLoss) {
      test::watch_for_power_loss(home(), folder_ / "image");
    }
    const auto package = stage();
    Store store = Store::open(home(), config_, clock_);
    store.accept(package, progress_);
    test::write_text(folder_ / "said-stored", "");
    fault_point("test:said-stored");
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

  void expect_old_or_new() {
    const int old = GetParam().version - 1;
    for (const char* copy : {"storage", "replica"}) {
      const int head = test::head_at(home() / copy, id_);
      EXPECT_TRUE(head == old || head == old + 1) << copy;
      if (head == 0) continue;
      EXPECT_THAT(test::faults_of(home() / copy / id_.object_path()), testing::IsEmpty()) << copy;
    }
  }

  void expect_level() {
    EXPECT_EQ(test::head_at(home() / "storage", id_), test::head_at(home() / "replica", id_));
    EXPECT_TRUE(test::digests_below(home() / "storage") == test::digests_below(home() / "replica"));
    EXPECT_THAT(test::remains_in(home()), testing::IsEmpty());
  }

  void expect_valid() {
    if (GetParam().from != From::kBuilder) return;
    for (const char* copy : {"storage", "replica"}) {
      packager::verify_all(home() / copy, {}, progress_, [](const packager::VerifyReport& report) {
        EXPECT_EQ(report.verdict, packager::Verdict::kValid) << report.path;
        for (const Finding& finding : report.findings) {
          if (finding.severity == Severity::kInfo) continue;
          EXPECT_NE(finding.result, CheckResult::kFailed) << finding.code << finding.message;
        }
      });
    }
  }

  void crash_and_finish() {
    start_again();
    expect_stored_if_said();
    Store store = Store::open(home(), config_, clock_);
    for (const OpenStep& step : store.open_steps()) FAIL() << step.error.what();
    expect_old_or_new();
    expect_level();
    const bool is_committed = test::head_at(home() / "storage", id_) == GetParam().version;
    const auto stored = store.accept(stage(), progress_);
    EXPECT_EQ(stored.acceptance == Acceptance::kAlreadyStored, is_committed);
    expect_old_or_new();
    expect_level();
    expect_valid();
  }

  test::TemporaryFolder folder_{test::fast_folder()};
  std::optional<test::TemporaryFolder> elsewhere_;
  Config config_;
  FixedClock clock_{parse_instant("2026-01-02T03:04:05+08:00")};
  SilentProgress progress_;
  PackageId id_ = test::empty_draft().id;
  std::vector<test::CrashPoint> points_;
  bool said_stored_ = false;
};

TEST_P(CrashTest, LeavesTheOldOrTheNewVersionAndFinishesLater) {
  EXPECT_GT(points_.size(), 30U) << "the points of the commit protocol are gone";
  for (const test::CrashPoint& point : points_) {
    SCOPED_TRACE(fmt::format("point {} of {}: {}", point.number, points_.size(), point.name));
    reset_home();
    ASSERT_TRUE(test::killed_at(point, [this] { store_a_version(); }));
    crash_and_finish();
    if (HasFailure()) return;
  }
  EXPECT_TRUE(said_stored_);
}

INSTANTIATE_TEST_SUITE_P(All, CrashTest,
                         testing::Values(Scene{Crash::kKill, 1, From::kBuilder},
                                         Scene{Crash::kKill, 2, From::kBuilder},
                                         Scene{Crash::kKill, 1, From::kElsewhere},
                                         Scene{Crash::kKill, 2, From::kElsewhere},
                                         Scene{Crash::kPowerLoss, 1, From::kWorkspace},
                                         Scene{Crash::kPowerLoss, 2, From::kWorkspace},
                                         Scene{Crash::kPowerLoss, 2, From::kElsewhere}),
                         [](const auto& scene) { return testing::PrintToString(scene.param); });

}  // namespace
}  // namespace anjuan::preservation
