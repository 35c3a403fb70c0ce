#pragma once
// Reads inventory.json of an OCFL 1.0 or 1.1 object and says everything that is wrong with it.
//
// Independent of the writer (packager/ocfl_inventory.h): the two must agree only on the standard.
// Codes are those of the OCFL validation code list (E033-E066, E094-E111, W004-W009).

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

/// Larger inventories are refused: the object is then not checked.
inline constexpr std::uint64_t kInventoryBytesMax = 256ULL * 1024 * 1024;
/// JSON values of one inventory; each costs some hundred bytes while it is read.
inline constexpr std::size_t kInventoryValuesMax = 4'000'000;

/// Path -> lower-case hexadecimal digest.
using PathDigests = std::map<std::string, std::string, std::less<>>;

struct ReadVersion {
  std::string name;  ///< "v1"
  std::uint32_t number = 0;
  std::string created;
  std::string message;
  std::string user_name;
  std::string user_address;
  PathDigests state;  ///< by logical path
};

struct ReadInventory {
  std::string id;
  std::string spec;       ///< "1.0", "1.1", or "" for another type
  std::string algorithm;  ///< "sha512" or "sha256"
  std::string head;
  std::string content_directory = "content";
  PathDigests manifest;                       ///< by content path
  std::vector<ReadVersion> versions;          ///< by number
  std::map<std::string, PathDigests> fixity;  ///< by algorithm

  /// The version of this name, or nullptr.
  const ReadVersion* version(std::string_view name) const;
};

/// Reads `json`; `where` names the file in findings. Nothing if it is no JSON object at all.
/// What could be read is returned even if findings were made.
std::optional<ReadInventory> read_inventory(std::string_view json, const std::string& where,
                                            FindingSink& findings);

}  // namespace anjuan::packager
