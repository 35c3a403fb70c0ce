#include "preservation/formats/continuity/plateaus.h"

#include <cstdlib>

namespace anjuan::formats {

namespace {

constexpr double kShortestSeconds = 0.6;
/// Compression makes a still pixel waver by some levels, and pop at key pictures.
constexpr int kStillLevels = 28;
constexpr int kFraction = 16;

}  // namespace

Plateaus::Plateaus(int width, int height, int cell)
    : width_(width),
      height_(height),
      cell_(cell),
      columns_((width + cell - 1) / cell),
      rows_((height + cell - 1) / cell),
      level_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)),
      begin_(level_.size()) {}

void Plateaus::add(const Luma& picture, double at_s) {
  if (times_.size() >= kPicturesMax || picture.width != width_ || picture.height != height_) return;
  const std::size_t now = times_.size();
  times_.push_back(at_s);
  counts_.resize(counts_.size() +
                 static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
  const std::uint8_t* from = picture.pixels.data();
  std::int16_t* level = level_.data();
  if (now == 0) {
    for (std::size_t i = 0; i < level_.size(); ++i) {
      level[i] = static_cast<std::int16_t>(from[i] * kFraction);
    }
    return;
  }
  std::size_t pixel = 0;
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x, ++pixel) {
      const int value = from[pixel] * kFraction;
      const int apart = value - level[pixel];
      if (std::abs(apart) <= kStillLevels * kFraction) {
        level[pixel] = static_cast<std::int16_t>(level[pixel] + apart / 8);
        continue;
      }
      const auto cell = static_cast<std::size_t>(y / cell_) * static_cast<std::size_t>(columns_) +
                        static_cast<std::size_t>(x / cell_);
      close(pixel, cell, now, true);
      level[pixel] = static_cast<std::int16_t>(value);
      begin_[pixel] = static_cast<std::uint16_t>(now);
    }
  }
}

void Plateaus::close(std::size_t pixel, std::size_t cell, std::size_t picture, bool ended) {
  const std::size_t began = begin_[pixel];
  if (times_[picture] - times_[began] < kShortestSeconds) return;
  if (began > 0) note(cell, began);
  if (ended) note(cell, picture);
}

void Plateaus::note(std::size_t cell, std::size_t picture) {
  std::uint8_t& count =
      counts_[picture * static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) +
              cell];
  if (count < 255) ++count;
}

void Plateaus::finish() {
  if (times_.empty()) return;
  std::size_t pixel = 0;
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x, ++pixel) {
      const auto cell = static_cast<std::size_t>(y / cell_) * static_cast<std::size_t>(columns_) +
                        static_cast<std::size_t>(x / cell_);
      close(pixel, cell, times_.size() - 1, false);
    }
  }
}

unsigned Plateaus::count(int column, int row, std::size_t picture) const {
  return counts_[picture * static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) +
                 static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                 static_cast<std::size_t>(column)];
}

}  // namespace anjuan::formats
