#include "preservation/formats/continuity/luma.h"

#include <cstdlib>
#include <cstring>

namespace anjuan::formats {

namespace {

std::uint8_t to_byte(double value) {
  return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
}

/// Where each of so many cells begins, and the last ends. A picture may be so long and narrow that
/// the products need 64 bits.
std::vector<int> cell_begins(int cells, int pixels) {
  std::vector<int> begins;
  for (std::int64_t i = 0; i <= cells; ++i) begins.push_back(static_cast<int>(i * pixels / cells));
  return begins;
}

}  // namespace

Rect clipped(const Rect& rect, int width, int height) {
  const int left = std::clamp(rect.left, 0, width);
  const int top = std::clamp(rect.top, 0, height);
  return {left, top, std::clamp(rect.right(), left, width) - left,
          std::clamp(rect.bottom(), top, height) - top};
}

int overlap(const Rect& a, const Rect& b) {
  const int width = std::min(a.right(), b.right()) - std::max(a.left, b.left);
  const int height = std::min(a.bottom(), b.bottom()) - std::max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

Luma::Luma(int w, int h, std::uint8_t value)
    : width(w),
      height(h),
      pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), value) {}

const std::uint8_t* Luma::row(int y) const {
  return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
}

std::uint8_t* Luma::row(int y) {
  return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
}

Luma shrunk(const Luma& source, int factor) {
  if (factor <= 1) return source;
  Luma small(source.width / factor, source.height / factor);
  std::vector<unsigned> sums(static_cast<std::size_t>(small.width));
  const auto area = static_cast<unsigned>(factor * factor);
  for (int y = 0; y < small.height; ++y) {
    std::fill(sums.begin(), sums.end(), area / 2);
    for (int dy = 0; dy < factor; ++dy) {
      const std::uint8_t* from = source.row(y * factor + dy);
      unsigned* to = sums.data();
      for (int x = 0; x < small.width; ++x, ++to) {
        for (int dx = 0; dx < factor; ++dx) *to += *from++;
      }
    }
    std::uint8_t* out = small.row(y);
    const unsigned* sum = sums.data();
    for (int x = 0; x < small.width; ++x) *out++ = static_cast<std::uint8_t>(*sum++ / area);
  }
  return small;
}

Luma thumbnail(const Luma& source, int width, int height) {
  width = std::clamp(width, 1, std::max(1, source.width));
  height = std::clamp(height, 1, std::max(1, source.height));
  Luma small(width, height);
  if (source.empty()) return small;
  const std::vector<int> columns = cell_begins(width, source.width);
  const std::vector<int> rows = cell_begins(height, source.height);
  std::uint8_t* out = small.row(0);
  for (std::size_t y = 0; y + 1 < rows.size(); ++y) {
    for (std::size_t x = 0; x + 1 < columns.size(); ++x) {
      unsigned sum = 0;
      for (int sy = rows[y]; sy < rows[y + 1]; ++sy) {
        const std::uint8_t* from = source.row(sy);
        for (int sx = columns[x]; sx < columns[x + 1]; ++sx) sum += from[sx];
      }
      const int area = (rows[y + 1] - rows[y]) * (columns[x + 1] - columns[x]);
      *out++ = static_cast<std::uint8_t>(sum / static_cast<unsigned>(area));
    }
  }
  return small;
}

Luma cropped(const Luma& source, const Rect& rect) {
  Luma part(rect.width, rect.height);
  for (int y = 0; y < rect.height; ++y) {
    std::memcpy(part.row(y), source.row(rect.top + y) + rect.left,
                static_cast<std::size_t>(rect.width));
  }
  return part;
}

Luma scaled(const Luma& source, int width, int height) {
  Luma out(width, height);
  if (source.empty()) return out;
  for (int y = 0; y < height; ++y) {
    const double sy =
        std::clamp((y + 0.5) * source.height / height - 0.5, 0.0, source.height - 1.0);
    const int y0 = static_cast<int>(sy);
    const double fy = sy - y0;
    const std::uint8_t* upper = source.row(y0);
    const std::uint8_t* lower = source.row(std::min(y0 + 1, source.height - 1));
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < width; ++x) {
      const double sx = std::clamp((x + 0.5) * source.width / width - 0.5, 0.0, source.width - 1.0);
      const int x0 = static_cast<int>(sx);
      const int x1 = std::min(x0 + 1, source.width - 1);
      const double fx = sx - x0;
      const double above = upper[x0] * (1 - fx) + upper[x1] * fx;
      const double below = lower[x0] * (1 - fx) + lower[x1] * fx;
      *to++ = to_byte(above * (1 - fy) + below * fy);
    }
  }
  return out;
}

double mean(const Luma& picture) {
  if (picture.empty()) return 0;
  std::uint64_t sum = 0;
  const std::uint8_t* at = picture.pixels.data();
  for (std::size_t i = 0; i < picture.pixels.size(); ++i) sum += at[i];
  return static_cast<double>(sum) / static_cast<double>(picture.pixels.size());
}

double difference(const Luma& one, const Luma& other, const Rect& without) {
  if (one.width != other.width || one.height != other.height || one.empty()) return 255;
  std::uint64_t sum = 0;
  std::uint64_t count = 0;
  for (int y = 0; y < one.height; ++y) {
    const std::uint8_t* a = one.row(y);
    const std::uint8_t* b = other.row(y);
    const bool crosses = y >= without.top && y < without.bottom() && without.width > 0;
    const int stop = crosses ? without.left : one.width;
    const int resume = crosses ? without.right() : one.width;
    for (int x = 0; x < stop; ++x) sum += static_cast<unsigned>(std::abs(a[x] - b[x]));
    for (int x = resume; x < one.width; ++x) sum += static_cast<unsigned>(std::abs(a[x] - b[x]));
    count += static_cast<std::uint64_t>(stop + std::max(0, one.width - resume));
  }
  return count == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(count);
}

std::uint64_t fingerprint(const std::uint8_t* bytes, std::size_t count) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15ULL;
  std::uint64_t hash = 0xCBF29CE484222325ULL ^ count;
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 29;
  };
  std::size_t at = 0;
  for (; at + 8 <= count; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + at, 8);
    mix(word);
  }
  std::uint64_t rest = 0;
  std::memcpy(&rest, bytes + at, count - at);
  mix(rest);
  return hash;
}

}  // namespace anjuan::formats
