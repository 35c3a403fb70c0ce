#pragma once
// What a photograph's EXIF tells, from the sandboxed child "photo-facts" (libexif, libheif).

#include "preservation/formats/characterise.h"

namespace anjuan::formats {

/// Where the EXIF block of a picture lies.
enum class PictureKind { kJpeg, kTiff, kHeif };

/// Nothing if the child did not end well; a picture without EXIF gives empty facts.
std::optional<PhotoFacts> photo_facts(const FileHandle& file, PictureKind kind, SandboxLevel least);

}  // namespace anjuan::formats
