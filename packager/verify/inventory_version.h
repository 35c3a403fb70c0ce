#pragma once
// The block "versions" of an OCFL inventory: each version's record, and their names in sequence.

#include <cstdint>
#include <string>
#include <vector>

#include "packager/verify/inventory_block.h"

namespace anjuan::packager {

/// A digest that a state refers to, exactly as it is written there. Lives as long as the JSON
/// value.
struct StateDigest {
  std::string_view version;
  std::string_view digest;
  Place place;
};

struct ReadVersion {
  std::string name;          ///< "v1"
  std::uint32_t number = 0;  ///< 0 = the name is none of a version
  std::string created;
  std::string message;
  std::string user_name;
  std::string user_address;
  PathDigests state;       ///< by logical path
  bool has_state = false;  ///< it could be read
};

/// Reads one version's record (E046-E054, E094, E095, W007-W009); what its state refers to is
/// appended to `digests`.
ReadVersion read_version(const std::string& name, const Json& value, InventoryFindings& findings,
                         std::vector<StateDigest>& digests);

/// E008-E013, E104, E105 and W001 of versions in order of their numbers; `block` is their place.
void check_sequence(const std::vector<ReadVersion>& versions, const Json& block,
                    InventoryFindings& findings);

}  // namespace anjuan::packager
