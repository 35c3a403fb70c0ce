#pragma once
// The structure of one OCFL object: declaration, inventories, sidecars, version folders, and that
// the files on the disk are exactly those of the manifest. Digests of content come afterwards
// (packager/verify/content_check.h).

#include <filesystem>
#include <optional>
#include <string>

#include "packager/verify/content_claims.h"
#include "packager/verify/finding_sink.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/inventory_reader.h"

namespace anjuan::packager {

struct CheckedObject {
  ReadInventory inventory;  ///< of the object's root
  ContentClaims claims;     ///< of the other inventories and of all fixity blocks
};

/// Checks all that needs no content digest. Returns the root inventory, if it could be read.
std::optional<CheckedObject> check_ocfl_structure(const std::filesystem::path& root,
                                                  const FolderTree& tree, FindingSink& findings);

}  // namespace anjuan::packager
