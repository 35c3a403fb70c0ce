#pragma once
// The sidecar of an OCFL inventory: inventory.json.ALGORITHM with the line "DIGEST inventory.json".

#include <filesystem>
#include <string>

#include "packager/verify/finding_sink.h"
#include "packager/verify/folder_tree.h"

namespace anjuan::packager {

/// E058-E061 for the inventory `path` with the content `bytes`. `algorithm` is the one that it
/// states, "" = it could not be read: then that of any sidecar is taken.
void check_sidecar(const std::filesystem::path& root, const FolderTree& tree,
                   const std::string& path, const std::string& bytes, const std::string& algorithm,
                   FindingSink& findings);

}  // namespace anjuan::packager
