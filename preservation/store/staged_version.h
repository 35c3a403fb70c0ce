#pragma once
// A version on its way into a copy: the check of what was staged, and copying it from elsewhere.

#include <string>

#include "packager/package_builder.h"
#include "preservation/store/blob_store.h"
#include "preservation/store/object_version.h"

namespace anjuan::preservation {

/// Checks, without reading payload, that `package.staging` holds exactly the files of its
/// inventory, and that id, version and digest are the package's. Returns the inventory.
/// Throws Error(kInvalid) naming the first difference.
CheckedInventory check_staged(const packager::Package& package);

/// Where a version is copied from: a store and the object's key in it ("" = the store's root).
struct VersionSource {
  const BlobStore& blobs;
  std::string object;
};

/// Copies version `version` below target.staging()/`name`, comparing each file with the manifest
/// on the way; files that are there already and right stay (a copy goes on after a crash).
/// Returns the folder, ready for Repository::commit(). Not synced.
/// Throws Error(kCorrupt) naming the file that differs from the manifest, kNoSpace, kIo.
std::filesystem::path copy_version(const VersionSource& source, int version, BlobStore& target,
                                   const std::string& name, const OnRead& on_read);

/// True if every file of version `version` at `source` is there with the digest of its inventory,
/// nothing is beside them, and the inventory extends `old` (nullptr: it is the first).
bool is_complete_version(const VersionSource& source, int version,
                         const packager::OcflInventory* old);

}  // namespace anjuan::preservation
