#pragma once
// How the clock's letters may be told from what is behind them: levels, and the last digit's box.

#include <vector>

#include "preservation/formats/continuity/clock_seconds.h"
#include "preservation/formats/continuity/ink_parts.h"

namespace anjuan::formats {

/// How the letters may be told from what is behind them, and where the last one then stands.
struct Sight {
  Ink ink;
  Rect place;
};

/// What changes in the rhythm may be wider than the letter: its levels are measured again at the
/// letter's own box, where nothing but its outline is around it. `rough` is where to look for it.
/// Digits of less than 12 pixels are none.
std::vector<Sight> sights_of(const Rhythm& rhythm, const Rect& rough);

/// Of a box that is too wide for one digit, the right half: two digits that touch.
Rect last_digit(const Rect& box, int digit_height);

}  // namespace anjuan::formats
