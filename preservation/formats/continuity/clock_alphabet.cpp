#include "preservation/formats/continuity/clock_alphabet.h"

#include <cmath>

namespace anjuan::formats {

namespace {

constexpr std::int64_t kFarthest = 4;  ///< seconds between the two readings

/// The pictures that show the clock's second `shows` wholly, by the offset of `reading`.
void learn_second(ClockFace& face, const Span& span, std::int64_t shows, double offset_s,
                  double picture_s) {
  const double from_s = static_cast<double>(shows) - offset_s + picture_s;
  const double to_s = from_s + 1 - 3 * picture_s;
  std::size_t first = 0;
  while (first < span.lines.size() && span.lines[first].at_s < from_s) ++first;
  std::size_t end = first;
  while (end < span.lines.size() && span.lines[end].at_s < to_s) ++end;
  if (end < first + 3) return;
  const Second second = put_together(span.lines, first, end);
  const Rect cell{face.seconds_left(), face.top, face.glyphs.width(), face.glyphs.height()};
  face.glyphs.learn(static_cast<int>(shows % 10), cropped(second.mean, cell),
                    cropped(second.deviation, cell));
}

}  // namespace

void complete_alphabet(ClockFace& face, const Span& span, double picture_s) {
  ClockView view;
  std::vector<StreamEvent> ignored;
  track_clock(span, digit_runs(span, face), picture_s, view, ignored);
  const auto& readings = view.readings;
  for (std::size_t i = 1; i < readings.size(); ++i) {
    const ClockReading& before = readings[i - 1];
    const ClockReading& after = readings[i];
    const std::int64_t seconds = after.reading - before.reading;
    const bool runs_on =
        after.low_s < before.high_s + picture_s / 2 && before.low_s < after.high_s + picture_s / 2;
    if (seconds < 2 || seconds > kFarthest || !runs_on) continue;
    const double offset_s =
        (std::max(before.low_s, after.low_s) + std::min(before.high_s, after.high_s)) / 2;
    for (std::int64_t shows = before.reading + 1; shows < after.reading; ++shows) {
      if (!face.glyphs.knows(static_cast<int>(shows % 10))) {
        learn_second(face, span, shows, offset_s, picture_s);
      }
    }
  }
  face.glyphs.settle();
}

}  // namespace anjuan::formats
