#pragma once
// The one written form of a rule set: equal rules, equal bytes, whatever files they came from.

#include <string>
#include <vector>

#include "preservation/rules/rule_loader.h"
#include "preservation/rules/rule_set.h"

namespace anjuan::rules {

/// A rule file with "layer": "in_force": keys and rules sorted, no white space between tokens.
/// `sources` are sorted.
std::string canonical_rules(const std::vector<RuleSource>& sources, const NamedLists& lists,
                            const std::vector<WeakeningRecord>& weakened,
                            const std::vector<Rule>& rules);

}  // namespace anjuan::rules
