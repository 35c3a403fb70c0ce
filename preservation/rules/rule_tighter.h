#pragma once
// Whether a rule of a lower layer asks at least as much as the one that it stands in for.

#include <string>

#include "preservation/rules/rule_set.h"

namespace anjuan::rules {

/// "" if that is proven; else what is weaker or cannot be proven, for a sentence.
std::string weaker_in(const Rule& now, const Rule& before);

}  // namespace anjuan::rules
