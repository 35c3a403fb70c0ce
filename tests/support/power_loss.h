#pragma once
// A simulated power loss over real files: what was not synced is gone, in the strictest reading.
//
// In a test program that uses this class, fsync, fdatasync and syncfs are ours. They keep a picture
// of what the disk is sure to hold: a file's bytes as of its last sync, a folder's names as of its
// last sync. When a fault point kills the process (it calls raise()), the picture is written to
// `image`: the disk as the next start would find it. Use it in a child process only.

#include <filesystem>

namespace anjuan::test {

/// Watches `root`; what lies there now counts as on the disk. From then on syncs are only pictured,
/// not carried out.
void watch_for_power_loss(const std::filesystem::path& root, const std::filesystem::path& image);

}  // namespace anjuan::test
