#pragma once
// All that a case is judged by, loaded together: rules, retention schedule, calendar, holds.

#include <filesystem>
#include <memory>
#include <optional>

#include "core/working_days.h"
#include "preservation/rules/holds.h"
#include "preservation/rules/retention.h"
#include "preservation/rules/rule_set.h"

namespace anjuan::rules {

struct LawBook {
  std::shared_ptr<const RuleSet> rules;
  RetentionSchedule retention;
  WorkCalendar calendar;
  HoldBook holds = {};

  /// `data` is a home's data/ folder: rules/, retention/ and calendar/ in it come on top of what is
  /// compiled in, holds/ are its own. Throws Error(kInvalid) with file, line and reason.
  static LawBook load(const std::optional<std::filesystem::path>& data = std::nullopt);
};

}  // namespace anjuan::rules
