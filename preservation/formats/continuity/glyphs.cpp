#include "preservation/formats/continuity/glyphs.h"

#include <cmath>
#include <cstdlib>

namespace anjuan::formats {

namespace {

constexpr double kNoise = 14;         ///< deviation that compression alone makes
constexpr double kVaries = 24;        ///< beyond it a pixel is background
constexpr double kLetterPart = 0.55;  ///< of the cell's height is a letter at least
constexpr int kOutlineDigits = 4;     ///< known before one that touches its surroundings is learnt
constexpr double kOutlineInk = 1.15;  ///< times the ink of the heaviest known digit
constexpr int kEdgePixels = 2;        ///< how far around ink an edge may be
constexpr double kRingVaries = 60;    ///< spread of a drawn edge's levels over all digits
constexpr double kRingDiffers = 20;   ///< levels between a drawn outline and what lies behind it

using Density = std::array<double, 256>;

/// How often each level occurs in columns [left, right) of the rows that are not the line's; the
/// sum is 1, or 0 where there are none.
Density density_of(const Luma& strip, const Rect& line, int left, int right) {
  Density density{};
  double count = 0;
  for (int y = 0; y < strip.height; ++y) {
    if (y >= line.top && y < line.bottom()) continue;
    const std::uint8_t* row = strip.row(y);
    for (int x = left; x < right; ++x) density[row[x]] += 1;
    count += right - left;
  }
  for (double& part : density) part = count > 0 ? part / count : 0;
  return density;
}

}  // namespace

Backdrop::Backdrop(const Luma& strip, const Rect& cell) {
  constexpr int kSpread = 10;        ///< levels that count as alike
  constexpr double kAnything = 0.3;  ///< part of the background that may be of any level
  const Density all = density_of(strip, cell, 0, strip.width);
  const Density near = density_of(strip, cell, std::max(0, cell.left - cell.width / 2),
                                  std::min(strip.width, cell.right() + cell.width / 2));
  const double peak = 1 / (kNoise * std::sqrt(2 * 3.14159265358979));
  for (int level = 0; level < 256; ++level) {
    const int first = std::max(0, level - kSpread);
    const int last = std::min(255, level + kSpread);
    double alike = 0;
    for (int i = first; i <= last; ++i) {
      alike += (all[static_cast<std::size_t>(i)] + near[static_cast<std::size_t>(i)]) / 2;
    }
    const double likely = (1 - kAnything) * alike / (last - first + 1) + kAnything / 256;
    cost_[static_cast<std::size_t>(level)] =
        static_cast<float>(std::max(0.0, -2 * std::log(likely / peak)));
  }
}

namespace {

/// The parts of a cell that are its digit, by their numbers less one, and how high they are.
struct Letter {
  std::vector<bool> parts;
  int height = 0;
};

int shared(int from, int to, int other_from, int other_to) {
  return std::min(to, other_to) - std::max(from, other_from);
}

/// True for a piece above, below or beside the main part, near it. What lies within its box is what
/// shows through the digit.
bool is_piece_of(const Rect& piece, const Rect& main, int cell_height) {
  constexpr int kStroke = 2;
  const int across = shared(piece.left, piece.right(), main.left, main.right());
  const int along = shared(piece.top, piece.bottom(), main.top, main.bottom());
  const bool sticks_out = piece.top < main.top || piece.bottom() > main.bottom();
  if (sticks_out && along <= kStroke && -along <= cell_height / 4) {
    return 2 * across >= std::min(piece.width, main.width);
  }
  return across <= 0 && -across <= kStroke && 2 * along >= std::min(piece.height, main.height);
}

/// The highest part that does not run out of the cell above or below, as a bright wall would (a
/// wide digit may reach its sides), and its pieces: thin strokes break first.
Letter letter_of(const InkParts& ink, int cell_height) {
  const auto& all = ink.parts();
  Letter letter{std::vector<bool>(all.size()), 0};
  std::size_t main = all.size();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Rect& box = all[i].box;
    const bool inside = box.top > 0 && box.bottom() < cell_height && !is_line(box);
    if (inside && (main == all.size() || box.height > all[main].box.height)) main = i;
  }
  if (main == all.size()) return letter;
  int top = all[main].box.top;
  int bottom = all[main].box.bottom();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Rect& box = all[i].box;
    const bool piece = !all[i].at_border && is_piece_of(box, all[main].box, cell_height);
    if (i != main && !piece) continue;
    letter.parts[i] = true;
    top = std::min(top, box.top);
    bottom = std::max(bottom, box.bottom());
  }
  letter.height = bottom - top;
  return letter;
}

