#pragma once
// The EXIF segment (CIPA DC-008, Exif 2.31) that a camera writes into a JPEG.

#include <string>

#include "tools/sample/jpeg_writer.h"

namespace anjuan::sample {

/// The body of the APP1 segment, from "Exif\0\0" on.
std::string exif_segment(const CameraWords& words);

}  // namespace anjuan::sample
