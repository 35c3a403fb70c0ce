#include "preservation/store/same_disk.h"

#include <cerrno>

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "core/error.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

constexpr int kLayersMax = 16;  ///< of device mapper, RAID and so on; far more than anybody stacks

void add_disks(const fs::path& device, int layers, std::set<std::string>& disks) {
  std::error_code none;
  if (fs::exists(device / "partition", none)) {
    disks.insert(device.parent_path().filename());
    return;
  }
  bool is_stacked = false;
  for (const auto& below : fs::directory_iterator(device / "slaves", none)) {
    is_stacked = true;
    const fs::path real = fs::canonical(below.path(), none);
    if (!none && layers > 0) add_disks(real, layers - 1, disks);
  }
  if (!is_stacked) disks.insert(device.filename());
}

dev_t device_of(const fs::path& path) {
  struct stat status {};

  if (::stat(path.c_str(), &status) != 0) throw_errno(errno, path.string(), "kernel.read_failed");
  return status.st_dev;
}

}  // namespace

std::set<std::string> disks_of_device(unsigned major, unsigned minor, const fs::path& sys) {
  std::error_code none;  // A device that sysfs does not know has no known disk: that is the answer.
  const fs::path device =
      fs::canonical(sys / "dev/block" / fmt::format("{}:{}", major, minor), none);
  std::set<std::string> disks;
  if (!none) add_disks(device, kLayersMax, disks);
  return disks;
}

DiskRelation compare_disks(const fs::path& a, const fs::path& b) {
  const dev_t first = device_of(a);
  const dev_t second = device_of(b);
  if (first == second) return DiskRelation::kSame;
  const auto ours = disks_of_device(major(first), minor(first));
  const auto others = disks_of_device(major(second), minor(second));
  if (ours.empty() || others.empty()) return DiskRelation::kUnknown;
  for (const std::string& disk : ours) {
    if (others.contains(disk)) return DiskRelation::kSame;
  }
  return DiskRelation::kDifferent;
}

}  // namespace anjuan::preservation
