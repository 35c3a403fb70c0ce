#pragma once
// Whether two folders lie on one physical disk: then the second is no second copy.

#include <filesystem>
#include <set>
#include <string>

namespace anjuan::preservation {

enum class DiskRelation {
  kSame,       ///< one file system, or two on one disk
  kDifferent,  ///< no disk in common
  kUnknown,    ///< different file systems whose disks cannot be told (network, overlay)
};

/// The disks under a folder by their kernel names ("sda", "nvme0n1"), through partitions, LVM, RAID
/// and encryption; empty if the file system does not say. `sys` is /sys except in tests.
std::set<std::string> disks_of_device(unsigned major, unsigned minor,
                                      const std::filesystem::path& sys = "/sys");

/// Throws Error(kIo) if a folder cannot be looked at.
DiskRelation compare_disks(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace anjuan::preservation
