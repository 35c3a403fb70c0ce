#pragma once
// One version of a package while it is laid out in its staging folder: what lies where, and the
// OCFL inventory that comes of it.
//
// Paths are relative to the package's folder (aip-UUID). Everything may be called again after a
// crash with the same arguments. Nothing is synced.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "packager/ocfl_inventory.h"
#include "packager/package_draft.h"

namespace anjuan::packager {

class VersionStage {
 public:
  /// A first version.
  VersionStage(const PackageId& id, std::filesystem::path staging);
  /// The version after `previous`, the inventory of the stored object at `object`.
  VersionStage(const PackageId& id, std::filesystem::path staging, OcflInventory previous,
               std::filesystem::path object);

  int version() const { return inventory_.head(); }

  /// Links the staged file to `path` (no byte is copied), unless an earlier version holds its
  /// bytes. The staged file stays where it is: an interrupted run can start anew at any point.
  /// Throws Error(kNotFound) if it is not there, Error(kCorrupt) for a wrong size.
  void link_in(const DraftFile& file, const std::string& path);

  /// Writes a small document, unless an earlier version holds these bytes.
  Digests write(const std::string& path, std::string_view bytes);

  /// Where the caller is to write the new file `path`; the remains of an interrupted run are gone.
  /// The caller calls record() afterwards.
  std::filesystem::path open(const std::string& path);
  void record(const std::string& path, const std::string& sha512);

  /// Gives a file of the state another path; its bytes stay where they are.
  void rename(const std::string& from, const std::string& to);

  /// SHA-512 of the file in this version, or "".
  std::string digest(const std::string& path) const;
  /// Where the bytes of a file of this version lie now: in the staging folder or in the object.
  std::filesystem::path bytes_of(const std::string& path) const;
  /// Logical path (with the package's folder) -> SHA-512 of this version.
  const std::map<std::string, std::string>& state() const;

  const OcflInventory& inventory() const { return inventory_; }

  /// staging/vN/content
  std::filesystem::path content() const;

  const PackageId& id() const { return id_; }

  /// Writes inventory.json and its sidecar, in vN/ and at the top, and for a first version the
  /// object's declaration. Returns the inventory's SHA-512.
  std::string finish(const PackageDraft& draft);

 private:
  std::string logical(const std::string& path) const { return id_.objid() + "/" + path; }

  std::string stored(const std::string& path) const;

  bool held(const std::string& sha512) const { return held_.contains(sha512); }

  void make_parents(const std::filesystem::path& file);

  PackageId id_;
  std::filesystem::path staging_;
  std::filesystem::path object_;
  OcflInventory inventory_;
  /// SHA-512 -> content path, of earlier versions.
  std::unordered_map<std::string, std::string> held_;
  std::unordered_set<std::string> made_;  ///< folders known to exist
};

}  // namespace anjuan::packager
