#pragma once
// A grey picture, and the few operations on it that the continuity observer is made of.

#include <cstdint>
#include <vector>

namespace anjuan::formats {

struct Rect {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;

  int right() const { return left + width; }

  int bottom() const { return top + height; }

  bool empty() const { return width <= 0 || height <= 0; }

  bool operator==(const Rect&) const = default;
};

/// `rect` cut to a picture of that size.
Rect clipped(const Rect& rect, int width, int height);

/// Pixels that two boxes share.
int overlap(const Rect& a, const Rect& b);

struct Luma {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;  ///< rows without padding

  Luma() = default;
  Luma(int w, int h, std::uint8_t value = 0);

  bool empty() const { return pixels.empty(); }

  const std::uint8_t* row(int y) const;
  std::uint8_t* row(int y);
};

/// Mean of factor x factor pixels each; what does not fill a whole square is dropped.
Luma shrunk(const Luma& source, int factor);

/// Nearest mean to a picture of exactly that size (each at most the source's).
Luma thumbnail(const Luma& source, int width, int height);

/// `rect` must lie inside `source`.
Luma cropped(const Luma& source, const Rect& rect);

/// Enlarged or reduced with linear interpolation.
Luma scaled(const Luma& source, int width, int height);

double mean(const Luma& picture);

/// Mean absolute difference of two pictures of one size, without what lies in `without`.
double difference(const Luma& one, const Luma& other, const Rect& without = {});

/// 64 bits that differ for different pictures (not cryptographic).
std::uint64_t fingerprint(const std::uint8_t* bytes, std::size_t count);

}  // namespace anjuan::formats
