#pragma once
// All that a case is judged by, loaded together: rules, retention schedule, calendar.

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/working_days.h"
#include "preservation/rules/retention.h"
#include "preservation/rules/review_table.h"
#include "preservation/rules/rule_set.h"

namespace anjuan::rules {

struct LawBook {
  std::shared_ptr<const RuleSet> rules;
  RetentionSchedule retention;
  WorkCalendar calendar;
  ReviewTable review;

  /// Of the rules and of the retention schedule.
  std::vector<WeakeningRecord> weakened() const;

  /// The longest hole, in seconds, that a recording may have that must be uninterrupted: the
  /// smallest gap_s of the rules in force; 0 if none names one.
  std::int64_t recording_gap_limit_s() const;

  /// `data` is a home's data/ folder: rules/, retention/ and calendar/ in it come on top of what is
  /// compiled in. Throws Error(kInvalid) with file, line and reason.
  static LawBook load(const std::optional<std::filesystem::path>& data = std::nullopt);
};

}  // namespace anjuan::rules
