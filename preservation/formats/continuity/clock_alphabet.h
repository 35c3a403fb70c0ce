#pragma once
// The digits that did not show long enough where the clock was learnt, learnt from elsewhere.

#include "preservation/formats/continuity/clock_tracker.h"

namespace anjuan::formats {

/// Learns each digit that `face` does not know from the seconds of `span` in which it must have
/// been shown: the clock was read before and after them and ran on.
void complete_alphabet(ClockFace& face, const Span& span, double picture_s);

}  // namespace anjuan::formats
