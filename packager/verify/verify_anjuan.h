#pragma once
// The two kinds that this version judges: our OCFL objects, and a bare AIP folder of ours.

#include <filesystem>

#include "packager/verify/finding_sink.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/verify.h"

namespace anjuan::packager {

/// One verification under way.
struct Examination {
  const std::filesystem::path& root;
  const VerifyOptions& options;
  Progress& progress;
  FolderTree tree;
  FindingSink findings;
  VerifyReport report;
};

/// OCFL structure, digests of every file of the manifest, then the AIP of the head version; deep:
/// the AIP of every version and SM3 too.
void verify_anjuan(Examination& examination);

/// A folder with METS.xml: every file digested, METS and PREMIS compared with the disk.
void verify_aip_folder(Examination& examination);

}  // namespace anjuan::packager
