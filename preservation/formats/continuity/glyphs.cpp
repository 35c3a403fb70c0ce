#include "preservation/formats/continuity/glyphs.h"

#include <cmath>
#include <cstdlib>

namespace anjuan::formats {

namespace {

constexpr double kNoise = 14;         ///< deviation that compression alone makes
constexpr double kVaries = 24;        ///< beyond it a pixel is background
constexpr double kLetterPart = 0.55;  ///< of the cell's height is a letter at least
constexpr int kEdgePixels = 2;        ///< how far around ink an edge may be
constexpr double kRingVaries = 60;    ///< spread of a drawn edge's levels over all digits

}  // namespace

Backdrop::Backdrop(const Luma& strip, int top, int bottom) {
  constexpr int kSpread = 10;        ///< levels that count as alike
  constexpr double kAnything = 0.3;  ///< part of the background that may be of any level
  std::array<double, 256> density{};
  double count = 0;
  for (int y = 0; y < strip.height; ++y) {
    if (y >= top && y < bottom) continue;
    const std::uint8_t* row = strip.row(y);
    for (int x = 0; x < strip.width; ++x) density[row[x]] += 1;
    count += strip.width;
  }
  const double peak = 1 / (kNoise * std::sqrt(2 * 3.14159265358979));
  for (int level = 0; level < 256; ++level) {
    const int first = std::max(0, level - kSpread);
    const int last = std::min(255, level + kSpread);
    double near = 0;
    for (int i = first; i <= last; ++i) near += density[static_cast<std::size_t>(i)];
    near = count > 0 ? near / count / (last - first + 1) : 1.0 / 256;
    const double likely = (1 - kAnything) * near + kAnything / 256;
    cost_[static_cast<std::size_t>(level)] =
        static_cast<float>(std::max(0.0, -2 * std::log(likely / peak)));
  }
}

Glyphs::Glyphs(int width, int height, Ink ink) : width_(width), height_(height), ink_(ink) {
  const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  for (Glyph& glyph : glyphs_) {
    glyph.ink.resize(count);
    glyph.sum.resize(count);
    glyph.sum_square.resize(count);
    glyph.sum_variance.resize(count);
    glyph.level.resize(count);
    glyph.weight.resize(count);
  }
}

bool Glyphs::learn(int digit, const Luma& mean, const Luma& deviation) {
  if (digit < 0 || digit > 9 || mean.width != width_ || mean.height != height_) return false;
  const InkParts parts(mean, ink_);
  // The digit is the highest part that does not run out of the cell above or below, as a bright
  // wall would; a wide digit may reach its sides.
  int letter = 0;
  int highest = 0;
  for (std::size_t i = 0; i < parts.parts().size(); ++i) {
    const InkPart& part = parts.parts()[i];
    const bool runs_out = part.box.top == 0 || part.box.bottom() == height_;
    if (runs_out || part.box.height <= highest) continue;
    highest = part.box.height;
    letter = static_cast<int>(i) + 1;
  }
  if (highest < kLetterPart * height_) return false;
  Glyph& glyph = glyphs_[static_cast<std::size_t>(digit)];
  ++glyph.looks;
  for (std::size_t i = 0; i < glyph.sum.size(); ++i) {
    const int x = static_cast<int>(i) % width_;
    const int y = static_cast<int>(i) / width_;
    if (parts.label(x, y) == letter) ++glyph.ink[i];
    const double value = mean.pixels[i];
    const double spread = deviation.pixels[i];
    glyph.sum[i] += value;
    glyph.sum_square[i] += value * value;
    glyph.sum_variance[i] += spread * spread;
  }
  return true;
}

/// Rings around the ink belong to the letters as far as they are drawn (an outline, a box): then
/// they look alike around every digit. What lies behind letters without an outline does not.
void Glyphs::settle() {
  int edge = 0;
  while (edge < kEdgePixels && ring_is_drawn(edge + 1)) ++edge;
  for (Glyph& glyph : glyphs_) {
    if (glyph.looks > 0) settle(glyph, edge);
  }
}

/// 0 for ink, then steps to it, at most kEdgePixels + 1.
std::vector<int> Glyphs::distance_to_ink(const Glyph& glyph) const {
  std::vector<int> distance(glyph.sum.size(), kEdgePixels + 1);
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x) {
      if (glyph.ink[static_cast<std::size_t>(y * width_ + x)] * 2 < glyph.looks) continue;
      for (int ny = std::max(0, y - kEdgePixels); ny <= std::min(height_ - 1, y + kEdgePixels);
           ++ny) {
        for (int nx = std::max(0, x - kEdgePixels); nx <= std::min(width_ - 1, x + kEdgePixels);
             ++nx) {
          int& known = distance[static_cast<std::size_t>(ny * width_ + nx)];
          known = std::min(known, std::max(std::abs(ny - y), std::abs(nx - x)));
        }
      }
    }
  }
  return distance;
}

