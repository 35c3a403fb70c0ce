#pragma once
// What a span's pictures are worth: standing still, black, or seen before.

#include <vector>

#include "preservation/formats/continuity/observation.h"
#include "preservation/formats/continuity/span.h"

namespace anjuan::formats {

/// Adds "freeze", "black" and "repeat_pictures" to `events`. A freeze is described, not judged:
/// a camera in a pocket makes one.
void scan_content(const Span& span, double picture_s, std::vector<StreamEvent>& events);

}  // namespace anjuan::formats
