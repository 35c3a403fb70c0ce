#pragma once
// What the inventories of an object say about the bytes of its files, beyond the root manifest:
// fixity blocks, and manifests of earlier versions where they say something else.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/digest.h"
#include "packager/verify/finding_sink.h"
#include "packager/verify/inventory_reader.h"

namespace anjuan::packager {

/// More of them are not kept: the object is then "not checked".
inline constexpr std::size_t kClaimsMax = 4'000'000;

struct ContentClaim {
  enum class Block { kManifest, kFixity };

  Block block = Block::kManifest;
  std::string_view algorithm;  ///< of the table in ocfl_vocabulary.h, or kSizeDigest
  std::string digest;          ///< lower case
  std::size_t source = 0;      ///< inventory that says so first; not part of the order

  bool operator<(const ContentClaim& other) const {
    return std::tie(block, algorithm, digest) <
           std::tie(other.block, other.algorithm, other.digest);
  }
};

class ContentClaims {
 public:
  explicit ContentClaims(FindingSink& findings) : findings_(findings) {}

  /// The fixity block of `inventory`, which stands in the file `where`.
  void add_fixity(const ReadInventory& inventory, const std::string& where);
  /// The manifest of an earlier version where it differs from that of `root`.
  void add_manifest(const ReadInventory& prior, const std::string& where,
                    const ReadInventory& root);

  /// By content path.
  const std::map<std::string, std::set<ContentClaim>, std::less<>>& by_path() const {
    return by_path_;
  }

  /// The inventory that makes the claim, e.g. "v1/inventory.json".
  const std::string& source(const ContentClaim& claim) const { return sources_[claim.source]; }

 private:
  void add(const std::string& path, ContentClaim claim, const std::string& where);

  FindingSink& findings_;
  std::map<std::string, std::set<ContentClaim>, std::less<>> by_path_;
  std::vector<std::string> sources_;
  std::size_t count_ = 0;
};

}  // namespace anjuan::packager
