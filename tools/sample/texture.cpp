#include "tools/sample/texture.h"

#include <cmath>

namespace anjuan::sample {

namespace {

double lattice(std::int32_t x, std::int32_t y, std::uint32_t seed) {
  std::uint32_t mixed = static_cast<std::uint32_t>(x) * 374761393U +
                        static_cast<std::uint32_t>(y) * 668265263U + seed * 2246822519U;
  mixed = (mixed ^ (mixed >> 13)) * 1274126177U;
  mixed ^= mixed >> 16;
  return mixed / 4294967296.0;
}

double smooth(double t) { return t * t * (3 - 2 * t); }

std::uint32_t scaled(std::uint32_t pixel, double factor) {
  std::uint32_t result = pixel & 0xFF000000U;
  const auto alpha = static_cast<double>(pixel >> 24);
  for (const int shift : {16, 8, 0}) {
    const double channel = static_cast<double>((pixel >> shift) & 255U) * factor;
    result |= static_cast<std::uint32_t>(std::clamp(channel, 0.0, alpha)) << shift;
  }
  return result;
}

/// One pass of the blur along rows (step 1) or columns (step = width).
void blur_line(std::uint32_t* line, int count, int step, int radius,
               std::vector<std::uint32_t>& copy) {
  for (int i = 0; i < count; ++i) copy[static_cast<std::size_t>(i)] = line[i * step];
  for (int i = 0; i < count; ++i) {
    const int first = std::max(0, i - radius);
    const int last = std::min(count - 1, i + radius);
    std::uint32_t sums[4] = {};
    for (int k = first; k <= last; ++k) {
      const std::uint32_t pixel = copy[static_cast<std::size_t>(k)];
      for (int channel = 0; channel < 4; ++channel) sums[channel] += (pixel >> (8 * channel)) & 255;
    }
    std::uint32_t result = 0;
    const auto divisor = static_cast<std::uint32_t>(last - first + 1);
    for (int channel = 0; channel < 4; ++channel) {
      result |= (sums[channel] / divisor) << (8 * channel);
    }
    line[i * step] = result;
  }
}

}  // namespace

double value_noise(double x, double y, std::uint32_t seed) {
  const double left = std::floor(x);
  const double top = std::floor(y);
  const auto ix = static_cast<std::int32_t>(left);
  const auto iy = static_cast<std::int32_t>(top);
  const double u = smooth(x - left);
  const double v = smooth(y - top);
  const double upper = lattice(ix, iy, seed) * (1 - u) + lattice(ix + 1, iy, seed) * u;
  const double lower = lattice(ix, iy + 1, seed) * (1 - u) + lattice(ix + 1, iy + 1, seed) * u;
  return upper * (1 - v) + lower * v;
}

double fractal_noise(double x, double y, std::uint32_t seed) {
  double sum = 0;
  double weight = 0.5;
  for (std::uint32_t octave = 0; octave < 4; ++octave) {
    sum += weight * value_noise(x, y, seed + octave);
    x *= 2;
    y *= 2;
    weight *= 0.5;
  }
  return sum / 0.9375;
}

void grain_wall(Bitmap& bitmap, int top, int bottom, double size_px, double strength,
                std::uint32_t seed, bool fade) {
  for (int y = std::max(0, top); y < std::min(bottom, bitmap.height); ++y) {
    const double left = static_cast<double>(bottom - y) / std::max(1, bottom - top);
    const double own = fade ? strength * left : strength;
    for (int x = 0; x < bitmap.width; ++x) {
      const double noise = fractal_noise(x / size_px, y / size_px * 1.3, seed);
      bitmap.at(x, y) = scaled(bitmap.at(x, y), 1 + own * (2 * noise - 1));
    }
  }
}

void grain_ground(Bitmap& bitmap, int horizon, int top, int bottom, double size_px, double strength,
                  std::uint32_t seed) {
  const double reach = std::max(1, bottom - horizon);
  for (int y = std::max({0, top, horizon + 1}); y < std::min(bottom, bitmap.height); ++y) {
    const double nearness = (y - horizon) / reach;  // 1 at the lower row
    const double depth = reach / (size_px * nearness);
    // Far features are finer than a pixel: fade them out instead of letting them flicker.
    const double own = strength * std::min(1.0, size_px * nearness / 6);
    for (int x = 0; x < bitmap.width; ++x) {
      const double across = (x - bitmap.width / 2) / (size_px * nearness);
      const double noise = fractal_noise(across, depth, seed);
      bitmap.at(x, y) = scaled(bitmap.at(x, y), 1 + own * (2 * noise - 1));
    }
  }
}

void vignette(Bitmap& bitmap, double strength) {
  for (int y = 0; y < bitmap.height; ++y) {
    for (int x = 0; x < bitmap.width; ++x) {
      const double dx = 2.0 * x / bitmap.width - 1;
      const double dy = 2.0 * y / bitmap.height - 1;
      bitmap.at(x, y) = scaled(bitmap.at(x, y), 1 - strength * (dx * dx + dy * dy) / 2);
    }
  }
}

void box_blur(Bitmap& bitmap, int radius) {
  std::vector<std::uint32_t> copy(static_cast<std::size_t>(std::max(bitmap.width, bitmap.height)));
  for (int y = 0; y < bitmap.height; ++y) {
    blur_line(&bitmap.at(0, y), bitmap.width, 1, radius, copy);
  }
  for (int x = 0; x < bitmap.width; ++x) {
    blur_line(&bitmap.at(x, 0), bitmap.height, bitmap.width, radius, copy);
  }
}

}  // namespace anjuan::sample
