#pragma once
// All METS documents of one E-ARK package against each other and against the files on the disk.

#include <filesystem>
#include <string>
#include <vector>

#include "packager/verify/eark/rule_context.h"

namespace anjuan::packager::eark {

/// A metadata document that a METS refers to.
struct MetadataDocument {
  std::string path;  ///< inside the package
  std::string mdtype;
  std::string other_mdtype;
  std::string mime;
};

/// What the checks after the METS documents need to know of them.
struct PackageSummary {
  bool readable = false;  ///< there is a METS of the package, and all METS were read to the end
  bool ours = false;      ///< written by this program: its schemas apply
  PackageRules rules = PackageRules::kCsipOnly;
  std::string label;                       ///< LABEL of the package's METS
  std::vector<MetadataDocument> metadata;  ///< each once
  PendingDigests pending;                  ///< digests still to be compared (check_digests())
};

/// `root` is the folder that AipFile::disk is relative to. Marks the files that a METS names as
/// listed, and reports those that none names.
PackageSummary check_package(const std::filesystem::path& root, AipTree& tree, Instant now,
                             Report& report);

}  // namespace anjuan::packager::eark
