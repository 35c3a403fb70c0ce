#pragma once
// Walks over the days of a period and writes down how each is counted. Used by due_date() and by
// legal clocks, which also stand still.

#include <string>
#include <vector>

#include "core/working_days.h"

namespace anjuan {

/// Days after `after`, up to and including `until`, that are not counted.
struct PausedDays {
  Day after;
  Day until;
  std::string reason;
};

/// A period in days or working days, as of due_date(). `pauses` are sorted and do not overlap.
DueDate walk_days(Instant from, std::int64_t count, TimeUnit unit, const WorkCalendar& calendar,
                  const std::vector<PausedDays>& pauses = {});

/// Marks a result whose days after the start, up to the due day, are not all known.
void mark_provisional(DueDate& due, const WorkCalendar& calendar);

/// True for the years 0 to 9999 and the days beside them: all that parse_instant() reads.
bool is_countable(Instant from);
/// Throws Error(kUsage) for what due_date() does not count.
void require_countable(Instant from, std::int64_t count);

}  // namespace anjuan
