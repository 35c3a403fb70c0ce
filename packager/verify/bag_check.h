#pragma once
// Is this bag complete and valid? BagIt 0.93 to 1.0 (RFC 8493, 3); docs/formats/bagit.md has all
// codes.

#include <cstdint>
#include <string>

#include "packager/verify/bag_files.h"

namespace anjuan::packager {

struct BagSummary {
  std::string label;                 ///< External-Identifier of bag-info.txt, or ""
  std::uint64_t files_expected = 0;  ///< that manifests list
  std::uint64_t files_checked = 0;   ///< of them, with a digest compared
  std::uint64_t bytes_checked = 0;
};

/// Reports everything that is wrong. The cheap checks come first, then each listed file is read
/// once, for all algorithms that list it.
BagSummary check_bag(const BagFiles& bag, FindingSink& findings);

}  // namespace anjuan::packager
