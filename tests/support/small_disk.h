#pragma once
// A file system of a few blocks, to be filled. Needs the right to mount; without it, tests skip.

#include <filesystem>
#include <string>

#include <sched.h>
#include <sys/mount.h>

namespace anjuan::test {

/// Mounts a tmpfs of `bytes` on `folder` for this process alone; it goes with the process, so it
/// is for children only (tests/support/child.h). False if that is not allowed here.
inline bool mount_small_disk(const std::filesystem::path& folder, std::size_t bytes) {
  const std::string size = "size=" + std::to_string(bytes);
  if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", folder.c_str(), "tmpfs", 0, size.c_str()) == 0;
}

}  // namespace anjuan::test
