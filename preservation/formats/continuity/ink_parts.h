#pragma once
// Ink of a picture as connected parts: letters, holes of letters, bright walls behind them.

#include <algorithm>
#include <vector>

#include "preservation/formats/continuity/luma.h"

namespace anjuan::formats {

/// Level of the ink, where it ends, and whether the letters are brighter than what is around them.
struct Ink {
  double level = 235;
  double threshold = 128;
  bool bright = true;
};

struct InkPart {
  Rect box;
  unsigned pixels = 0;
  bool at_border = false;
};

/// True for what is too narrow to be a digit of its height: even a bare 1 is a stroke wide.
inline bool is_line(const Rect& box) { return box.width < std::max(2, box.height / 10); }

class InkParts {
 public:
  InkParts(const Luma& picture, const Ink& ink);

  const std::vector<InkPart>& parts() const { return parts_; }

  /// Number of the part from 1, or 0 for what is no ink.
  int label(int x, int y) const { return label_[static_cast<std::size_t>(y * width_ + x)]; }

 private:
  int& at(int x, int y) { return label_[static_cast<std::size_t>(y * width_ + x)]; }

  void fill(int from_x, int from_y);

  int width_;
  int height_;
  std::vector<int> label_;
  std::vector<InkPart> parts_;
};

}  // namespace anjuan::formats
