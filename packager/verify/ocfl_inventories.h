#pragma once
// The inventories of an OCFL object, the one in its root and those of its versions: each agrees
// with its sidecar, and all of them tell the same story.

#include <filesystem>
#include <optional>
#include <string>

#include "packager/verify/finding_sink.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/inventory_reader.h"

namespace anjuan::packager {

class OcflInventories {
 public:
  OcflInventories(const std::filesystem::path& root, const FolderTree& tree, FindingSink& findings)
      : root_(root), tree_(tree), findings_(findings) {}

  /// E063, E058-E061 and all codes of read_inventory(). `spec` is the declared version, "" if none.
  std::optional<ReadInventory> read_root(const std::string& spec);

  /// W010, E064, E066, W011 and the rest for the inventories in the version folders.
  void check_versions(const ReadInventory& root);

 private:
  void check_sidecar(const std::string& path, const std::string& bytes,
                     const std::string& algorithm);
  void check_prior(const ReadVersion& version, const std::string& path, const std::string& bytes,
                   const ReadInventory& root);
  void compare_version(const ReadVersion& prior, const std::string& path,
                       const ReadInventory& prior_inventory, const ReadInventory& root);
  void compare_manifest(const std::string& path, std::uint32_t number, const ReadInventory& prior,
                        const ReadInventory& root);

  const std::filesystem::path& root_;
  const FolderTree& tree_;
  FindingSink& findings_;
  std::string root_digest_;  ///< SHA-512 of the root inventory: the text itself may be large
};

}  // namespace anjuan::packager
