#pragma once
// The structure of one OCFL object: declaration, inventories, sidecars, version folders, and that
// the files on the disk are exactly those of the manifest. Digests of content come afterwards.

#include <filesystem>
#include <optional>
#include <string>

#include "packager/verify/finding_sink.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/inventory_reader.h"

namespace anjuan::packager {

/// Checks all that needs no content digest. Returns the root inventory, if it could be read.
std::optional<ReadInventory> check_ocfl_structure(const std::filesystem::path& root,
                                                  const FolderTree& tree, FindingSink& findings);

}  // namespace anjuan::packager
