#pragma once
// Pictures as the encoder wants them: planar YUV 4:2:0, BT.709, limited range.

#include <cstdint>
#include <vector>

#include "tools/sample/bitmap.h"
#include "tools/sample/random.h"

namespace anjuan::sample {

/// Width and height are even. Planes have no padding.
struct YuvImage {
  YuvImage() = default;
  YuvImage(int width_px, int height_px);

  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> luma;
  std::vector<std::uint8_t> blue;  ///< Cb, half size both ways
  std::vector<std::uint8_t> red;   ///< Cr
};

/// A picture with holes, laid over others.
struct Sprite {
  YuvImage image;
  std::vector<std::uint8_t> alpha;  ///< of the luma plane
};

YuvImage to_yuv(const Bitmap& bitmap);
Sprite to_sprite(const Bitmap& bitmap);

/// Sensor noise of the luma plane, uniform in [-strength, strength].
void add_noise(YuvImage& image, int strength, Random& random);

/// Copies the window of `source` at (left, top), made even, that fills `target`.
/// The window must lie inside `source`.
void copy_window(const YuvImage& source, int left, int top, YuvImage& target);

/// Lays `sprite` over `target` with its upper left corner at (left, top), made even; clipped.
void lay_over(const Sprite& sprite, int left, int top, YuvImage& target);

}  // namespace anjuan::sample