/// The picture with no ink outside the box.
Luma only(const Luma& picture, const Rect& box, const Ink& ink) {
  Luma out(picture.width, picture.height, ink.bright ? 0 : 255);
  for (int y = box.top; y < box.bottom(); ++y) {
    std::copy(picture.row(y) + box.left, picture.row(y) + box.right(), out.row(y) + box.left);
  }
  return out;
}

}  // namespace

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
  const Letter letter = letter_of(parts, height_);
  if (letter.height >= kLetterPart * height_) {
    take_look(digit, mean, deviation, parts, letter.parts);
    return true;
  }
  const Outline known = outline();
  if (known.digits < kOutlineDigits) return false;
  const InkParts inner(only(mean, known.box, ink_), ink_);
  const Letter touching = letter_of(inner, height_);
  unsigned pixels = 0;
  for (std::size_t i = 0; i < touching.parts.size(); ++i) {
    if (touching.parts[i]) pixels += inner.parts()[i].pixels;
  }
  const bool is_high = touching.height >= kLetterPart * height_;
  if (!is_high || pixels > kOutlineInk * known.ink_pixels) return false;
  take_look(digit, mean, deviation, inner, touching.parts);
  return true;
}

/// Where the digits known so far have ink, and how much the heaviest of them has.
Glyphs::Outline Glyphs::outline() const {
  Outline found;
  int left = width_;
  int top = height_;
  int right = 0;
  int bottom = 0;
  for (const Glyph& glyph : glyphs_) {
    if (glyph.text == 0) continue;
    ++found.digits;
    unsigned pixels = 0;
    for (std::size_t i = 0; i < glyph.ink.size(); ++i) {
      if (glyph.ink[i] * 2 < glyph.looks) continue;
      ++pixels;
      const int x = static_cast<int>(i) % width_;
      const int y = static_cast<int>(i) / width_;
      left = std::min(left, x);
      top = std::min(top, y);
      right = std::max(right, x + 1);
      bottom = std::max(bottom, y + 1);
    }
    found.ink_pixels = std::max(found.ink_pixels, pixels);
  }
  found.box = {left, top, right - left, bottom - top};
  return found;
}

void Glyphs::take_look(int digit, const Luma& mean, const Luma& deviation, const InkParts& parts,
                       const std::vector<bool>& letter) {
  Glyph& glyph = glyphs_[static_cast<std::size_t>(digit)];
  ++glyph.looks;
  for (std::size_t i = 0; i < glyph.sum.size(); ++i) {
    const int x = static_cast<int>(i) % width_;
    const int y = static_cast<int>(i) / width_;
    const int label = parts.label(x, y);
    if (label > 0 && letter[static_cast<std::size_t>(label - 1)]) ++glyph.ink[i];
    const double value = mean.pixels[i];
    const double spread = deviation.pixels[i];
    glyph.sum[i] += value;
    glyph.sum_square[i] += value * value;
    glyph.sum_variance[i] += spread * spread;
  }
}

/// Rings around the ink belong to the letters as far as they are drawn (an outline): then they look
/// alike around every digit, which what lies behind letters without an outline does not. From the
/// second ring on they must also differ from what lies behind, which may be as even just now.
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

std::vector<double> Glyphs::levels_at(int distance) const {
  std::vector<double> levels;
  for (const Glyph& glyph : glyphs_) {
    if (glyph.looks == 0) continue;
    const auto distances = distance_to_ink(glyph);
    for (std::size_t i = 0; i < distances.size(); ++i) {
      if (distances[i] == distance) levels.push_back(glyph.sum[i] / glyph.looks);
    }
  }
  std::sort(levels.begin(), levels.end());
  return levels;
}

bool Glyphs::ring_is_drawn(int ring) const {
  const auto levels = levels_at(ring);
  if (levels.size() < 20) return false;
  if (levels[levels.size() * 4 / 5] - levels[levels.size() / 5] >= kRingVaries) return false;
  const auto behind = levels_at(kEdgePixels + 1);
  if (ring == 1 || behind.empty()) return true;
  return std::abs(levels[levels.size() / 2] - behind[behind.size() / 2]) >= kRingDiffers;
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
