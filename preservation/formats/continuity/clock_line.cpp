#include "preservation/formats/continuity/clock_line.h"

#include <cmath>

namespace anjuan::formats {

namespace {

constexpr double kDaySeconds = 86400;
constexpr double kSlopeShortestSeconds = 300;

/// The offset of a line while it grows: an interval that every reading narrows and time widens.
struct Growing {
  ClockLine line;
  double low = 0;
  double high = 0;
  double at_s = 0;
  std::int64_t shows = 0;  ///< by the last reading
};

double wrapped(double difference, const LineRules& rules) {
  if (!rules.wraps_daily) return difference;
  return difference - kDaySeconds * std::round(difference / kDaySeconds);
}

Growing begin(const ClockReading& reading, std::size_t index) {
  Growing growing;
  growing.line = {index, index, 1, reading.low_s, reading.high_s, reading.low_s, reading.high_s};
  growing.low = reading.low_s;
  growing.high = reading.high_s;
  growing.at_s = reading.at_s;
  growing.shows = reading.reading;
  return growing;
}

/// Takes the reading into the line if it agrees. Past readings count less as the clock drifts.
bool grow(Growing& growing, const ClockReading& reading, std::size_t index,
          const LineRules& rules) {
  const double middle = (growing.low + growing.high) / 2;
  const double own = (reading.low_s + reading.high_s) / 2;
  const double shift = own - middle - wrapped(own - middle, rules);  // whole days
  const double low = reading.low_s - shift;
  const double high = reading.high_s - shift;
  const double widen = std::abs(reading.at_s - growing.at_s) * rules.drift;
  const double known_low = growing.low - widen;
  const double known_high = growing.high + widen;
  if (low > known_high + rules.jitter_s || high < known_low - rules.jitter_s) return false;
  growing.low = std::max(low, known_low);
  growing.high = std::min(high, known_high);
  if (growing.low > growing.high) {  // Within the jitter: between the two.
    std::swap(growing.low, growing.high);
  }
  growing.at_s = reading.at_s;
  growing.line.last = index;
  if (reading.reading != growing.shows) ++growing.line.count;  // Parts of one second are one.
  growing.shows = reading.reading;
  growing.line.last_low_s = growing.low;
  growing.line.last_high_s = growing.high;
  return true;
}

/// The offset at a line's beginning is narrowed by its later readings too: runs it backwards.
void settle_beginning(ClockLine& line, const std::vector<ClockReading>& readings,
                      const std::vector<std::size_t>& members, const LineRules& rules) {
  constexpr std::size_t kBack = 60;
  const std::size_t count = std::min(kBack, members.size());
  Growing growing = begin(readings[members[count - 1]], members[count - 1]);
  for (std::size_t i = count - 1; i-- > 0;) grow(growing, readings[members[i]], members[i], rules);
  line.first_low_s = growing.low;
  line.first_high_s = growing.high;
}

/// One second alone at either end is believed too if it is whole and does not keep the rhythm of
/// the line beside it, whose offset is given: a misread digit errs by whole seconds.
bool stands_alone(const ClockReading& lone, double low_s, double high_s, const LineRules& rules) {
  constexpr double kApart = 4;  ///< times the jitter
  const double width = lone.high_s - lone.low_s;
  if (width > kApart * rules.jitter_s) return false;
  const double off = (lone.low_s + lone.high_s - low_s - high_s) / 2;
  const double unsure = (width + high_s - low_s) / 2;
  return std::abs(std::remainder(off, 1.0)) > kApart * rules.jitter_s + unsure;
}

}  // namespace

std::vector<ClockLine> lines_of(const std::vector<ClockReading>& readings, const LineRules& rules) {
  std::vector<ClockLine> lines;
  std::vector<std::size_t> members;
  std::vector<std::size_t> waiting;
  std::optional<Growing> current;
  std::optional<Growing> pending;
  std::optional<ClockLine> lone_first;
  const auto close = [&] {
    if (!current) return;
    if (current->line.count < rules.readings_min) {
      if (lines.empty()) lone_first = current->line;
      return;
    }
    const ClockReading& first = readings[current->line.first];
    if (readings[current->line.last].until_s - first.at_s < rules.shortest_s) return;
    settle_beginning(current->line, readings, members, rules);
    lines.push_back(current->line);
  };
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (current && grow(*current, readings[i], i, rules)) {
      members.push_back(i);
      pending.reset();
      continue;
    }
    if (pending && grow(*pending, readings[i], i, rules)) {
      waiting.push_back(i);
    } else {
      pending = begin(readings[i], i);
      waiting = {i};
    }
    if (!current || pending->line.count >= rules.readings_min) {
      close();
      current = std::exchange(pending, std::nullopt);
      members = std::move(waiting);
      waiting.clear();
    }
  }
  close();
  if (lines.empty()) return lines;
  const ClockLine& front = lines.front();
  const ClockLine& back = lines.back();
  const bool begins = lone_first && stands_alone(readings[lone_first->first], front.first_low_s,
                                                 front.first_high_s, rules);
  const bool ends = pending && stands_alone(readings[pending->line.first], back.last_low_s,
                                            back.last_high_s, rules);
  if (ends) lines.push_back(pending->line);
  if (begins) lines.insert(lines.begin(), *lone_first);
  return lines;
}

std::vector<ClockStep> steps_of(const std::vector<ClockLine>& lines, const LineRules& rules) {
  std::vector<ClockStep> steps;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const ClockLine& a = lines[i - 1];
    const ClockLine& b = lines[i];
    const double step = (b.first_low_s + b.first_high_s) / 2 - (a.last_low_s + a.last_high_s) / 2;
    const double width = (b.first_high_s - b.first_low_s + a.last_high_s - a.last_low_s) / 2;
    steps.push_back({a.last, b.first, wrapped(step, rules), width});
  }
  return steps;
}

double slope_of(const std::vector<ClockReading>& readings, const ClockLine& line) {
  const ClockReading& first = readings[line.first];
  const ClockReading& last = readings[line.last];
  if (last.at_s - first.at_s < kSlopeShortestSeconds) return 0;
  // The steepest and the flattest line through all intervals: what lies between is possible.
  double lowest = -1;
  double highest = 1;
  for (std::size_t i = line.first; i <= line.last; ++i) {
    const double time = readings[i].at_s - first.at_s;
    if (time < kSlopeShortestSeconds) continue;
    lowest = std::max(lowest, (readings[i].low_s - first.high_s) / time);
    highest = std::min(highest, (readings[i].high_s - first.low_s) / time);
  }
  if (lowest > highest) return 0;
  return lowest > 0 ? lowest : highest < 0 ? highest : 0;
}

LineRules line_rules(const SegmentObservation& observation) {
  LineRules rules;
  if (observation.video) rules.jitter_s = 0.6 * observation.video->picture_s;
  rules.wraps_daily = !observation.clock.has_date;
  return rules;
}

}  // namespace anjuan::formats
