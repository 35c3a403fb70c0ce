#pragma once
// One manifest of a bag: which files it lists with which digests (RFC 8493, 2.1.3 and 2.2.1).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "packager/verify/bag_declaration.h"

namespace anjuan::packager {

enum class ManifestKind { kPayload, kTag };

struct ManifestName {
  ManifestKind kind = ManifestKind::kPayload;
  std::string algorithm;      ///< as BagIt normalises it: "sha512"
  bool is_normalised = true;  ///< it stood so in the name
};

/// Of "manifest-ALGORITHM.txt" or "tagmanifest-ALGORITHM.txt"; nothing for any other name.
std::optional<ManifestName> manifest_name(std::string_view file);

struct ManifestEntry {
  std::string path;    ///< as read_bag_path() gives it
  std::string digest;  ///< lower-case hexadecimal
  std::uint64_t line = 0;
};

struct BagManifest {
  std::string file;
  ManifestKind kind = ManifestKind::kPayload;
  std::optional<DigestAlgorithm> algorithm;
  std::vector<ManifestEntry> entries;  ///< in byte order of their paths, each path once

  /// The entry of exactly this path, or nullptr.
  const ManifestEntry* find(std::string_view path) const;
};

/// Reads the text of the manifest `file`. Lines that are no entries (BAG-LINE), paths that leave
/// the bag (BAG-PATH) or belong into the other kind of manifest (BAG-SCOPE), repeated ones
/// (BAG-DUPLICATE) and habits of other tools are reported.
BagManifest read_manifest(const std::string& file, const ManifestName& name, std::string_view text,
                          BagRules rules, FindingSink& findings);

}  // namespace anjuan::packager
