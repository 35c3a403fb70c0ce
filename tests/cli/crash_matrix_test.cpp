// kill -9 at every point of an ingest, then the same command: the same package, no orphan, no
// duplicate. The points are the journal's and the durable writes' (core/fault_point.h).
#include <algorithm>
#include <fstream>

#include <signal.h>

#include "packager/package_id.h"
#include "tests/cli/home_fixture.h"
#include "tests/support/files.h"

namespace anjuan::test {

namespace fs = std::filesystem;

namespace {

long count_lines(const fs::path& path) {
  std::ifstream in(path);
  return std::count(std::istreambuf_iterator<char>(in), {}, '\n');
}

struct Outcome {
  std::map<std::string, std::string> primary;
  std::map<std::string, std::string> replica;
};

Outcome outcome_of(const fs::path& home) {
  return {tree_of(home / "storage"), tree_of(home / "replica")};
}

/// What lies in the workspace besides locks: nothing, once a submission is stored.
std::vector<std::string> orphans(const fs::path& home) {
  std::vector<std::string> found;
  for (const auto& [path, bytes] : tree_of(home / "workspace")) {
    if (!path.ends_with(".lock")) found.push_back(path);
  }
  return found;
}

class CrashMatrix : public HomeTest {
 protected:
  CrashMatrix() : HomeTest(fast_folder()) {}

