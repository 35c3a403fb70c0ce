// A whole store, and folders that are something else.
#include <gtest/gtest.h>

#include "packager/ocfl_root.h"
#include "packager/verify/verify.h"
#include "tests/support/sample_package.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::SamplePackage;
using test::TemporaryFolder;
using test::write_text;

/// "kind verdict" of each report, and all codes.
struct Outcome {
  std::vector<std::string> verdicts;
  std::vector<std::string> codes;
};

Outcome verify_everything(const fs::path& path) {
  Outcome outcome;
  SilentProgress progress;
  verify_all(path, {}, progress, [&](const VerifyReport& report) {
    outcome.verdicts.push_back(
        fmt::format("{} {}", kind_word(report.kind), verdict_word(report.verdict)));
    for (const auto& finding : report.findings) outcome.codes.push_back(finding.code);
  });
  return outcome;
}

class StorageRoot : public testing::Test {
 protected:
  StorageRoot() {
    write_storage_root(root());
    const auto target = root() / place();
    fs::create_directories(target.parent_path());
    fs::copy(sample_.object(), target, fs::copy_options::recursive);
  }

  fs::path root() const { return folder_ / "storage"; }

  std::string place() const { return PackageId::parse(sample_.name()).object_path(); }

  TemporaryFolder folder_;
  SamplePackage sample_;
};

TEST_F(StorageRoot, IsVerifiedWithEveryObject) {
  const auto outcome = verify_everything(root());
  EXPECT_EQ(outcome.verdicts, (std::vector<std::string>{"ocfl valid", "anjuan valid"}));
  EXPECT_EQ(outcome.codes, std::vector<std::string>{});
}

TEST_F(StorageRoot, TellsHarmOfItsOwn) {
  write_text(root() / "0=ocfl_1.1", "ocfl_1.0\n");
  write_text(root() / place().substr(0, 3) / "stray.txt", "x");
  fs::create_directories(root() / "empty/folder");
  const auto outcome = verify_everything(root());
  EXPECT_EQ(outcome.verdicts, (std::vector<std::string>{"ocfl invalid", "anjuan valid"}));
  EXPECT_THAT(outcome.codes, testing::UnorderedElementsAre("E080", "E072", "E073"));
}

TEST_F(StorageRoot, FindsAnObjectThatWasMoved) {
  fs::rename(root() / place(), root() / place().substr(0, 12) / "elsewhere");
  EXPECT_THAT(verify_everything(root()).codes, testing::ElementsAre("E083"));
}

TEST_F(StorageRoot, FindsHarmInAnObject) {
  write_text(root() / place() / "notes.txt", "x");
  const auto outcome = verify_everything(root());
  EXPECT_EQ(outcome.verdicts, (std::vector<std::string>{"ocfl valid", "anjuan invalid"}));
}

TEST_F(StorageRoot, DoesNotFollowALinkToAnObject) {
  fs::create_directory_symlink(sample_.object(), root() / "linked");
  const auto outcome = verify_everything(root());
  EXPECT_EQ(outcome.verdicts.size(), 2u);
  EXPECT_EQ(outcome.verdicts[0], "ocfl invalid");
  EXPECT_THAT(outcome.codes, testing::ElementsAre("E090"));
}

TEST(Verify, CallsNothingValidThatItCannotJudge) {
  TemporaryFolder folder;
  EXPECT_EQ(verify_everything(folder.path()).verdicts[0], "unknown unchecked");
  EXPECT_EQ(verify_everything(folder / "gone").verdicts[0], "unknown unchecked");
  write_text(folder / "file.zip", "x");
  EXPECT_EQ(verify_everything(folder / "file.zip").verdicts[0], "unknown unchecked");
  fs::create_directory(folder / "object");
  write_text(folder / "object/inventory.json", "{}");
  EXPECT_EQ(verify_everything(folder / "object").verdicts[0], "ocfl invalid");
}

TEST(Verify, TakesTheKindThatIsForced) {
  SamplePackage sample;
  SilentProgress progress;
  VerifyOptions options;
  options.as = PackageKind::kOcfl;
  const auto report = verify_package(sample.object(), options, progress);
  EXPECT_EQ(kind_word(report.kind), "ocfl");
  EXPECT_EQ(verdict_word(report.verdict), "valid");
}

}  // namespace
}  // namespace anjuan::packager
