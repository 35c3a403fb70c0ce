#include "preservation/formats/continuity/ink_parts.h"

namespace anjuan::formats {

namespace {

constexpr int kInk = -1;  ///< not numbered yet

}  // namespace

InkParts::InkParts(const Luma& picture, const Ink& ink)
    : width_(picture.width), height_(picture.height), label_(picture.pixels.size()) {
  for (std::size_t i = 0; i < label_.size(); ++i) {
    const bool above = picture.pixels[i] >= ink.threshold;
    label_[i] = above == ink.bright ? kInk : 0;
  }
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x) {
      if (at(x, y) == kInk) fill(x, y);
    }
  }
}

void InkParts::fill(int from_x, int from_y) {
  const int number = static_cast<int>(parts_.size()) + 1;
  InkPart part;
  int left = from_x;
  int right = from_x;
  int top = from_y;
  int bottom = from_y;
  std::vector<std::pair<int, int>> open{{from_x, from_y}};
  at(from_x, from_y) = number;
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    ++part.pixels;
    left = std::min(left, x);
    right = std::max(right, x);
    top = std::min(top, y);
    bottom = std::max(bottom, y);
    for (int ny = std::max(0, y - 1); ny <= std::min(height_ - 1, y + 1); ++ny) {
      for (int nx = std::max(0, x - 1); nx <= std::min(width_ - 1, x + 1); ++nx) {
        if (at(nx, ny) != kInk) continue;
        at(nx, ny) = number;
        open.emplace_back(nx, ny);
      }
    }
  }
  part.box = {left, top, right - left + 1, bottom - top + 1};
  part.at_border = left == 0 || top == 0 || right == width_ - 1 || bottom == height_ - 1;
  parts_.push_back(part);
}

}  // namespace anjuan::formats
