#pragma once
// What an action really asks of the disk, and in which order: the system calls that write, sync
// and name files, seen from outside. No test can cut the power; this is the next best proof.

#include <string>
#include <vector>

namespace anjuan::test {

/// Runs `action` in a traced child. One entry a call, e.g. "write", "fsync file", "fsync folder",
/// "linkat", "renameat2", "fdatasync file", "mkdir". Empty if tracing is not allowed here.
std::vector<std::string> traced_calls(void (*action)(const std::string& folder),
                                      const std::string& folder);

}  // namespace anjuan::test
