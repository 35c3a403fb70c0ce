#pragma once
// The last look at a staged version: what METS lists, what the inventory says and what lies on the
// disk must be the same files.

#include "packager/version_stage.h"

namespace anjuan::packager {

struct PackageBalance {
  std::uint64_t files = 0;  ///< in the logical state of the version
  std::uint64_t bytes = 0;
};

/// Reads the METS documents back and walks the staging folder.
/// Throws Error(kInternal) naming the first file that is not in all three.
PackageBalance balance(const VersionStage& stage);

}  // namespace anjuan::packager
