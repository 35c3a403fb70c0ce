#pragma once
// The ten digits as this recording draws them: learnt from it, then matched in every picture.
//
// A pixel of a glyph is ink or edge (it hardly varies) or background (it says nothing). Matching
// counts how far ink and edge are off, at most kCap each; background costs kUnknown, so that a
// digit with much ink is not preferred for its size.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "preservation/formats/continuity/luma.h"

namespace anjuan::formats {

/// Level of the ink, and whether the letters are bright.
struct Ink {
  double level = 235;
  bool bright = true;
};

struct Match {
  int digit = -1;
  double cost = 0;    ///< per pixel
  double margin = 0;  ///< to the next best digit, per pixel
  double text_cost = 0;  ///< per pixel of ink and edge alone
};

class Glyphs {
 public:
  Glyphs(int width, int height, Ink ink);

  int width() const { return width_; }

  int height() const { return height_; }

  /// One look at `digit`: the mean of some pictures and their deviation, both of the cell's size.
  void learn(int digit, const Luma& mean, const Luma& deviation);
  /// Before the first match, and after learning more.
  void settle();

  bool knows(int digit) const;
  int known() const;

  /// Cost per pixel of seeing `digit` there; nothing if it was not learnt.
  std::optional<double> cost(int digit, const Luma& picture, int left, int top) const;
  Match match(const Luma& picture, int left, int top) const;

  static constexpr double kCap = 9;
  static constexpr double kUnknown = 4;

 private:
  struct Glyph {
    unsigned looks = 0;
    std::vector<double> sum;
    std::vector<double> sum_square;
    std::vector<double> sum_variance;
    std::vector<float> level;
    std::vector<float> weight;  ///< 0 = background
    unsigned text = 0;          ///< pixels that are ink or edge
  };

  struct Cost {
    double total = 0;
    double text = 0;
  };

  Cost cost_of(const Glyph& glyph, const Luma& picture, int left, int top) const;
  void settle(Glyph& glyph) const;
  std::vector<bool> near_ink(const Glyph& glyph) const;

  int width_;
  int height_;
  Ink ink_;
  std::array<Glyph, 10> glyphs_;
};

}  // namespace anjuan::formats
