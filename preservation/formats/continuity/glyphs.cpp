#include "preservation/formats/continuity/glyphs.h"

#include <cmath>

namespace anjuan::formats {

namespace {

constexpr double kNoise = 14;        ///< deviation that compression alone makes
constexpr double kVaries = 24;       ///< beyond it a pixel is background
constexpr double kInkLevels = 45;    ///< so near the ink's level is ink
constexpr int kEdgePixels = 2;       ///< how far around ink an edge may be

}  // namespace

Glyphs::Glyphs(int width, int height, Ink ink) : width_(width), height_(height), ink_(ink) {
  const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  for (Glyph& glyph : glyphs_) {
    glyph.sum.resize(count);
    glyph.sum_square.resize(count);
    glyph.sum_variance.resize(count);
    glyph.level.resize(count);
    glyph.weight.resize(count);
  }
}

void Glyphs::learn(int digit, const Luma& mean, const Luma& deviation) {
  if (digit < 0 || digit > 9 || mean.width != width_ || mean.height != height_) return;
  Glyph& glyph = glyphs_[static_cast<std::size_t>(digit)];
  ++glyph.looks;
  for (std::size_t i = 0; i < glyph.sum.size(); ++i) {
    const double value = mean.pixels[i];
    const double spread = deviation.pixels[i];
    glyph.sum[i] += value;
    glyph.sum_square[i] += value * value;
    glyph.sum_variance[i] += spread * spread;
  }
}

void Glyphs::settle() {
  for (Glyph& glyph : glyphs_) {
    if (glyph.looks > 0) settle(glyph);
  }
}

std::vector<bool> Glyphs::near_ink(const Glyph& glyph) const {
  std::vector<bool> near(glyph.sum.size());
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x) {
      const auto at = static_cast<std::size_t>(y * width_ + x);
      const double level = glyph.sum[at] / glyph.looks;
      if (ink_.bright ? level < ink_.level - kInkLevels : level > ink_.level + kInkLevels) continue;
      for (int ny = std::max(0, y - kEdgePixels); ny <= std::min(height_ - 1, y + kEdgePixels);
           ++ny) {
        for (int nx = std::max(0, x - kEdgePixels); nx <= std::min(width_ - 1, x + kEdgePixels);
             ++nx) {
          near[static_cast<std::size_t>(ny * width_ + nx)] = true;
        }
      }
    }
  }
  return near;
}

void Glyphs::settle(Glyph& glyph) const {
  const auto near = near_ink(glyph);
  glyph.text = 0;
  for (std::size_t i = 0; i < glyph.sum.size(); ++i) {
    const double level = glyph.sum[i] / glyph.looks;
    const double between = std::max(0.0, glyph.sum_square[i] / glyph.looks - level * level);
    const double variance = between + glyph.sum_variance[i] / glyph.looks;
    glyph.level[i] = static_cast<float>(level);
    const bool text = near[i] && variance < kVaries * kVaries;
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

Glyphs::Cost Glyphs::cost_of(const Glyph& glyph, const Luma& picture, int left, int top) const {
  Cost cost;
  const float* level = glyph.level.data();
  const float* weight = glyph.weight.data();
  for (int y = 0; y < height_; ++y) {
    const std::uint8_t* from = picture.row(top + y) + left;
    for (int x = 0; x < width_; ++x, ++level, ++weight) {
      if (*weight == 0) continue;
      const double off = from[x] - *level;
      cost.text += std::min(off * off * *weight, kCap);
    }
  }
  const double all = static_cast<double>(width_) * height_;
  cost.total = (cost.text + kUnknown * (all - glyph.text)) / all;
  cost.text /= glyph.text;
  return cost;
}

std::optional<double> Glyphs::cost(int digit, const Luma& picture, int left, int top) const {
  if (!knows(digit)) return std::nullopt;
  if (left < 0 || top < 0 || left + width_ > picture.width || top + height_ > picture.height) {
    return std::nullopt;
  }
  return cost_of(glyphs_[static_cast<std::size_t>(digit)], picture, left, top).total;
}

Match Glyphs::match(const Luma& picture, int left, int top) const {
  Match best;
  best.cost = best.margin = 1e9;
  if (left < 0 || top < 0 || left + width_ > picture.width || top + height_ > picture.height) {
    return best;
  }
  double second = 1e9;
  for (int digit = 0; digit < 10; ++digit) {
    if (!knows(digit)) continue;
    const Cost cost = cost_of(glyphs_[static_cast<std::size_t>(digit)], picture, left, top);
    if (cost.total < best.cost) {
      second = best.cost;
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
