// Landlock: which files a worker may still read. Raw system calls, because Debian 12's C library
// has no wrappers; the structure is spelled here, because its headers may be older than the kernel.
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/durable.h"
#include "core/sandbox_internal.h"

namespace anjuan::detail {

namespace {

/// struct landlock_ruleset_attr as of version 6; earlier kernels are given its beginning.
struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scopes = 0;
};

constexpr std::uint64_t kReadOnly = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/// Libraries that are loaded late, character set and locale tables, random numbers. No case
/// file, no key and no home of a user lies there.
constexpr const char* kReadable[] = {
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom"};

/// The rights on files that version `abi` knows: 13 in version 1, then REFER, TRUNCATE, IOCTL.
std::uint64_t file_rights(long abi) {
  const unsigned count = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
  return (std::uint64_t{1} << count) - 1;
}

Ruleset ruleset_of(long abi) {
  constexpr std::uint64_t kBindAndConnect = 3;
  constexpr std::uint64_t kSocketsAndSignals = 3;
  return {file_rights(abi), abi >= 4 ? kBindAndConnect : 0, abi >= 6 ? kSocketsAndSignals : 0};
}

std::size_t ruleset_bytes(long abi) {
  return abi >= 6 ? sizeof(Ruleset) : abi >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

std::string reason() { return std::strerror(errno); }

/// "" also for a path that this machine does not have.
std::string allow_reading(const FileHandle& ruleset, const char* path) {
  const FileHandle place(::open(path, O_PATH | O_CLOEXEC));
  if (place.get() < 0) return errno == ENOENT ? "" : reason();
  landlock_path_beneath_attr rule{};
  rule.parent_fd = place.get();
  rule.allowed_access = kReadOnly;
  const auto add = [&] {
    return ::syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  };
  if (add() == 0) return "";
  rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;  // A file has no directory rights.
  return add() == 0 ? "" : reason();
}

}  // namespace

std::string restrict_files() {
  const long abi =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return errno == ENOSYS ? "not in this kernel" : "switched off in this kernel";
  const Ruleset rules = ruleset_of(abi);
  const FileHandle ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, ruleset_bytes(abi), 0)));
  if (ruleset.get() < 0) return reason();
  for (const char* path : kReadable) {
    if (const auto failure = allow_reading(ruleset, path); !failure.empty()) return failure;
  }
  return ::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0 ? "" : reason();
}

}  // namespace anjuan::detail
