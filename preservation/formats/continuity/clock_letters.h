#pragma once
// From the mean pictures of seconds to separate letters: connected parts, a clean line for OCR.

#include <vector>

#include "preservation/formats/continuity/clock_seconds.h"
#include "preservation/formats/continuity/ink_parts.h"

namespace anjuan::formats {

struct Letters {
  Rect area;               ///< of the strip
  std::vector<Rect> tall;  ///< parts as high as digits, left to right, in the strip
  Luma clean;              ///< dark on white, enlarged, for OCR
};

/// The letters of each second in the strip's part that ends just right of `place`, some eight
/// letters wide. One that touches what is behind it is known by its shape if it stands apart in
/// another second.
std::vector<Letters> letters_before(const std::vector<Second>& seconds, const Rect& place,
                                    const Ink& ink);

}  // namespace anjuan::formats
