#pragma once
// From a second's mean picture to separate letters: threshold, connected parts, a clean line for
// OCR.

#include <optional>
#include <vector>

#include "preservation/formats/continuity/clock_seconds.h"
#include "preservation/formats/continuity/ink_parts.h"

namespace anjuan::formats {

/// Measured at the digit `place` over all seconds; one for bright and one for dark letters.
std::vector<Ink> ink_levels(const std::vector<Second>& seconds, const Rect& place);

/// The box of the letter that stands at `rough`; nothing if it stands apart in too few seconds.
std::optional<Rect> letter_box(const std::vector<Second>& seconds, const Rect& rough,
                               const Ink& ink);

struct Letters {
  Rect area;               ///< of the strip
  std::vector<Rect> tall;  ///< parts as high as digits, left to right, in the strip
  Luma clean;              ///< dark on white, enlarged, for OCR
};

/// The letters of a strip's part that ends just right of `place`, some eight letters wide.
Letters letters_before(const Luma& mean, const Rect& place, const Ink& ink);

}  // namespace anjuan::formats
