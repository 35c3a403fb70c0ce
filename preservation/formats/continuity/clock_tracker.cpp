#include "preservation/formats/continuity/clock_tracker.h"

#include <cmath>

namespace anjuan::formats {

namespace {

constexpr std::size_t kStates = 11;  ///< ten digits, and "none of them"
constexpr std::size_t kNone = 10;
constexpr double kNextCost = 8;   ///< of going on to the next digit (cost as in Match)
constexpr double kJumpCost = 40;  ///< of any other change
constexpr double kShortestSampled = 0.5;
constexpr double kStandsPictures = 2.5;

using Row = std::array<double, kStates>;

Row costs_of(const ClockFace& face, const Luma& line) {
  Row row{};
  const Backdrop behind = face.backdrop(line, face.seconds_left());
  for (int digit = 0; digit < 10; ++digit) {
    const auto cost = face.glyphs.cost(digit, line, face.seconds_left(), face.top, behind);
    row[static_cast<std::size_t>(digit)] = cost ? *cost : 1e6;
  }
  row[kNone] = face.glyphs.blank_cost(line, face.seconds_left(), face.top, behind);
  return row;
}

double change_cost(std::size_t from, std::size_t to) {
  if (from == to) return 0;
  if (from < 10 && to == (from + 1) % 10) return kNextCost;
  return kJumpCost;
}

std::optional<std::int64_t> read_part(const Span& span, const ClockFace& face, int digit,
                                      std::size_t first, std::size_t end) {
  const Second second = put_together(span.lines, first, end);
  const auto reading = face.read(second.mean, second.at_s);
  return reading && *reading % 10 == digit ? reading : std::nullopt;
}

/// A run of more than a second is believed only if its two halves show the same, and if the next
/// digit would have been known: one that was never learnt can look like the one before it.
void finish_run(std::vector<DigitRun>& runs, const Span& span, const ClockFace& face) {
  constexpr double kLongSeconds = 1.1;
  DigitRun& run = runs.back();
  if (run.digit < 0 || run.end - run.first < 2) return;
  const double lasts = span.lines[run.end - 1].at_s - span.lines[run.first].at_s;
  if (lasts > kLongSeconds) {
    if (!face.glyphs.knows((run.digit + 1) % 10)) return;
    const std::size_t middle = (run.first + run.end) / 2;
    const auto early = read_part(span, face, run.digit, run.first, middle);
    if (!early || early != read_part(span, face, run.digit, middle, run.end)) return;
  }
  run.reading = read_part(span, face, run.digit, run.first, run.end);
}

/// How long the picture stands still in the run.
double still_seconds(const Span& span, const DigitRun& run) {
  constexpr double kStillLevels = 0.255;  // -60 dB
  double still_s = 0;
  for (std::size_t i = run.first + 1; i < run.end; ++i) {
    if (span.pictures[i].moved >= kStillLevels) continue;
    still_s += span.pictures[i].at_s - span.pictures[i - 1].at_s;
  }
  return still_s;
}

}  // namespace

std::vector<DigitRun> digit_runs(const Span& span, const ClockFace& face) {
  std::vector<DigitRun> runs;
  const std::size_t count = span.lines.size();
  if (count == 0) return runs;
  std::vector<std::array<std::uint8_t, kStates>> came_from(count);
  Row best = costs_of(face, span.lines[0].luma);
  for (std::size_t i = 1; i < count; ++i) {
    const Row cost = costs_of(face, span.lines[i].luma);
    Row next{};
    for (std::size_t to = 0; to < kStates; ++to) {
      double least = 1e300;
      for (std::size_t from = 0; from < kStates; ++from) {
        const double sum = best[from] + change_cost(from, to);
        if (sum >= least) continue;
        least = sum;
        came_from[i][to] = static_cast<std::uint8_t>(from);
      }
      next[to] = least + cost[to];
    }
    best = next;
  }
  std::vector<std::size_t> states(count);
  states[count - 1] =
      static_cast<std::size_t>(std::min_element(best.begin(), best.end()) - best.begin());
  for (std::size_t i = count - 1; i > 0; --i) states[i - 1] = came_from[i][states[i]];
  for (std::size_t i = 0; i < count; ++i) {
    if (runs.empty() || states[i] != states[i - 1]) {
      if (!runs.empty()) finish_run(runs, span, face);
      runs.push_back({i, i, states[i] == kNone ? -1 : static_cast<int>(states[i]), std::nullopt});
    }
    runs.back().end = i + 1;
  }
  finish_run(runs, span, face);
  return runs;
}

void track_clock(const Span& span, const std::vector<DigitRun>& runs, double picture_s,
                 ClockView& clock, std::vector<StreamEvent>& events) {
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const DigitRun& run = runs[i];
    const double at_s = span.pictures[run.first].at_s;
    const double until_s = span.pictures[run.end - 1].at_s;
    const bool inner = i > 0 && i + 1 < runs.size();
    const double lasts = until_s - at_s + picture_s;
    if (run.digit >= 0 && lasts > 1 + kStandsPictures * picture_s) {
      if (!run.reading) {
        clock.sampled += static_cast<std::uint32_t>(std::round(lasts));
        continue;
      }
      events.push_back({"clock_stands", at_s, lasts - 1, still_seconds(span, run)});
      continue;
    }
    if (inner && lasts >= kShortestSampled) {
      // Where nothing is legible for long, each second that passes counts as one not read.
      clock.sampled += static_cast<std::uint32_t>(std::max(1.0, std::round(lasts)));
      clock.read += run.reading ? 1U : 0U;
    }
    if (!run.reading || clock.readings.size() >= kReadingsMax) continue;
    const auto value = static_cast<double>(*run.reading);
    ClockReading reading{at_s, until_s, *run.reading, value - at_s, value + 1 - until_s};
    if (i > 0 && runs[i - 1].reading && *runs[i - 1].reading == *run.reading - 1) {
      reading.high_s = std::min(reading.high_s, value - span.pictures[runs[i - 1].end - 1].at_s);
    }
    reading.high_s = std::max(reading.high_s, reading.low_s);
    clock.readings.push_back(reading);
  }
}

