#pragma once
// Faults of OCFL objects, one each in an object that has no other, with the codes that the standard
// has for them. What the official test objects hold already is not repeated here.

#include <filesystem>
#include <functional>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "tests/support/ocfl_sketch.h"

namespace anjuan::test {

struct OcflFault {
  std::string name;
  std::set<std::string> codes;                                  ///< in an object of OCFL 1.1
  std::set<std::string> older_codes;                            ///< in one of 1.0; empty = the same
  std::function<void(OcflSketch&)> sketch = {};                 ///< before it is written
  std::function<void(const std::filesystem::path&)> harm = {};  ///< afterwards
};

inline void PrintTo(const OcflFault& fault, std::ostream* out) { *out << fault.name; }

using OcflFaults = std::vector<OcflFault>;

/// Of files and folders: declarations, versions, sidecars, content.
OcflFaults ocfl_disk_faults();
/// Of what the inventories say.
OcflFaults ocfl_inventory_faults();

}  // namespace anjuan::test
