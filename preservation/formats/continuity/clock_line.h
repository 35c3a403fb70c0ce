#pragma once
// Readings of a clock joined to lines: as long as nothing is missing, clock minus time stamp is one
// number. Where it changes, a new line begins. Pure: the observer and the judge both use it.

#include <vector>

#include "preservation/formats/continuity/observation.h"

namespace anjuan::formats {

struct LineRules {
  double jitter_s = 0.02;        ///< two readings so far apart still agree
  double drift = 200e-6;         ///< of a cheap oscillator
  std::size_t readings_min = 2;  ///< different seconds: fewer are outliers, not a line
  double shortest_s = 1;         ///< what lasts less may be two parts misread alike
  bool wraps_daily = false;      ///< the clock shows no date
};

struct ClockLine {
  std::size_t first = 0;  ///< index of its first and last reading
  std::size_t last = 0;
  std::size_t count = 0;   ///< of different seconds
  double first_low_s = 0;  ///< offset at its beginning
  double first_high_s = 0;
  double last_low_s = 0;  ///< and at its end (they differ by drift)
  double last_high_s = 0;
};

struct ClockStep {
  std::size_t before = 0;  ///< index of the last reading of the old line
  std::size_t after = 0;   ///< of the first reading of the new one
  double step_s = 0;       ///< by how much the clock ran ahead of the time stamps
  double error_s = 0;      ///< half the width of what is possible
};

/// Lines in order of time; readings that fit none are left out.
std::vector<ClockLine> lines_of(const std::vector<ClockReading>& readings, const LineRules& rules);

std::vector<ClockStep> steps_of(const std::vector<ClockLine>& lines, const LineRules& rules);

/// Drift of the longest line in parts of one, by a robust fit; 0 where it is too short to say.
double slope_of(const std::vector<ClockReading>& readings, const ClockLine& line);

/// How the clock's lines are drawn for this recording.
LineRules line_rules(const SegmentObservation& observation);

}  // namespace anjuan::formats
