// What staff see of an ingest: stored once, asked about changes, supplemented, never overwritten.
#include "core/json.h"
#include "tests/cli/home_fixture.h"
#include "tests/support/bags.h"

namespace anjuan::test {

namespace fs = std::filesystem;

namespace {

using Ingest = HomeTest;

/// The last JSON line of an output.
Json last_line(const std::string& out) {
  const auto end = out.find_last_not_of('\n');
  const auto begin = out.rfind('\n', end);
  return Json::parse(out.substr(begin == out.npos ? 0 : begin + 1), "stdout");
}

std::size_t count_objects(const fs::path& root) {
  std::size_t objects = 0;
  for (const auto& [path, bytes] : tree_of(root)) {
    if (fs::path(path).filename() == "0=ocfl_object_1.1") ++objects;
  }
  return objects;
}

}  // namespace

TEST_F(Ingest, StoresTwoEqualCopiesOfACompleteCase) {
  const auto result = anjuan({"ingest", submission_.string(), "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  const Json line = last_line(result.out);
  EXPECT_EQ(line.text_or("verdict", ""), "complete");
  EXPECT_EQ(line.find("version")->as_integer(), 1);
  EXPECT_EQ(count_objects(home_ / "storage"), 1U);
  EXPECT_EQ(tree_of(home_ / "storage"), tree_of(home_ / "replica"));
}

TEST_F(Ingest, KeepsEveryOriginalByteForByteUnderItsOwnName) {
  ASSERT_EQ(anjuan({"ingest", submission_.string()}).exit_code, 0);
  const auto stored = tree_of(home_ / "storage");
  for (const auto& [path, bytes] : tree_of(submission_)) {
    const std::string suffix = "/representations/original/data/" + path;
    const auto found = std::find_if(stored.begin(), stored.end(), [&](const auto& entry) {
      return entry.first.ends_with(suffix);
    });
    ASSERT_NE(found, stored.end()) << path;
    EXPECT_EQ(found->second, bytes) << path;
  }
}

TEST_F(Ingest, DoesNotTouchTheSource) {
  const auto before = tree_of(submission_);
  ASSERT_EQ(anjuan({"ingest", submission_.string()}).exit_code, 0);
  EXPECT_EQ(tree_of(submission_), before);
}

TEST_F(Ingest, TheSameSubmissionTwiceIsOnePackage) {
  ASSERT_EQ(anjuan({"ingest", submission_.string()}).exit_code, 0);
  const auto before = tree_of(home_ / "storage");
  const auto again = anjuan({"ingest", submission_.string(), "--json"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(last_line(again.out).find("version")->as_integer(), 1);
  EXPECT_EQ(tree_of(home_ / "storage"), before);
}

TEST_F(Ingest, TheSameFilesInAZipAreTheSameSubmission) {
  if (!has_program("zip")) GTEST_SKIP() << "needs the program zip";
  ASSERT_EQ(anjuan({"ingest", submission_.string()}).exit_code, 0);
  const fs::path zip = folder_ / "case.zip";
  ASSERT_EQ(run_process({"sh", "-c",
                         "cd '" + submission_.string() + "' && zip -qr '" + zip.string() + "' ."})
                .exit_code,
            0);
  const auto again = anjuan({"ingest", zip.string(), "--json"});
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_EQ(count_objects(home_ / "storage"), 1U);
  EXPECT_EQ(last_line(again.out).find("version")->as_integer(), 1);
}

TEST_F(Ingest, TheSameFilesInABagAreTheSameSubmission) {
  ASSERT_EQ(anjuan({"ingest", submission_.string()}).exit_code, 0);
  put_bag(folder_ / "bag", bag_of(tree_of(submission_)));
  const auto again = anjuan({"ingest", folder_ / "bag", "--json"});
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_EQ(count_objects(home_ / "storage"), 1U);
  EXPECT_EQ(last_line(again.out).find("version")->as_integer(), 1);
}

TEST_F(Ingest, ABagIsStoredWithAnEventOfItsCheckAndVerifies) {
  put_bag(folder_ / "bag", bag_of(tree_of(submission_)));
  const auto result = anjuan({"ingest", folder_ / "bag"});
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(anjuan({"verify", "--all"}).exit_code, 0);
  bool told = false;
  for (const auto& [path, bytes] : tree_of(home_ / "storage")) {
    EXPECT_EQ(path.find("manifest-sha512.txt"), path.npos) << path;
    told = told || bytes.find("manifest-sha512.txt") != bytes.npos;
  }
  EXPECT_TRUE(told);
}

TEST_F(Ingest, ABagThatDoesNotMeetItsManifestStoresNothing) {
  auto bag = bag_of(tree_of(submission_));
  bag["data/av/V01.mp4"] += "x";
  put_bag(folder_ / "bag", bag);
  const auto result = anjuan({"ingest", folder_ / "bag"});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_NE(result.err.find("data/av/V01.mp4"), std::string::npos) << result.out << result.err;
  EXPECT_EQ(count_objects(home_ / "storage"), 0U);
}

TEST_F(Ingest, AChangedSubmissionIsAFindingThatAsksAndStoresNothing) {
  ASSERT_EQ(anjuan({"ingest", submission_.string()}).exit_code, 0);
  const auto before = tree_of(home_ / "storage");
  SmallCase changed;
  changed.files["docs/D02_决定书.pdf"] = "%PDF-1.7 another decision";
  write_submission(submission_, changed);
  const auto result = anjuan({"ingest", submission_.string()});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_NE(result.out.find("INGEST-CHANGED"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("--supplement"), std::string::npos) << result.out;
  EXPECT_EQ(tree_of(home_ / "storage"), before);
}

TEST_F(Ingest, ASupplementMakesTheNextVersionAndKeepsTheFirst) {
  const auto first = anjuan({"ingest", submission_.string(), "--json"});
  ASSERT_EQ(first.exit_code, 0);
  const auto before = tree_of(home_ / "storage");
  const std::string id = last_line(first.out).text_or("package", "");
  SmallCase changed;
  changed.files["docs/D02_决定书.pdf"] = "%PDF-1.7 another decision";
  changed.files["docs/D03.pdf"] = "%PDF-1.7 found later";
  write_submission(submission_, changed);
  const std::vector<std::string> arguments = {"ingest",   submission_.string(), "--supplement", id,
                                              "--reason", "补充送达回证",       "--json"};
  const auto second = anjuan(arguments);
  ASSERT_EQ(second.exit_code, 0) << second.out << second.err;
  EXPECT_EQ(last_line(second.out).find("version")->as_integer(), 2);
  const auto after = tree_of(home_ / "storage");
  for (const auto& [path, bytes] : before) {
    if (path.find("/v1/") != path.npos) {
      EXPECT_EQ(after.at(path), bytes) << path;
    }
  }
  EXPECT_EQ(after, tree_of(home_ / "replica"));
  const auto verified = anjuan({"verify", "--all"});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  const auto again = anjuan(arguments);
  EXPECT_EQ(again.exit_code, 0) << again.out;
  EXPECT_EQ(last_line(again.out).find("version")->as_integer(), 2);
}

TEST_F(Ingest, ASupplementOfAnotherPackageIsRefused) {
  ASSERT_EQ(anjuan({"ingest", submission_.string()}).exit_code, 0);
  SmallCase changed;
  changed.files["docs/D03.pdf"] = "%PDF-1.7 found later";
  write_submission(submission_, changed);
  const auto result = anjuan({"ingest", submission_.string(), "--supplement",
                              "00000000-0000-4000-8000-000000000000", "--reason", "x"});
  EXPECT_EQ(result.exit_code, 2) << result.out;
}

TEST_F(Ingest, AMissingNamedFileStopsItWithASentence) {
  fs::remove(submission_ / "av/V01.mp4");
  const auto result = anjuan({"ingest", submission_.string()});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_NE(result.out.find("av/V01.mp4"), std::string::npos) << result.out << result.err;
  EXPECT_EQ(count_objects(home_ / "storage"), 0U);
}

TEST_F(Ingest, AnEditedDescriptionIsANewVersionThatTouchesNoMedia) {
  const auto first = anjuan({"ingest", submission_.string(), "--json"});
  ASSERT_EQ(first.exit_code, 0);
  const std::string id = last_line(first.out).text_or("package", "");
  const auto edited = anjuan({"describe", id, "--set", "title=样某在护堤地堆放物料案(更正)",
                              "--reason", "题名更正", "--json"});
  ASSERT_EQ(edited.exit_code, 0) << edited.out << edited.err;
  EXPECT_EQ(last_line(edited.out).find("version")->as_integer(), 2);
  for (const auto& [path, bytes] : tree_of(home_ / "storage")) {
    EXPECT_EQ(path.find("/v2/content/") != path.npos && path.find("/data/") != path.npos, false)
        << path;
  }
  EXPECT_EQ(anjuan({"verify", id}).exit_code, 0);
}

TEST_F(Ingest, TwoSubmissionsAtATimeGiveTwoPackages) {
  SmallCase other;
  other.case_no = "样水罚〔2026〕2号";
  write_submission(folder_ / "other", other);
  const auto result = anjuan({"ingest", "--jobs", "2", submission_.string(), folder_ / "other"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(count_objects(home_ / "storage"), 2U);
}

TEST_F(Ingest, OneBadSubmissionDoesNotStopTheOthers) {
  const auto result = anjuan({"ingest", folder_ / "nothing-there", submission_.string()});
  EXPECT_EQ(result.exit_code, 4) << result.out << result.err;
  EXPECT_EQ(count_objects(home_ / "storage"), 1U);
}

TEST_F(Ingest, WithoutAHomeItSaysHowToMakeOne) {
  const auto result = run_anjuan(folder_ / "nowhere", {"ingest", submission_.string()});
  EXPECT_EQ(result.exit_code, 10);
  EXPECT_NE(result.err.find("init"), std::string::npos) << result.err;
}

}  // namespace anjuan::test