namespace {

std::size_t index_at(const Span& span, double at_s) {
  const auto found =
      std::lower_bound(span.pictures.begin(), span.pictures.end(), at_s - 1e-6,
                       [](const Watched& picture, double time) { return picture.at_s < time; });
  return static_cast<std::size_t>(found - span.pictures.begin());
}

/// The picture in (from, to] at which the digit changes out of the rhythm of both lines.
std::optional<std::size_t> odd_change(const Span& span, const std::vector<DigitRun>& runs,
                                      std::size_t from, std::size_t to, double old_offset,
                                      double new_offset, double tolerance) {
  std::optional<std::size_t> found;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    if (runs[i].first <= from || runs[i].first > to) continue;
    // The true change lies between the two pictures.
    const double at_s =
        (span.pictures[runs[i].first].at_s + span.pictures[runs[i].first - 1].at_s) / 2;
    const bool next = runs[i].digit >= 0 && runs[i].digit == (runs[i - 1].digit + 1) % 10;
    const auto off = [&](double offset) {
      return std::abs(std::remainder(at_s + offset, 1.0)) > tolerance;
    };
    if (next && (!off(old_offset) || !off(new_offset))) continue;
    if (found) return std::nullopt;
    found = runs[i].first;
  }
  return found;
}

struct Usual {
  double largest = 0;  ///< difference of neighbours around the window
  double middle = 0;
  double expected = 0;  ///< least difference of pictures `lag` apart, around the window
};

/// Measured on both sides of the window, up to three seconds away.
Usual measure_around(const Span& span, std::size_t from, std::size_t to, std::size_t lag) {
  Usual usual;
  std::vector<double> near;
  std::vector<double> far;
  constexpr std::size_t kReach = 75;
  const auto side = [&](std::size_t first, std::size_t end) {
    for (std::size_t i = first; i + 1 < end; ++i) near.push_back(apart(span, i, i + 1));
    const std::size_t distance = std::min(lag, end - first > 1 ? (end - first) / 2 : 0);
    if (distance < 1) return;
    for (std::size_t i = first; i + distance < end; ++i)
      far.push_back(apart(span, i, i + distance));
  };
  side(from > kReach ? from - kReach : 0, from);
  side(to + 1, std::min(span.pictures.size(), to + 1 + kReach));
  std::sort(near.begin(), near.end());
  std::sort(far.begin(), far.end());
  if (!near.empty()) {
    usual.largest = near[near.size() * 19 / 20];
    usual.middle = near[near.size() / 2];
  }
  if (!far.empty()) usual.expected = far[far.size() / 10];
  return usual;
}

/// Continuous only where a jump of that length would have shown.
PictureFlow flow_of(double measured, const Usual& usual) {
  constexpr double kNoise = 0.6;  ///< grey levels that compression alone makes
  if (measured > 2 * usual.largest + kNoise) return PictureFlow::kBroken;
  const bool would_show = usual.expected > 2 * std::max(usual.largest, measured) + kNoise;
  return would_show && measured <= 1.5 * usual.largest + kNoise ? PictureFlow::kContinuous
                                                                : PictureFlow::kUnknown;
}

}  // namespace

std::vector<PictureAt> look_at_breaks(const Span& span, const std::vector<DigitRun>& runs,
                                      const std::vector<ClockReading>& readings,
                                      const LineRules& rules, double picture_s) {
  std::vector<PictureAt> found;
  const auto lines = lines_of(readings, rules);
  const auto steps = steps_of(lines, rules);
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const ClockStep& step = steps[s];
    // The last reading of the old line may itself begin with the break, if that falls on a tick.
    const std::size_t begin = index_at(span, readings[step.before].at_s);
    const std::size_t from = begin > 0 ? begin - 1 : 0;
    const std::size_t to = index_at(span, readings[step.after].at_s);
    if (to >= span.pictures.size() || from >= to) continue;
    const double old_offset = (lines[s].last_low_s + lines[s].last_high_s) / 2;
    const double new_offset = (lines[s + 1].first_low_s + lines[s + 1].first_high_s) / 2;
    const double pictures = std::abs(step.step_s) / picture_s;
    const auto lag = static_cast<std::size_t>(std::clamp(std::round(pictures), 1.0, 60.0)) + 1;
    const Usual usual = measure_around(span, from, to, lag);
    std::size_t place = from + 1;
    for (std::size_t i = from + 1; i <= to; ++i) {
      if (apart(span, i - 1, i) > apart(span, place - 1, place)) place = i;
    }
    const double measured = apart(span, place - 1, place);
    const PictureFlow flow = flow_of(measured, usual);
    if (flow != PictureFlow::kBroken) {
      const auto odd = odd_change(span, runs, from, to, old_offset, new_offset, picture_s * 1.2);
      if (odd) place = *odd;
    }
    PictureAt at;
    at.before_s = span.pictures[place - 1].at_s;
    at.at_s = span.pictures[place].at_s;
    at.from_s = span.pictures[from].at_s;
    at.to_s = span.pictures[to].at_s;
    at.measured = measured;
    at.usual = usual.middle;
    at.expected = usual.expected;
    at.flow = flow;
    found.push_back(at);
  }
  return found;
}

}  // namespace anjuan::formats
