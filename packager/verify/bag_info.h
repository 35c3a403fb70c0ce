#pragma once
// bag-info.txt: what the sender says of a bag, and Payload-Oxum, its cheap check (RFC 8493, 2.2.2).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "packager/verify/bag_declaration.h"

namespace anjuan::packager {

struct BagInfoElement {
  std::string label;
  std::string value;
  std::uint64_t line = 0;
};

struct BagInfo {
  std::string file;  ///< "bag-info.txt", or "package-info.txt" before 0.95
  std::vector<BagInfoElement> elements;

  /// The first value of the label in any case, or "".
  std::string value_of(std::string_view label) const;
};

/// Reads the text of `file`; what is no element is reported as BAG-INFO.
BagInfo read_bag_info(const std::string& file, std::string_view text, BagRules rules,
                      FindingSink& findings);

struct Oxum {
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;

  bool operator==(const Oxum&) const = default;
};

/// Compares each Payload-Oxum with the payload on the disk, before a byte of it is read (BAG-OXUM).
void check_oxum(const BagInfo& info, const Oxum& payload, BagRules rules, FindingSink& findings);

}  // namespace anjuan::packager
