#pragma once
// Reading a stored version back from the medium: the condition for calling it stored.

#include <cstdint>
#include <string>
#include <vector>

#include "preservation/store/repository.h"

namespace anjuan::preservation {

struct ReadBack {
  std::uint64_t files = 0;           ///< content files of the version; inventories are read too
  std::uint64_t bytes = 0;           ///< of the content files
  std::vector<std::string> damaged;  ///< keys whose bytes are not what they should be
};

/// Reads every file that version `version` brought (for the newest version also the files of the
/// object root) past the page cache. `inventory` is that of the version as it was accepted.
ReadBack read_back_version(const Repository& copy, const StoredObject& version,
                           const OnRead& on_read);

}  // namespace anjuan::preservation
