#pragma once
// Pictures of one strip, put together second by second: while the seconds do not change the letters
// stand still and what moves behind them blurs away.

#include <optional>
#include <vector>

#include "preservation/formats/continuity/luma.h"

namespace anjuan::formats {

struct Strip {
  double at_s = 0;
  Luma luma;
};

/// Mean and deviation of the strips [first, end).
struct Second {
  std::size_t first = 0;
  std::size_t end = 0;
  double at_s = 0;  ///< of the first picture
  bool begins_at_tick = false;
  Luma mean;
  Luma deviation;
};

Second put_together(const std::vector<Strip>& strips, std::size_t first, std::size_t end);

/// What changes in the rhythm of seconds inside `rough`: its exact place, and the seconds.
struct Rhythm {
  Rect place;  ///< of the digit that changes every second, in the strip
  std::vector<Second> seconds;
};

std::optional<Rhythm> find_rhythm(const std::vector<Strip>& strips, const Rect& rough);

}  // namespace anjuan::formats
