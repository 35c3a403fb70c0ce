#pragma once
// Reading one version of an OCFL object out of a blob store, and trusting it only when its
// inventory and the sidecar agree.

#include <map>
#include <string>

#include "packager/ocfl_inventory.h"
#include "preservation/store/blob_store.h"

namespace anjuan::preservation {

inline constexpr std::string_view kObjectMark = "0=ocfl_object_1.1";
inline constexpr std::string_view kInventoryName = "inventory.json";
inline constexpr std::string_view kSidecarName = "inventory.json.sha512";

/// "v3"
std::string version_name(int version);
/// "folder/name", or "name" if the folder is "" (a staged object lies at the root of its folder).
std::string join_key(const std::string& folder, std::string_view name);

/// An inventory that agrees with its sidecar.
struct CheckedInventory {
  packager::OcflInventory value;
  std::string bytes;
  std::string sha512;
};

/// The bytes of the sidecar, as sha512sum writes and reads them: two spaces.
std::string sidecar_of(const std::string& sha512);

/// The digest that the sidecar names. Throws Error(kCorrupt) if it is not a sidecar.
std::string sidecar_digest(std::string_view sidecar, const std::string& subject);

/// inventory.json of `folder` (an object, or a version of one).
/// Throws Error(kNotFound), Error(kCorrupt) if the sidecar names another digest.
CheckedInventory read_inventory(const BlobStore& blobs, const std::string& folder);

/// The root inventory of an object as a reader may trust it: it agrees with its sidecar, or - while
/// a writer is between the two - it is byte for byte the inventory of its own head version.
CheckedInventory read_head(const BlobStore& blobs, const std::string& object);

/// Content path (from the object root) -> sha512 of the files that `version` brought.
std::map<std::string, std::string> content_of(const packager::OcflInventory& inventory,
                                              int version);

/// True if `next` is `old` with one version more: same id, same history, nothing taken away, new
/// content only below the new version (OCFL 1.1, E066, E107).
bool extends(const packager::OcflInventory& old, const packager::OcflInventory& next);

}  // namespace anjuan::preservation
