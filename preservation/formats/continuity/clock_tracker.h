#pragma once
// The clock over a span: every change of the seconds digit to one picture, every second read.

#include <vector>

#include "preservation/formats/continuity/clock_line.h"
#include "preservation/formats/continuity/span.h"

namespace anjuan::formats {

/// Pictures [first, end) that show one digit; -1 = none that is known.
struct DigitRun {
  std::size_t first = 0;
  std::size_t end = 0;
  int digit = -1;
  std::optional<std::int64_t> reading;
};

/// The likeliest row of digits: changes are paid for, so that one unclear picture makes none.
std::vector<DigitRun> digit_runs(const Span& span, const ClockFace& face);

/// Adds what the span shows to `clock` (readings, counts), and "clock_stands" to `events`.
void track_clock(const Span& span, const std::vector<DigitRun>& runs, double picture_s,
                 ClockView& clock, std::vector<StreamEvent>& events);

/// How the picture goes on at each break of the clock's line inside the span.
std::vector<PictureAt> look_at_breaks(const Span& span, const std::vector<DigitRun>& runs,
                                      const std::vector<ClockReading>& readings,
                                      const LineRules& rules, double picture_s);

}  // namespace anjuan::formats
