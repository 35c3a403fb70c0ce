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
      for (int x = 0; x < plateaus.columns(); ++x)
        counts[i] += plateaus.count(x, y, i) > 0 ? 1U : 0U;
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

/// How often a pixel changed at ticks, and how often at other times.
struct Changes {
  unsigned at_ticks = 0;
  unsigned elsewhere = 0;
};

Changes changes_of(const Plateaus& plateaus, const std::vector<bool>& near_tick, int x, int y) {
  Changes changes;
  bool counted = false;
  for (std::size_t i = 0; i < near_tick.size(); ++i) {
    if (!near_tick[i]) counted = false;
    if (plateaus.count(x, y, i) == 0) continue;
    if (!near_tick[i]) {
      ++changes.elsewhere;
    } else if (!counted) {
      ++changes.at_ticks;
      counted = true;
    }
  }
  return changes;
}

/// The box of pixels that changed at several ticks, and seldom at other times.
Rect changing_box(const Plateaus& plateaus, const std::vector<std::size_t>& ticks) {
  const auto need =
      static_cast<unsigned>(std::max<std::size_t>(ticks.size() >= 5 ? 2 : 1, ticks.size() / 4));
  std::vector<bool> near_tick(plateaus.pictures());
  for (const std::size_t tick : ticks) {
    for (std::size_t i = tick > 0 ? tick - 1 : 0; i <= std::min(tick + 1, near_tick.size() - 1);
         ++i) {
      near_tick[i] = true;
    }
  }
  std::vector<unsigned> in_column(static_cast<std::size_t>(plateaus.columns()));
  std::vector<unsigned> in_row(static_cast<std::size_t>(plateaus.rows()));
  for (int y = 0; y < plateaus.rows(); ++y) {
    for (int x = 0; x < plateaus.columns(); ++x) {
      const Changes changes = changes_of(plateaus, near_tick, x, y);
      if (changes.at_ticks < need || changes.elsewhere * 2 > changes.at_ticks) continue;
      ++in_column[static_cast<std::size_t>(x)];
      ++in_row[static_cast<std::size_t>(y)];
    }
  }
  // The run of the profile that holds its peak; a digit has no empty row or column inside.
  const auto ends = [](const std::vector<unsigned>& profile) {
    const auto peak = std::max_element(profile.begin(), profile.end());
    const unsigned least = std::max(1U, *peak / 8);
    int first = static_cast<int>(peak - profile.begin());
    int last = first;
    const auto holds = [&](int at) {
      return at >= 0 && at < static_cast<int>(profile.size()) &&
             profile[static_cast<std::size_t>(at)] >= least;
    };
    while (holds(first - 1) || holds(first - 2)) --first;
    while (holds(last + 1) || holds(last + 2)) ++last;
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
    second.deviation.pixels[p] =
        static_cast<std::uint8_t>(std::min(std::sqrt(variance) + 0.5, 255.0));
  }
  return second;
}

namespace {

Plateaus plateaus_of(const std::vector<Strip>& strips, const Rect& area) {
  Plateaus plateaus(area.width, area.height, 1);
  for (const Strip& strip : strips) plateaus.add(cropped(strip.luma, area), strip.at_s);
  plateaus.finish();
  return plateaus;
}

/// Two changes within three pictures count as one: what stands next to a tick may show another
/// digit, and is left out of the mean.
Second second_of(const std::vector<Strip>& strips, std::size_t from, std::size_t to) {
  constexpr std::size_t kLeftOut = 2;
  constexpr std::size_t kMeanMin = 6;  ///< pictures that must remain
  const bool is_long = to - from >= kMeanMin + 2 * kLeftOut;
  Second second =
      put_together(strips, from + (is_long ? kLeftOut - 1 : 0),  // leaves out one itself
                   to - (is_long ? kLeftOut : 0));
  second.first = from;
  second.end = to;
  second.at_s = strips[from].at_s;
  return second;
}

}  // namespace

std::optional<Rhythm> find_rhythm(const std::vector<Strip>& strips, const Rect& rough) {
  if (strips.size() < 8) return std::nullopt;
  const Plateaus plateaus = plateaus_of(strips, rough);
  const auto counts = counts_of(plateaus);
  const double window_s = strips.back().at_s - strips.front().at_s;
  const auto ticks = ticks_of(counts, tick_threshold(counts, window_s));
  if (ticks.size() < 3) return std::nullopt;
  Rhythm rhythm;
  // The finder's cells may hold a part of the digit only: the rest changes at the same pictures.
  const int around = rough.height;
  const Rect wide = clipped({rough.left - around, rough.top - around, rough.width + 2 * around,
                             rough.height + 2 * around},
                            strips.front().luma.width, strips.front().luma.height);
  rhythm.place = changing_box(plateaus_of(strips, wide), ticks);
  if (rhythm.place.width < 3 || rhythm.place.height < 6) return std::nullopt;
  rhythm.place.left += wide.left;
  rhythm.place.top += wide.top;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= ticks.size(); ++i) {
    const std::size_t to = i < ticks.size() ? ticks[i] : strips.size();
    const double lasts =
        strips[to - 1].at_s - strips[from].at_s + window_s / static_cast<double>(strips.size());
    const bool whole = i > 0 && i < ticks.size();
    if (to - from >= 3 && lasts <= kLongestSecond && (!whole || lasts >= kShortestSecond)) {
      rhythm.seconds.push_back(second_of(strips, from, to));
      rhythm.seconds.back().begins_at_tick = i > 0;
    }
    from = to;
  }
  return rhythm;
}

}  // namespace anjuan::formats
