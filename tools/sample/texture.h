#pragma once
// Grain for drawn surfaces: without it a picture looks like a poster, not like a camera's.

#include <cstdint>

#include "tools/sample/bitmap.h"

namespace anjuan::sample {

/// Smooth pseudo-random value in [0, 1) at a point; features are about one unit wide.
double value_noise(double x, double y, std::uint32_t seed);

/// Four octaves of value_noise, in [0, 1).
double fractal_noise(double x, double y, std::uint32_t seed);

/// Multiplies the brightness of rows [top, bottom) by 1 +- strength; features are `size_px` wide.
/// `fade` lets the strength fall to nothing at the lower row: clouds towards the horizon.
void grain_wall(Bitmap& bitmap, int top, int bottom, double size_px, double strength,
                std::uint32_t seed, bool fade = false);

/// The same on ground that runs to a horizon at row `horizon`: features shrink with distance and
/// are `size_px` wide at the lower row.
void grain_ground(Bitmap& bitmap, int horizon, int top, int bottom, double size_px, double strength,
                  std::uint32_t seed);

/// Darkens towards the corners by at most `strength`.
void vignette(Bitmap& bitmap, double strength);

/// Mean over (2 * radius + 1) squared pixels.
void box_blur(Bitmap& bitmap, int radius);

}  // namespace anjuan::sample
