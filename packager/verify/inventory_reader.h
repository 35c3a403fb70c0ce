#pragma once
// Reads inventory.json of an OCFL 1.0 or 1.1 object and says everything that is wrong with it.
//
// Independent of the writer (packager/ocfl_inventory.h): the two must agree only on the standard.
// Codes are those of the OCFL validation code list of the edition that the inventory names
// (docs/formats/ocfl-codes.md).

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "packager/verify/finding_sink.h"
#include "packager/verify/inventory_version.h"

namespace anjuan::packager {

/// Larger inventories are refused: the object is then not checked.
inline constexpr std::uint64_t kInventoryBytesMax = 256ULL * 1024 * 1024;
/// JSON values of one inventory; each costs some hundred bytes while it is read.
inline constexpr std::size_t kInventoryValuesMax = 4'000'000;

struct ReadInventory {
  std::string id;
  std::string spec;       ///< "1.0", "1.1", or "" for another type
  std::string algorithm;  ///< as stated; the standard allows "sha512" and "sha256"
  std::string head;
  std::string content_directory = "content";  ///< "" = what it states cannot be one
  bool states_content_directory = false;
  bool has_versions = false;  ///< the block could be read, be it empty
  bool has_manifest = false;
  PathDigests manifest;  ///< by content path
  /// Content paths of the manifest that may not be written so, as they were probably meant.
  std::set<std::string, std::less<>> refused;
  std::vector<ReadVersion> versions;          ///< by number, then name
  std::map<std::string, PathDigests> fixity;  ///< by algorithm

  /// The version of this name, or nullptr.
  const ReadVersion* version(std::string_view name) const;
  /// The name of the highest version, whatever `head` says; "" = none.
  std::string_view newest() const;
  /// The manifest names this file, be it in a forbidden spelling.
  bool mentions(std::string_view path) const;
};

/// Reads `json`; `where` names the file in findings. Nothing if it is no JSON object at all.
/// What could be read is returned even if findings were made.
std::optional<ReadInventory> read_inventory(std::string_view json, const std::string& where,
                                            FindingSink& findings);

}  // namespace anjuan::packager