  /// Kills a run of `arguments` at every point; `prepare` makes the state before it.
  void expect_same_after_every_kill(
      const std::vector<std::string>& arguments,
      const std::function<void(const fs::path& home)>& prepare) const {
    const fs::path undisturbed = folder_ / "undisturbed";
    const fs::path points = folder_ / "points";
    const fs::path before = folder_ / "before";
    ASSERT_EQ(run_anjuan(before, {"init"}).exit_code, 0);
    prepare(before);
    fs::copy(before, undisturbed, fs::copy_options::recursive);
    ASSERT_EQ(
        run_anjuan(undisturbed, arguments, {{"ANJUAN_COUNT_POINTS", points.string()}}).exit_code,
        0);
    const Outcome expected = outcome_of(undisturbed);
    const long total = count_lines(points);
    ASSERT_GT(total, 20) << "the build has no fault points";
    for (long point = 1; point <= total; ++point) {
      SCOPED_TRACE(fmt::format("killed at point {} of {}", point, total));
      const fs::path home = folder_ / fmt::format("home{}", point);
      fs::copy(before, home, fs::copy_options::recursive);
      const auto killed = run_anjuan(home, arguments, {{"ANJUAN_KILL_AT", std::to_string(point)}});
      ASSERT_EQ(killed.signal, SIGKILL) << killed.out << killed.err;
      const auto again = run_anjuan(home, arguments);
      ASSERT_EQ(again.exit_code, 0) << again.out << again.err;
      const Outcome found = outcome_of(home);
      ASSERT_EQ(found.primary, expected.primary);
      ASSERT_EQ(found.replica, expected.replica);
      ASSERT_EQ(orphans(home), std::vector<std::string>{});
      fs::remove_all(home);
    }
  }
};

}  // namespace

TEST_F(CrashMatrix, SupplementGivesTheSameVersionAfterAKillAtAnyPoint) {
  const fs::path first = folder_ / "first";
  write_submission(first);
  SmallCase changed;
  changed.files["docs/D02_决定书.pdf"] = "%PDF-1.7 another decision";
  write_submission(submission_, changed);
  const std::string id = packager::PackageId::of_case("样J012", SmallCase().case_no).uuid();
  expect_same_after_every_kill(
      {"ingest", submission_.string(), "--supplement", id, "--reason", "补正"},
      [&](const fs::path& home) {
        ASSERT_EQ(run_anjuan(home, {"ingest", first.string()}).exit_code, 0);
      });
}

TEST_F(CrashMatrix, EditedDescriptionGivesTheSameVersionAfterAKillAtAnyPoint) {
  const std::string id = packager::PackageId::of_case("样J012", SmallCase().case_no).uuid();
  expect_same_after_every_kill(
      {"describe", id, "--set", "title=更正后的题名", "--reason", "更正"},
      [&](const fs::path& home) {
        ASSERT_EQ(run_anjuan(home, {"ingest", submission_.string()}).exit_code, 0);
      });
}

TEST_F(CrashMatrix, IngestOfAZipGivesTheSamePackageAfterAKillAtAnyPoint) {
  if (!has_program("zip")) GTEST_SKIP() << "needs the program zip";
  const fs::path zip = folder_ / "case.zip";
  const std::string command =
      "cd '" + submission_.string() + "' && zip -qr '" + zip.string() + "' .";
  ASSERT_EQ(run_process({"sh", "-c", command}).exit_code, 0);
  expect_same_after_every_kill({"ingest", zip.string()}, [](const fs::path&) {});
}

TEST_F(CrashMatrix, FirstIngestGivesTheSamePackageAfterAKillAtAnyPoint) {
  expect_same_after_every_kill({"ingest", submission_.string()}, [](const fs::path&) {});
}

TEST_F(CrashMatrix, AdoptGivesTheSamePackageAfterAKillAtAnyPoint) {
  const fs::path source = folder_ / "source";
  ASSERT_EQ(run_anjuan(source, {"init"}).exit_code, 0);
  ASSERT_EQ(run_anjuan(source, {"ingest", submission_.string()}).exit_code, 0);
  fs::path object;
  for (const auto& entry : fs::recursive_directory_iterator(source / "storage")) {
    if (entry.path().filename() == "0=ocfl_object_1.1") object = entry.path().parent_path();
  }
  expect_same_after_every_kill({"adopt", object.string(), "--reason", "接收"},
                               [](const fs::path&) {});
}

namespace {

/// What stands under the target's name: a file or the files of a folder, and those beside an EEP.
std::map<std::string, std::string> exported(const fs::path& out) {
  std::map<std::string, std::string> found;
  if (fs::is_directory(out)) found = tree_of(out);
  if (fs::is_regular_file(out)) found["."] = read_text(out);
  for (const auto& [path, bytes] : tree_of(out.string() + ".files")) found[path] = bytes;
  return found;
}

void remove_export(const fs::path& out) {
  for (const char* suffix : {"", ".files", ".part"}) fs::remove_all(out.string() + suffix);
}

}  // namespace

TEST_F(CrashMatrix, ExportShowsNothingUnfinishedAndRunsAgainAfterAKillAtAnyPoint) {
  ASSERT_EQ(anjuan({"ingest", submission_.string()}).exit_code, 0);
  const auto id = packager::PackageId::of_case("样J012", SmallCase{}.case_no).uuid();
  const fs::path out = folder_ / "out";
  for (const std::string form : {"eark-zip", "folder", "bagit", "eep"}) {
    const fs::path points = folder_ / ("points-" + form);
    const std::vector<std::string> arguments = {"export", id, "--as", form, out.string()};
    ASSERT_EQ(anjuan(arguments, {{"ANJUAN_COUNT_POINTS", points.string()}}).exit_code, 0);
    const auto expected = exported(out);
    const long total = count_lines(points);
    ASSERT_GT(total, 3) << "the build has no fault points";
    for (long point = 1; point <= total; ++point) {
      SCOPED_TRACE(fmt::format("{} killed at point {} of {}", form, point, total));
      remove_export(out);
      const auto killed = anjuan(arguments, {{"ANJUAN_KILL_AT", std::to_string(point)}});
      ASSERT_EQ(killed.signal, SIGKILL) << killed.out << killed.err;
      // Under its own name it is either not there or all there.
      const bool is_there = fs::exists(out);
      if (!is_there) fs::remove_all(out.string() + ".files");  // as its message advises
      ASSERT_EQ(anjuan(arguments).exit_code, is_there ? 3 : 0);
      ASSERT_EQ(exported(out), expected);
    }
    remove_export(out);
  }
}

}  // namespace anjuan::test
