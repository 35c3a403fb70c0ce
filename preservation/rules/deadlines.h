#pragma once
// What the operators with a period share: the period in a rule, whether it was kept, and the open
// deadline where it still runs.

#include "preservation/rules/operator.h"

namespace anjuan::rules {

struct Period {
  std::int64_t count = 0;
  TimeUnit unit = TimeUnit::kDay;
};

/// `max` and `unit` of a rule.
Period period_of(const Json& parameters, std::string_view key = "max");

/// Passed if done by the due instant, else failed with both dates and how much too late.
Outcome kept(const Scene& scene, Instant done, const DueDate& due, const std::string& what);

Deadline open_deadline(const Scene& scene, const std::string& what, Instant from,
                       const DueDate& due);

/// Failed because `missing`, with the deadline that is open.
Outcome still_open(const Scene& scene, const std::string& missing, const std::string& what,
                   Instant from, const DueDate& due);

}  // namespace anjuan::rules
