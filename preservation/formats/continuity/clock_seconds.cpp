#include "preservation/formats/continuity/clock_seconds.h"

#include <cmath>

#include "preservation/formats/continuity/clock_finder.h"
#include "preservation/formats/continuity/plateaus.h"

namespace anjuan::formats {

namespace {

constexpr double kShortestSecond = 0.5;
constexpr double kLongestSecond = 1.3;
constexpr double kTickLevel = 0.25;  ///< of the usual peak

std::vector<unsigned> counts_of(const Plateaus& plateaus) {
  std::vector<unsigned> counts(plateaus.pictures());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (int y = 0; y < plateaus.rows(); ++y) {
      for (int x = 0; x < plateaus.columns(); ++x) counts[i] += plateaus.count(x, y, i) > 0 ? 1U : 0U;
    }
  }
  return counts;
}

/// A quarter of what a tick usually changes.
unsigned tick_threshold(std::vector<unsigned> counts, double window_s) {
  std::sort(counts.rbegin(), counts.rend());
  const auto usual = static_cast<std::size_t>(std::max(1.0, window_s / 2));
  const unsigned peak = counts[std::min(usual, counts.size() - 1)];
  return std::max(6U, static_cast<unsigned>(kTickLevel * peak));
}

/// The box of pixels that changed at several ticks.
Rect changing_box(const Plateaus& plateaus, const std::vector<std::size_t>& ticks) {
  const unsigned need = ticks.size() >= 9 ? 3 : ticks.size() >= 5 ? 2 : 1;
  std::vector<unsigned> in_column(static_cast<std::size_t>(plateaus.columns()));
  std::vector<unsigned> in_row(static_cast<std::size_t>(plateaus.rows()));
  for (int y = 0; y < plateaus.rows(); ++y) {
    for (int x = 0; x < plateaus.columns(); ++x) {
      unsigned changes = 0;
      for (const std::size_t tick : ticks) {
        const std::size_t last = std::min(tick + 1, plateaus.pictures() - 1);
        bool changed = false;
        for (std::size_t i = tick > 0 ? tick - 1 : 0; i <= last; ++i) {
          changed = changed || plateaus.count(x, y, i) > 0;
        }
        changes += changed ? 1U : 0U;
      }
      if (changes < need) continue;
      ++in_column[static_cast<std::size_t>(x)];
      ++in_row[static_cast<std::size_t>(y)];
    }
  }
  const auto ends = [](const std::vector<unsigned>& profile) {
    int first = -1;
    int last = -2;
    for (std::size_t i = 0; i < profile.size(); ++i) {
      if (profile[i] < 2) continue;
      if (first < 0) first = static_cast<int>(i);
      last = static_cast<int>(i);
    }
    return std::pair{first, last};
  };
  const auto [left, right] = ends(in_column);
  const auto [top, bottom] = ends(in_row);
  return {left, top, right - left + 1, bottom - top + 1};
}

}  // namespace

Second put_together(const std::vector<Strip>& strips, std::size_t first, std::size_t end) {
  Second second;
  second.first = first;
  second.end = end;
  second.at_s = strips[first].at_s;
  // The first picture after a change is often not sharp yet.
  const std::size_t from = end - first >= 5 ? first + 1 : first;
  const Luma& shape = strips[first].luma;
  std::vector<std::uint32_t> sum(shape.pixels.size());
  std::vector<std::uint32_t> squares(shape.pixels.size());
  for (std::size_t i = from; i < end; ++i) {
    const std::uint8_t* value = strips[i].luma.pixels.data();
    for (std::size_t p = 0; p < sum.size(); ++p) {
      sum[p] += value[p];
      squares[p] += static_cast<std::uint32_t>(value[p]) * value[p];
    }
  }
  const auto count = static_cast<double>(end - from);
  second.mean = Luma(shape.width, shape.height);
  second.deviation = Luma(shape.width, shape.height);
  for (std::size_t p = 0; p < sum.size(); ++p) {
    const double level = sum[p] / count;
    const double variance = std::max(0.0, squares[p] / count - level * level);
    second.mean.pixels[p] = static_cast<std::uint8_t>(std::min(level + 0.5, 255.0));
    second.deviation.pixels[p] = static_cast<std::uint8_t>(std::min(std::sqrt(variance) + 0.5, 255.0));
  }
  return second;
}

std::optional<Rhythm> find_rhythm(const std::vector<Strip>& strips, const Rect& rough) {
  if (strips.size() < 8) return std::nullopt;
  Plateaus plateaus(rough.width, rough.height, 1);
  for (const Strip& strip : strips) plateaus.add(cropped(strip.luma, rough), strip.at_s);
  plateaus.finish();
  const auto counts = counts_of(plateaus);
  const double window_s = strips.back().at_s - strips.front().at_s;
  const auto ticks = ticks_of(counts, tick_threshold(counts, window_s));
  if (ticks.size() < 3) return std::nullopt;
  Rhythm rhythm;
  rhythm.place = changing_box(plateaus, ticks);
  if (rhythm.place.width < 3 || rhythm.place.height < 6) return std::nullopt;
  rhythm.place.left += rough.left;
  rhythm.place.top += rough.top;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= ticks.size(); ++i) {
    const std::size_t to = i < ticks.size() ? ticks[i] : strips.size();
    const double lasts =
        strips[to - 1].at_s - strips[from].at_s + window_s / static_cast<double>(strips.size());
    const bool whole = i > 0 && i < ticks.size();
    if (to - from >= 3 && lasts <= kLongestSecond && (!whole || lasts >= kShortestSecond)) {
      rhythm.seconds.push_back(put_together(strips, from, to));
      rhythm.seconds.back().begins_at_tick = i > 0;
    }
    from = to;
  }
  return rhythm;
}

}  // namespace anjuan::formats
