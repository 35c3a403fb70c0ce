#pragma once
// An OCFL storage root: its declaration, layout file and extensions, and the objects that it holds.

#include <filesystem>
#include <vector>

#include "packager/verify/verify_anjuan.h"

namespace anjuan::packager {

/// The folder has a file 0=ocfl_* that is not of an object; or it has lost that file, but still has
/// an ocfl_layout.json, or it holds objects and nothing that makes it another kind of package.
bool is_storage_root(const std::filesystem::path& path);

/// The object roots below a storage root, in byte order. Links are not followed.
std::vector<std::filesystem::path> objects_of(const std::filesystem::path& root);

/// E069-E090, E112 and W013-W016 as far as they speak of the root itself and of the objects'
/// places, ids and editions (docs/formats/ocfl-codes.md). Not the objects.
void verify_storage_root(Examination& examination);

}  // namespace anjuan::packager
