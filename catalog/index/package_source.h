#pragma once
// One stored package, opened for reading: where METS.xml, case.xml and PREMIS of it lie.
//
// Nothing is believed that the inventory does not vouch for: metadata files are compared with the
// digest that the inventory holds for them before they are read.

#include <filesystem>
#include <optional>
#include <string>

#include "preservation/store/store.h"

namespace anjuan::catalog {

class PackageSource {
 public:
  /// Throws Error(kCannotCheck) if the primary copy does not lie on this machine.
  PackageSource(const preservation::Store& store, preservation::StoredObject object);

  const packager::PackageId& id() const { return object_.id; }

  int version() const { return object_.head; }

  const std::string& inventory_digest() const { return object_.inventory_digest; }

  /// SHA-512 of the file at `path` (logical, inside the AIP folder) at the head, or nothing.
  std::optional<std::string> digest_of(const std::string& path) const;
  /// Where these bytes lie inside the object. Throws Error(kCorrupt) if the manifest has none.
  std::string content_path_of(const std::string& sha512) const;
  /// The metadata file at `path`, its digest checked. Throws Error(kNotFound | kCorrupt | kIo).
  std::filesystem::path checked_file(const std::string& path) const;

 private:
  preservation::StoredObject object_;
  std::filesystem::path folder_;
};

/// Folder of an object of the primary copy. Throws Error(kCannotCheck) if it is not on this
/// machine.
std::filesystem::path object_folder(const preservation::Store& store, const std::string& key);

/// True for a relative path of plain segments: not empty, no "." or "..", no empty segment, no NUL.
bool is_plain_path(std::string_view path);

}  // namespace anjuan::catalog
