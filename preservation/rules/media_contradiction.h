#pragma once
// A recording whose declaration says other than its media: a finding of its own, of no rule.

#include <optional>

#include "preservation/rules/case_facts.h"
#include "preservation/rules/wording.h"

namespace anjuan::rules {

/// Declared and measured times, or lengths, that differ by no more than this are one.
inline constexpr std::chrono::seconds kMediaTolerance{2};

/// kError where the declaration says uninterrupted and the media do not, else kWarn.
std::optional<RuleResult> media_contradiction(const CaseFacts& facts, const Words& words,
                                              const Item& recording);

}  // namespace anjuan::rules
