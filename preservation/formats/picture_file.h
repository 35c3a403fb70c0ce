#pragma once
// Decoders of single pictures, one for each library. For the photograph worker.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "preservation/formats/av_source.h"

namespace anjuan::formats {

struct DecodedPicture {
  AvFrame frame;  ///< of the first page; none for JPEG
  int width = 0;
  int height = 0;
  int pages = 1;
  int shown = 0;  ///< which of several pictures `frame` is
  int bits = 8;   ///< of HEIC: that a value has; in 16 of them from the top (docs/formats/proof.md)
  std::string pixel_format;
  std::uint64_t warnings = 0;
  std::vector<std::string> first;
};

/// Each throws MediaFault(kUnreadable | kUnsupported | kTooLarge).
DecodedPicture decode_jpeg(std::span<const std::byte> file);
DecodedPicture decode_heic(std::span<const std::byte> file);
/// PNG and TIFF through libav; TIFF with all its pages.
DecodedPicture decode_with_libav(std::span<const std::byte> file, std::string_view type);

/// PNG with all bits of the frame, and its colour profile if it has one. Where fewer than the
/// frame's 16 `bits` are significant, the chunk sBIT says so (PNG, 11.3.2.7).
std::string encode_png(const AVFrame& frame, int bits);

/// Pages of a TIFF file by its chain of directories; 0 if it is broken.
int tiff_pages(std::span<const std::byte> file);

}  // namespace anjuan::formats
