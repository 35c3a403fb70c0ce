#pragma once
// Conditions of triggers and of retention lines: key = value, or key in a list of values.

#include <vector>

#include "core/json.h"
#include "preservation/rules/data_reader.h"
#include "preservation/rules/key_names.h"
#include "preservation/rules/rule_set.h"

namespace anjuan::rules {

/// All of them. A missing key holds only where `false` is asked.
bool holds(const std::vector<Condition>& where, const Json& object);

/// Of {"type": "行政处罚", "outcome_in": ["受理", "不予受理"]}. Throws Error(kInvalid) for a key
/// that is not known, and for a value that the key cannot have. Sorted by key.
std::vector<Condition> read_conditions(const DataReader& reader, const Json& object, KeyHome home,
                                       const KeyNames& names);

/// The inverse, in one form for equal conditions.
Json conditions_json(const std::vector<Condition>& where);

/// True if every object that meets `before` meets `now`.
bool is_wider(const std::vector<Condition>& now, const std::vector<Condition>& before);

}  // namespace anjuan::rules
