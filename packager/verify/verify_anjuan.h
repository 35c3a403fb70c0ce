#pragma once
// Our OCFL objects, and what every verifier works with.

#include <filesystem>

#include "packager/verify/finding_sink.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/verify.h"

namespace anjuan::packager {

/// One verification under way.
struct Examination {
  std::filesystem::path root;  ///< of a container: where it was unpacked
  const VerifyOptions& options;
  Progress& progress;
  FolderTree tree;
  FindingSink findings;
  VerifyReport report;
  std::optional<UnpackedContainer> container;  ///< that the package came in
};

/// OCFL structure, digests of every file of the manifest, then the AIP of the head version; deep:
/// the AIP of every version and SM3 too.
void verify_anjuan(Examination& examination);

}  // namespace anjuan::packager
