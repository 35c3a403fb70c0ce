#pragma once
// An OCFL storage root: its declaration and layout file, and the objects that it holds.

#include <filesystem>
#include <vector>

#include "packager/verify/verify_anjuan.h"

namespace anjuan::packager {

/// The folder has a file 0=ocfl_* that is not of an object.
bool is_storage_root(const std::filesystem::path& path);

/// The object roots below a storage root, in byte order. Links are not followed.
std::vector<std::filesystem::path> objects_of(const std::filesystem::path& root);

/// E069-E088 as far as they speak of the root itself: declaration, layout file, stray files, empty
/// folders, and that each object lies where extension 0004 puts its id (E083). Not the objects.
void verify_storage_root(Examination& examination);

}  // namespace anjuan::packager
