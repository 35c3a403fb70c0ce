#pragma once
// The ten digits as this recording draws them: learnt from it, then matched in every picture.
//
// A pixel of a glyph is ink or edge (it hardly varies) or background. Matching asks how likely the
// picture is if that digit stands there: ink and edge by how far they are off, at most kCap;
// background by how usual its level is around the clock just now. White on a white wall is
// therefore not read as the digit with the most ink: all digits become alike, and none is clear.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "preservation/formats/continuity/ink_parts.h"

namespace anjuan::formats {

/// What lies behind the letters in one picture: cost of each level as background.
class Backdrop {
 public:
  /// From the rows of `strip` above `cell` and below it, half of it from those near the cell: a
  /// white wall may stand behind the last digit alone.
  Backdrop(const Luma& strip, const Rect& cell);

  float cost(std::uint8_t level) const { return cost_[level]; }

 private:
  std::array<float, 256> cost_{};
};

struct Match {
  int digit = -1;
  double cost = 0;       ///< twice a negative logarithm of likelihood, up to a constant
  double margin = 0;     ///< to the next best digit, or to no digit at all
  double text_cost = 0;  ///< per pixel of ink and edge alone
};

class Glyphs {
 public:
  Glyphs(int width, int height, Ink ink);

  int width() const { return width_; }

  int height() const { return height_; }

  const Ink& ink() const { return ink_; }

  /// One look at `digit`: the mean of some pictures and their deviation, both of the cell's size.
  /// Not taken, and false, if no letter stands apart from what is behind it, nor would if there
  /// were nothing outside the box that some digits known already fill.
  bool learn(int digit, const Luma& mean, const Luma& deviation);
  /// Before the first match, and after learning more.
  void settle();

  bool knows(int digit) const;
  int known() const;

  /// Cost (as in Match) of seeing `digit` there; nothing if it was not learnt.
  std::optional<double> cost(int digit, const Luma& picture, int left, int top,
                             const Backdrop& behind) const;
  /// The same of seeing no digit at all.
  double blank_cost(const Luma& picture, int left, int top, const Backdrop& behind) const;
  Match match(const Luma& picture, int left, int top, const Backdrop& behind) const;

  static constexpr double kCap = 9;

 private:
  struct Glyph {
    unsigned looks = 0;
    std::vector<unsigned> ink;  ///< looks in which the pixel was ink
    std::vector<double> sum;
    std::vector<double> sum_square;
    std::vector<double> sum_variance;
    std::vector<float> level;
    std::vector<float> weight;  ///< 0 = background
    unsigned text = 0;          ///< pixels that are ink or edge
  };

  struct Outline {
    int digits = 0;
    Rect box;
    unsigned ink_pixels = 0;
  };

  struct Cost {
    double total = 0;
    double text = 0;
  };

  Outline outline() const;
  void take_look(int digit, const Luma& mean, const Luma& deviation, const InkParts& parts,
                 const std::vector<bool>& letter);
  bool inside(const Luma& picture, int left, int top) const;
  Cost cost_of(const Glyph& glyph, const Luma& picture, int left, int top,
               const Backdrop& behind) const;
  void settle(Glyph& glyph, int edge) const;
  std::vector<int> distance_to_ink(const Glyph& glyph) const;
  std::vector<double> levels_at(int distance) const;
  bool ring_is_drawn(int ring) const;

  int width_;
  int height_;
  Ink ink_;
  std::array<Glyph, 10> glyphs_;
};

}  // namespace anjuan::formats
