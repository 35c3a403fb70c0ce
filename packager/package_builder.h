#pragma once
// Builds a version of a package in a staging folder: an E-ARK AIP inside an OCFL object.
//
// Rules for the caller: the staging folder and all staged files lie on one file system; after a
// crash the folder is removed and the same call made again (staged files are linked, never moved).
// Nothing is synced: the store syncs the batch when it commits.

#include <filesystem>
#include <string>

#include "packager/ocfl_inventory.h"
#include "packager/package_draft.h"

namespace anjuan::packager {

/// A version, staged and complete on paper, not yet stored.
struct Package {
  PackageId id;
  int version = 1;                ///< of the OCFL object: 1 = v1
  std::filesystem::path staging;  ///< v1: the whole object; vN: holds vN/, inventory.json, sidecar
  std::string inventory_digest;   ///< SHA-512 of inventory.json
  std::string mets_digest;        ///< SHA-512 of the root METS.xml
  std::uint64_t files = 0;        ///< in the logical state of this version
  std::uint64_t bytes = 0;        ///< of them
  std::string verdict;
  std::string case_no;
  std::string title;
};

struct BuildOptions {
  std::string aip_profile = "https://earkdip.dilcis.eu/profile/E-ARK-AIP-v2-2-0.xml";
};

/// First version. `staging` must not exist or be the remains of the same call.
Package build_first_version(const PackageDraft& draft, const std::filesystem::path& staging,
                            const BuildOptions& options = {});

/// Next version on top of the stored object at `object` (its OCFL object root, only read).
/// `draft.representations` holds only files that are added or replaced (same path = replaced);
/// `draft.metadata` documents that are new or replace one of the same kind and name (the old one
/// stays in the earlier version; its dmdSec is SUPERSEDED); events and agents are the new ones.
/// Media of earlier versions is referred to, never rewritten.
Package build_next_version(const PackageDraft& draft, const std::filesystem::path& object,
                           const std::filesystem::path& staging, const BuildOptions& options = {});

}  // namespace anjuan::packager
