#pragma once
// Photographs of a step: the drawn place through a still camera, EXIF and date imprint.

#include "tools/sample/video.h"

namespace anjuan::sample {

/// The place with an officer in it and the grain of a still camera.
Bitmap site_photograph(Place place, int width, int height, std::string_view seed);

/// Throws Error(kIo | kNoSpace).
void write_photograph(const RecordingJob& job);

}  // namespace anjuan::sample
