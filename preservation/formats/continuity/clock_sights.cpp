#include "preservation/formats/continuity/clock_sights.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace anjuan::formats {

namespace {

constexpr int kDigitPixelsMin = 12;  ///< in lower ones a 5 and a 6 differ by a stroke
constexpr double kPairPart = 1.1;    ///< wider than any digit alone

std::uint8_t percentile(std::vector<std::uint8_t> values, double part) {
  const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

/// The usual level around the digit, between its outline and what moves behind it.
double level_around(const std::vector<Second>& seconds, const Rect& place) {
  std::vector<std::uint8_t> around;
  for (const Second& second : seconds) {
    const Rect area = clipped({place.left - place.height, place.top - place.height / 2,
                               place.width + 2 * place.height, 2 * place.height},
                              second.mean.width, second.mean.height);
    for (int y = area.top; y < area.bottom(); ++y) {
      const std::uint8_t* row = second.mean.row(y);
      around.insert(around.end(), row + area.left, row + area.right());
    }
  }
  return around.empty() ? 0 : percentile(std::move(around), 0.5);
}

using Inks = std::vector<Ink>;

Rect with_outline(const Rect& box, const Rhythm& rhythm) {
  constexpr int kOutline = 3;
  const Luma& shape = rhythm.seconds.front().mean;
  return clipped({box.left - kOutline, box.top - kOutline, box.width + 2 * kOutline,
                  box.height + 2 * kOutline},
                 shape.width, shape.height);
}

/// Measured at the digit `place` over all seconds; one for bright and one for dark letters.
Inks ink_levels(const std::vector<Second>& seconds, const Rect& place) {
  constexpr std::uint8_t kStill = 16;
  constexpr double kApart = 24;
  std::vector<std::uint8_t> still;
  std::vector<std::uint8_t> all;
  for (const Second& second : seconds) {
    for (int y = place.top; y < place.bottom(); ++y) {
      for (int x = place.left; x < place.right(); ++x) {
        const std::uint8_t level = second.mean.row(y)[x];
        all.push_back(level);
        if (second.deviation.row(y)[x] <= kStill) still.push_back(level);
      }
    }
  }
  if (still.size() < 20) return {};
  const double bright = percentile(still, 0.93);
  const double dark = percentile(still, 0.07);
  const double low = percentile(all, 0.2);
  const double high = percentile(all, 0.8);
  Inks levels;
  if (bright - low >= kApart) levels.push_back({bright, (bright + low) / 2, true});
  if (high - dark >= kApart) levels.push_back({dark, (dark + high) / 2, false});
  // Between a letter and its outline may lie the level of what is behind both: it is no ink.
  const double around = level_around(seconds, place);
  if (bright - around >= kApart && around > (bright + low) / 2) {
    levels.push_back({bright, (bright + around) / 2, true});
  }
  if (around - dark >= kApart && around < (dark + high) / 2) {
    levels.push_back({dark, (dark + around) / 2, false});
  }
  return levels;
}

/// The box of the letter that stands at `rough`; nothing if it stands apart in too few seconds.
std::optional<Rect> letter_box(const std::vector<Second>& seconds, const Rect& rough,
                               const Ink& ink) {
  std::array<std::vector<int>, 4> sides;
  for (const Second& second : seconds) {
    const int around = rough.height;
    const Rect area = clipped({rough.left - around, rough.top - around, rough.width + 2 * around,
                               rough.height + 2 * around},
                              second.mean.width, second.mean.height);
    const InkParts parts(cropped(second.mean, area), ink);
    int best = 0;
    Rect box;
    for (const InkPart& part : parts.parts()) {
      const Rect at{part.box.left + area.left, part.box.top + area.top, part.box.width,
                    part.box.height};
      const int shared = overlap(at, rough);
      if (part.at_border || at.height < 6 || at.width > 2 * at.height || shared <= best) continue;
      best = shared;
      box = at;
    }
    if (best == 0) continue;
    sides[0].push_back(box.left);
    sides[1].push_back(-box.right());
    sides[2].push_back(box.top);
    sides[3].push_back(-box.bottom());
  }
  if (sides[0].size() < std::max<std::size_t>(2, seconds.size() / 4)) return std::nullopt;
  for (auto& side : sides) std::sort(side.begin(), side.end());
  const std::size_t outer = sides[0].size() / 8;
  const std::size_t middle = sides[0].size() / 2;
  const int left = sides[0][outer];
  const int top = sides[2][middle];
  const Rect box{left, top, -sides[1][outer] - left, -sides[3][middle] - top};
  return last_digit(box, box.height);
}

}  // namespace

std::vector<Sight> sights_of(const Rhythm& rhythm, const Rect& rough) {
  constexpr double kFarther = 6;  ///< levels by which a threshold must leave more of the letters
  const auto reach = [](const Ink& ink) { return std::abs(ink.level - ink.threshold); };
  std::vector<Sight> sights;
  std::vector<Sight> filled;  // an outline was found: its filling may be seen as well
  for (const Ink& ink : ink_levels(rhythm.seconds, rhythm.place)) {
    const auto box = letter_box(rhythm.seconds, rough, ink);
    for (const Ink& again : box ? ink_levels(rhythm.seconds, with_outline(*box, rhythm)) : Inks()) {
      const bool same = again.bright == ink.bright;
      if (same && reach(again) < reach(ink) + kFarther) continue;
      const Rect place = letter_box(rhythm.seconds, rough, again).value_or(*box);
      (same ? sights : filled).push_back({again, place});
    }
    sights.push_back({ink, box.value_or(rhythm.place)});
  }
  sights.insert(sights.end(), filled.begin(), filled.end());
  const auto is_low = [](const Sight& sight) { return sight.place.height < kDigitPixelsMin; };
  sights.erase(std::remove_if(sights.begin(), sights.end(), is_low), sights.end());
  return sights;
}

Rect last_digit(const Rect& box, int digit_height) {
  if (box.width <= kPairPart * digit_height) return box;
  const int half = box.width / 2;
  return {box.right() - half, box.top, half, box.height};
}

}  // namespace anjuan::formats
