#pragma once
// Runs a program for a test and keeps what it says.

#include <filesystem>
#include <string>
#include <vector>

namespace anjuan::test {

struct Ran {
  int status = -1;     ///< exit status, or 128 + signal
  std::string output;  ///< stdout
  std::string errors;  ///< stderr
};

/// Whoever makes another socket dies of SIGSYS. kLocal: those of the same machine are allowed,
/// which the C library uses to ask for a user's name.
enum class Sockets { kAny, kLocal, kNone };

struct RunOptions {
  std::filesystem::path new_root;  ///< chroot there first (needs root), "" = no
  bool without_network = false;    ///< in a new network namespace (needs root)
  Sockets sockets = Sockets::kAny;
};

/// Runs words[0] with an empty environment and the rest as arguments.
/// Throws std::runtime_error if it cannot be started; exit status 125 = the options failed.
Ran run(const std::vector<std::string>& words, const RunOptions& options = {});

}  // namespace anjuan::test
