#pragma once
// The OCFL 1.1 storage root: where objects lie, and the files that say so.
//
// Layout: extension 0004-hashed-n-tuple-storage-layout with sha256, three tuples of three
// characters, full digest as the object folder (docs/formats/ocfl.md).

#include <filesystem>
#include <string>
#include <string_view>

namespace anjuan::packager {

/// Folder of the object below the storage root, e.g. "3c0/ff4/240/3c0ff4240c1e...".
std::string ocfl_object_path(std::string_view object_id);

/// Makes `root` a storage root, durably: 0=ocfl_1.1, ocfl_layout.json, the extension's config.json.
/// Does nothing to files that are there already with the same bytes.
/// Throws Error(kConflict) if one is there with other bytes.
void write_storage_root(const std::filesystem::path& root);

}  // namespace anjuan::packager
