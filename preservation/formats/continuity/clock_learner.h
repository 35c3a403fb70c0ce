#pragma once
// Finds the clock of a recording and learns to read it. For the sandboxed child only.

#include <optional>

#include "preservation/formats/continuity/av_input.h"
#include "preservation/formats/continuity/clock_face.h"
#include "preservation/formats/continuity/digit_ocr.h"

namespace anjuan::formats {

/// From the pictures of some 13 seconds after `from_s`. Nothing if no clock is found there.
std::optional<ClockFace> learn_clock(AvInput& input, double from_s, DigitOcr& ocr);

}  // namespace anjuan::formats
