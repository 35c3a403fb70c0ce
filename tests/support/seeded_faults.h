#pragma once
// AIPs with one fault each: a mutant of a valid package for every MUST of CSIP and AIP 2.2.0 that a
// single package can break, to hold against any validator.

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/support/aip_folder.h"

namespace anjuan::test {

struct SeededFault {
  std::string id;    ///< requirement that is broken
  std::string name;  ///< how, as one word
  std::function<void(const AipFolder&)> harm;
  /// What breaks with it; XSD is our own schema, which is stricter than the requirements.
  std::set<std::string> also;
};

std::vector<SeededFault> seeded_faults();

}  // namespace anjuan::test
