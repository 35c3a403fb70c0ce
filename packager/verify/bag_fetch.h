#pragma once
// fetch.txt: payload files that a bag leaves to be fetched (RFC 8493, 2.2.3). Nothing here is ever
// fetched.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "packager/verify/bag_declaration.h"

namespace anjuan::packager {

inline constexpr std::string_view kFetchFile = "fetch.txt";

struct FetchEntry {
  std::string path;                    ///< as read_bag_path() gives it
  std::optional<std::uint64_t> bytes;  ///< nothing for "-"
  std::uint64_t line = 0;
};

/// In byte order of their paths. Lines that are no entries are reported (BAG-FETCH), and paths that
/// leave the bag (BAG-PATH) or its payload (BAG-SCOPE).
std::vector<FetchEntry> read_fetch(std::string_view text, BagRules rules, FindingSink& findings);

}  // namespace anjuan::packager