bool Glyphs::ring_is_drawn(int ring) const {
  std::vector<double> levels;
  for (const Glyph& glyph : glyphs_) {
    if (glyph.looks == 0) continue;
    const auto distance = distance_to_ink(glyph);
    for (std::size_t i = 0; i < distance.size(); ++i) {
      if (distance[i] == ring) levels.push_back(glyph.sum[i] / glyph.looks);
    }
  }
  if (levels.size() < 20) return false;
  std::sort(levels.begin(), levels.end());
  return levels[levels.size() * 4 / 5] - levels[levels.size() / 5] < kRingVaries;
}

void Glyphs::settle(Glyph& glyph, int edge) const {
  const auto distance = distance_to_ink(glyph);
  glyph.text = 0;
  for (std::size_t i = 0; i < glyph.sum.size(); ++i) {
    const double level = glyph.sum[i] / glyph.looks;
    const double between = std::max(0.0, glyph.sum_square[i] / glyph.looks - level * level);
    const double variance = between + glyph.sum_variance[i] / glyph.looks;
    glyph.level[i] = static_cast<float>(level);
    const bool text = distance[i] <= edge && variance < kVaries * kVaries;
    glyph.weight[i] = text ? static_cast<float>(1 / (variance + kNoise * kNoise)) : 0;
    if (text) ++glyph.text;
  }
}

bool Glyphs::knows(int digit) const {
  return digit >= 0 && digit <= 9 && glyphs_[static_cast<std::size_t>(digit)].text > 0;
}

int Glyphs::known() const {
  int count = 0;
  for (int digit = 0; digit < 10; ++digit) count += knows(digit) ? 1 : 0;
  return count;
}

bool Glyphs::inside(const Luma& picture, int left, int top) const {
  return left >= 0 && top >= 0 && left + width_ <= picture.width && top + height_ <= picture.height;
}

Glyphs::Cost Glyphs::cost_of(const Glyph& glyph, const Luma& picture, int left, int top,
                             const Backdrop& behind) const {
  Cost cost;
  const float* level = glyph.level.data();
  const float* weight = glyph.weight.data();
  double blank = 0;
  for (int y = 0; y < height_; ++y) {
    const std::uint8_t* from = picture.row(top + y) + left;
    for (int x = 0; x < width_; ++x, ++level, ++weight) {
      if (*weight == 0) {
        blank += behind.cost(from[x]);
        continue;
      }
      const double off = from[x] - *level;
      cost.text += std::min(off * off * *weight, kCap);
    }
  }
  cost.total = cost.text + blank;
  cost.text /= glyph.text;
  return cost;
}

std::optional<double> Glyphs::cost(int digit, const Luma& picture, int left, int top,
                                   const Backdrop& behind) const {
  if (!knows(digit) || !inside(picture, left, top)) return std::nullopt;
  return cost_of(glyphs_[static_cast<std::size_t>(digit)], picture, left, top, behind).total;
}

double Glyphs::blank_cost(const Luma& picture, int left, int top, const Backdrop& behind) const {
  double cost = 0;
  for (int y = 0; y < height_; ++y) {
    const std::uint8_t* from = picture.row(top + y) + left;
    for (int x = 0; x < width_; ++x) cost += behind.cost(from[x]);
  }
  return cost;
}

Match Glyphs::match(const Luma& picture, int left, int top, const Backdrop& behind) const {
  Match best;
  best.cost = 1e9;
  if (!inside(picture, left, top)) return best;
  double second = blank_cost(picture, left, top, behind);
  for (int digit = 0; digit < 10; ++digit) {
    if (!knows(digit)) continue;
    const Cost cost = cost_of(glyphs_[static_cast<std::size_t>(digit)], picture, left, top, behind);
    if (cost.total < best.cost) {
      second = std::min(second, best.cost);
      best.cost = cost.total;
      best.text_cost = cost.text;
      best.digit = digit;
    } else {
      second = std::min(second, cost.total);
    }
  }
  best.margin = second - best.cost;
  return best;
}

}  // namespace anjuan::formats
