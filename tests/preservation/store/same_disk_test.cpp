// Telling whether two folders lie on one disk, over a made-up /sys.
#include "preservation/store/same_disk.h"

#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

namespace fs = std::filesystem;

class SameDisk : public testing::Test {
 protected:
  SameDisk() {
    add("8:0", "pci/sda", {});
    add("8:1", "pci/sda/sda1", {});
    add("8:2", "pci/sda/sda2", {});
    for (const char* part : {"sda1", "sda2"})
      fs::create_directory(sys_ / "pci/sda" / part / "partition");
    add("8:16", "pci/sdb", {});
    add("253:0", "virtual/dm-0", {"pci/sda/sda2"});
    add("253:1", "virtual/dm-1", {"virtual/dm-0"});
    add("9:0", "virtual/md0", {"pci/sda/sda1", "pci/sdb"});
  }

  void add(const std::string& number, const fs::path& device, const std::vector<fs::path>& below) {
    fs::create_directories(sys_ / device / "slaves");
    fs::create_directories(sys_ / "dev/block");
    fs::create_directory_symlink(sys_ / device, sys_ / "dev/block" / number);
    for (const fs::path& slave : below) {
      fs::create_directory_symlink(sys_ / slave, sys_ / device / "slaves" / slave.filename());
    }
  }

  std::set<std::string> disks(unsigned major, unsigned minor) const {
    return disks_of_device(major, minor, sys_.path());
  }

  struct Folder : test::TemporaryFolder {
    fs::path operator/(const fs::path& path) const { return this->path() / path; }
  } sys_;
};

using testing::ElementsAre;

TEST_F(SameDisk, FindsTheDiskOfAPartition) {
  EXPECT_THAT(disks(8, 1), ElementsAre("sda"));
  EXPECT_THAT(disks(8, 2), ElementsAre("sda"));
  EXPECT_THAT(disks(8, 16), ElementsAre("sdb"));
}

TEST_F(SameDisk, LooksThroughStackedDevices) {
  EXPECT_THAT(disks(253, 1), ElementsAre("sda"));
  EXPECT_THAT(disks(9, 0), ElementsAre("sda", "sdb"));
}

TEST_F(SameDisk, DoesNotKnowADeviceThatSysDoesNotName) { EXPECT_TRUE(disks(0, 42).empty()); }

TEST(CompareDisks, OneFileSystemIsOneDisk) {
  const test::TemporaryFolder folder;
  fs::create_directory(folder / "a");
  fs::create_directory(folder / "b");
  EXPECT_EQ(compare_disks(folder / "a", folder / "b"), DiskRelation::kSame);
}

TEST(CompareDisks, AFileSystemWithoutADiskIsNotTheSame) {
  const test::TemporaryFolder folder;
  EXPECT_NE(compare_disks(folder.path(), "/proc"), DiskRelation::kSame);
}

}  // namespace
}  // namespace anjuan::preservation
