// What an export leaves when it ends, when it fails and when it was killed.
#include "packager/part_folder.h"

#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using namespace anjuan::test;

class PartFolderTest : public testing::Test {
 protected:
  TemporaryFolder folder_;
  fs::path out_ = folder_ / "案卷.zip";
  fs::path part_ = folder_ / "案卷.zip.part";
};

TEST_F(PartFolderTest, ShowsNothingUnderTheTargetsNameUntilItIsPlaced) {
  {
    PartFolder part(out_);
    write_text(part.path("new"), "bytes");
    EXPECT_FALSE(fs::exists(out_));
    part.place("new", out_);
  }
  EXPECT_EQ(read_text(out_), "bytes");
  EXPECT_FALSE(fs::exists(part_));
}

TEST_F(PartFolderTest, LeavesNothingIfItWasNotPlaced) {
  {
    const PartFolder part(out_);
    fs::create_directory(part.path("new"));
    write_text(part.path("new") / "a", "half");
  }
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(PartFolderTest, ClearsWhatAKilledExportLeft) {
  fs::create_directory(part_);
  write_text(part_ / ".anjuan-tmp-export", "");
  write_text(part_ / "new", "half");
  const PartFolder part(out_);
  EXPECT_FALSE(fs::exists(part.path("new")));
}

TEST_F(PartFolderTest, NeverTouchesAFolderOfThatNameThatIsNotOurs) {
  fs::create_directory(part_);
  write_text(part_ / "thesis.doc", "years of work");
  EXPECT_EQ(thrown_by([&] { PartFolder part(out_); }).word, "conflict");
  EXPECT_EQ(read_text(part_ / "thesis.doc"), "years of work");
}

TEST_F(PartFolderTest, RefusesATargetThatExistsAlsoAsADanglingLink) {
  fs::create_symlink("nowhere", out_);
  EXPECT_EQ(thrown_by([&] { PartFolder part(out_); }).word, "conflict");
  EXPECT_FALSE(fs::exists(part_));
}

TEST_F(PartFolderTest, RefusesToReplaceWhatAppearedMeanwhile) {
  PartFolder part(out_);
  write_text(part.path("new"), "ours");
  write_text(out_, "theirs");
  EXPECT_EQ(thrown_by([&] { part.place("new", out_); }).word, "conflict");
  EXPECT_EQ(read_text(out_), "theirs");
}

TEST_F(PartFolderTest, TellsASecondExportToTheSamePlaceToWait) {
  const PartFolder part(out_);
  EXPECT_EQ(thrown_by([&] { PartFolder second(out_); }).word, "busy");
}

TEST_F(PartFolderTest, SaysThatTheFolderToPutItInIsMissing) {
  EXPECT_EQ(thrown_by([&] { PartFolder part(folder_ / "no" / "a.zip"); }).word, "not_found");
}

}  // namespace
}  // namespace anjuan::packager
