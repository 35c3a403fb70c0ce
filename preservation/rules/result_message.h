#pragma once
// One sentence for a result: object, facts, what the rule says, article with its quote, next step.

#include <string>

#include "preservation/rules/operator.h"

namespace anjuan::rules {

std::string message_of(const Words& words, const Rule& rule, const std::string& object_name,
                       const Outcome& outcome);

}  // namespace anjuan::rules
