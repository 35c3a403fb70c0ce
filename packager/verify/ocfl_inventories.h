#pragma once
// The inventories of an OCFL object, the one in its root and those of its versions: each agrees
// with its sidecar, and all of them tell the same story.

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "packager/verify/content_claims.h"
#include "packager/verify/finding_sink.h"
#include "packager/verify/folder_tree.h"
#include "packager/verify/inventory_reader.h"

namespace anjuan::packager {

/// The file names of an object that are fixed by the standard.
inline constexpr std::string_view kInventoryName = "inventory.json";
inline constexpr std::string_view kSidecarStart = "inventory.json.";

class OcflInventories {
 public:
  OcflInventories(const std::filesystem::path& root, const FolderTree& tree, FindingSink& findings)
      : root_(root), tree_(tree), findings_(findings), claims_(findings) {}

  /// E063, E058-E061, E038 and all codes of read_inventory(). `spec` is the declared version, "" if
  /// none.
  std::optional<ReadInventory> read_root(const std::string& spec);

  /// W010, E064, E066, W011 and the rest for the inventories in the version folders; E042 for all.
  void check_versions(const ReadInventory& root);

  /// The content folder of a version by its own inventory, "" = unknown.
  const std::string& content_directory(const ReadInventory& root, std::string_view version) const;

  /// What the inventories say about digests, apart from the root manifest. Spent afterwards.
  ContentClaims take_claims() { return std::move(claims_); }

 private:
  void check_version(const ReadVersion& version, const ReadInventory& root);
  void check_prior(const ReadVersion& version, const std::string& path, const std::string& bytes,
                   const ReadInventory& root);
  void check_content_paths(const ReadInventory& inventory, const std::string& where);

  const std::filesystem::path& root_;
  const FolderTree& tree_;
  FindingSink& findings_;
  ContentClaims claims_;
  std::string root_digest_;  ///< SHA-512 of the root inventory: the text itself may be large
  std::string newest_spec_;  ///< of the version inventories so far
  std::map<std::string, std::string, std::less<>> content_directories_;  ///< by version
};

}  // namespace anjuan::packager
