#pragma once
// The words of a result: object, facts, what the rule says, article with its quote, next step.

#include <string>

#include "preservation/rules/operator.h"

namespace anjuan::rules {

/// Puts message, fact and next step into `result`, whose object name is there already.
void word_result(const Words& words, const Rule& rule, const Outcome& outcome, RuleResult& result);

}  // namespace anjuan::rules
