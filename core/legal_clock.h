#pragma once
// A statutory clock that may stand still, start anew and be extended: 政府信息公开条例 Art. 30, 33.
//
// - A pause is the time of asking third parties and other organs (Art. 33(3)). Like any period it
//   begins with the day after: the day on which it is asked still counts, the day on which the
//   answer comes does not. Hours stand still to the minute.
// - After a request to supplement, the clock starts anew with the supplemented application
//   (Art. 30); what ran and paused before is of no account.
// - An extension counts only if it was decided before the period ran out (Art. 33(2)).
// What cannot be read so is told as a problem, never guessed and never thrown.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/working_days.h"

namespace anjuan {

struct ClockPause {
  Instant from;
  std::optional<Instant> until;  ///< absent = still paused
  std::string reason;            ///< "征求第三方意见"
};

struct ClockExtension {
  Instant decided;
  std::int64_t count = 0;  ///< further units
  std::string reason;      ///< "经本机关负责人同意"
};

struct LegalClock {
  Instant from;
  std::int64_t count = 0;
  TimeUnit unit = TimeUnit::kWorkday;
  std::optional<Instant> restarted{};
  std::vector<ClockPause> pauses{};
  std::vector<ClockExtension> extensions{};
};

struct ClockInterval {
  Instant from;
  std::optional<Instant> until;  ///< absent = goes on
  bool is_running = true;
  std::string reason;  ///< of a pause

  bool operator==(const ClockInterval&) const = default;
};

struct ClockReading {
  /// Absent while it stands still, and where there are problems.
  std::optional<DueDate> due;
  bool is_paused = false;
  std::int64_t counted = 0;  ///< units that have run when it stands still, else all
  std::int64_t count = 0;    ///< units with all extensions
  std::vector<ClockInterval> intervals;
  std::vector<std::string> lines;     ///< the calculation in the current language
  std::vector<std::string> remarks;   ///< sentences: what had no effect
  std::vector<std::string> problems;  ///< sentences: why the clock cannot be read
};

/// More than any application has; beyond them the clock has a problem.
inline constexpr std::size_t kClockPausesMax = 1000;
inline constexpr std::size_t kClockExtensionsMax = 10;

ClockReading read_clock(const LegalClock& clock, const WorkCalendar& calendar);

}  // namespace anjuan
