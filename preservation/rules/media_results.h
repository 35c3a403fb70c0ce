#pragma once
// What the media of a recording say for themselves: findings of their own, of no rule.

#include <vector>

#include "preservation/rules/case_facts.h"
#include "preservation/rules/wording.h"

namespace anjuan::rules {

/// Declared and measured times, or lengths, that differ by no more than this are one.
inline constexpr std::chrono::seconds kMediaTolerance{2};

/// kMediaUnreadable (error); kMediaContradiction: error where the declaration says uninterrupted
/// and the media do not, else warn; kMediaContinuity: the verdict where it has a reservation or
/// asks for an explanation, which a person must see (needs_person).
std::vector<RuleResult> media_results(const CaseFacts& facts, const Words& words,
                                      const Item& recording);

}  // namespace anjuan::rules
