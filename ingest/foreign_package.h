#pragma once
// A package that was made elsewhere, brought into the workspace under its own names.

#include <filesystem>
#include <string>
#include <vector>

#include "ingest/accession.h"
#include "ingest/gather.h"
#include "ingest/workspace.h"
#include "packager/verify/verify.h"

namespace anjuan::ingest {

struct ForeignPackage {
  std::string name;                 ///< of its top folder, or of the EEP
  std::vector<GatheredFile> files;  ///< their paths begin with that folder; in byte order
  std::vector<std::string> empty_folders;
  std::string source_kind;  ///< "folder", "zip", "tar", ..., "eep"
  std::string sandbox;      ///< what unpacked the container was confined by; "" = no container

  std::uint64_t bytes() const;
  /// The identity of its content, whatever it came in: file_set_digest() of the paths below `name`.
  std::string file_set_digest() const;
};

/// Copies and digests everything. A folder or container whose files all lie in one top folder is
/// that folder. Throws as gather() does.
ForeignPackage gather_foreign(const std::filesystem::path& path, Workspace& work, const Desk& desk);

/// What was found, and what it is: "eark", "ocfl", "anjuan", "bagit", "eep" or "unknown".
struct ForeignVerdict {
  std::string kind;
  packager::Verdict verdict = packager::Verdict::kUnchecked;
  Findings findings;
};

/// Verifies it under its own names. Throws Error(kRefused) for a storage root: its objects are
/// packages, it is none.
ForeignVerdict verify_foreign(const ForeignPackage& package, const Workspace& work,
                              const Desk& desk);

}  // namespace anjuan::ingest
