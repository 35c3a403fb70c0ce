#pragma once
// A stretch of a recording decoded picture by picture and what each picture is remembered by.

#include <array>
#include <optional>
#include <vector>

#include "preservation/formats/continuity/av_input.h"
#include "preservation/formats/continuity/clock_face.h"
#include "preservation/formats/continuity/clock_seconds.h"

namespace anjuan::formats {

/// Longest stretch that is kept in memory at once.
inline constexpr double kSpanSecondsMax = 150;
inline constexpr std::size_t kSpanPicturesMax = 10'000;

struct Watched {
  double at_s = 0;
  double moved = 0;         ///< grey levels against the picture before, outside the clock
  double dark = 0;          ///< part of the picture that is black, outside the clock
  std::uint64_t print = 0;  ///< of the reduced picture: equal only for equal pictures
  Luma thumb;
};

struct Span {
  std::vector<Watched> pictures;
  std::vector<Strip> lines;  ///< of the clock, one a picture; empty without a clock
  Rect clock_in_thumb;       ///< to be left out of comparisons
  bool reached_end = false;  ///< of the file
};

/// Decodes [from_s, to_s], at most the limits above. `face` may be nullptr.
Span watch(AvInput& input, double from_s, double to_s, const ClockFace* face);

/// Difference of two pictures of a span, outside the clock.
double apart(const Span& span, std::size_t one, std::size_t other);

}  // namespace anjuan::formats
