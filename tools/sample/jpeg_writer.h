#pragma once
// Pictures as baseline JPEG, with EXIF where a camera took them.

#include <filesystem>
#include <optional>
#include <string>

#include "core/clock.h"
#include "tools/sample/bitmap.h"

namespace anjuan::sample {

struct CameraWords {
  Instant taken_at{};
  std::string device;
  std::string description;  ///< UTF-8
};

struct JpegShape {
  int quality = 82;
  int dots_per_inch = 0;              ///< 0 = not said
  std::optional<CameraWords> camera;  ///< gives an EXIF segment
};

/// The bytes of the JPEG file.
std::string encode_jpeg(const Bitmap& bitmap, const JpegShape& shape);

/// Throws Error(kIo | kNoSpace).
void write_jpeg(const std::filesystem::path& path, const Bitmap& bitmap, const JpegShape& shape);

}  // namespace anjuan::sample
