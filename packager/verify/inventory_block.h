#pragma once
// The blocks of an inventory that map digests to paths: manifest, state, fixity of one algorithm.

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "packager/verify/inventory_findings.h"

namespace anjuan::packager {

/// Path -> lower-case digest.
using PathDigests = std::map<std::string, std::string, std::less<>>;

/// The codes that differ between the blocks.
struct BlockCodes {
  std::string_view name;
  std::string_view shape;     ///< not {digest: [paths]}
  std::string_view twice;     ///< a digest twice, regardless of case
  std::string_view element;   ///< a path element that is empty, . or ..
  std::string_view edge;      ///< a path that begins or ends with '/'
  std::string_view conflict;  ///< a path twice, or one that is the folder of another
};

inline constexpr BlockCodes kManifestCodes = {"manifest", "E092", "E096", "E099", "E100", "E101"};
inline constexpr BlockCodes kStateCodes = {"state", "E050", "E050", "E052", "E053", "E095"};
inline constexpr BlockCodes kFixityCodes = {"fixity", "E057", "E097", "E099", "E100", "E101"};

struct ReadBlock {
  PathDigests paths;
  /// Paths that may not be written so, as they were probably meant: never opened, only known.
  std::set<std::string, std::less<>> refused;
};

/// `block` must be an object. Paths that climb or name nothing are reported and refused.
ReadBlock read_block(const Json& block, const BlockCodes& codes, InventoryFindings& findings);

}  // namespace anjuan::packager
