#pragma once
// Photographs of a step: the drawn place through a still camera, EXIF and date imprint.

#include "tools/sample/video.h"

namespace anjuan::sample {

/// Throws Error(kIo | kNoSpace).
void write_photograph(const RecordingJob& job);

}  // namespace anjuan::sample
