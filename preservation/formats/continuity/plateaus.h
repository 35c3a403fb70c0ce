#pragma once
// Pixels that stand still for most of a second and then change at once: what a clock's seconds do,
// and hardly anything else. Ends and beginnings of such plateaus are counted per cell and picture.

#include <cstdint>
#include <vector>

#include "preservation/formats/continuity/luma.h"

namespace anjuan::formats {

class Plateaus {
 public:
  /// Cells of `cell` x `cell` pixels; 1 counts each pixel by itself.
  Plateaus(int width, int height, int cell);

  /// Pictures of the size given, in order. At most kPicturesMax of them are taken.
  void add(const Luma& picture, double at_s);
  /// Plateaus that last until now begin to count.
  void finish();

  std::size_t pictures() const { return times_.size(); }

  double time(std::size_t picture) const { return times_[picture]; }

  int columns() const { return columns_; }

  int rows() const { return rows_; }

  /// Pixels of the cell whose plateau began or ended at that picture.
  unsigned count(int column, int row, std::size_t picture) const;

  static constexpr std::size_t kPicturesMax = 480;

 private:
  void note(std::size_t cell, std::size_t picture);
  void close(std::size_t pixel, std::size_t cell, std::size_t picture, bool ended);

  int width_;
  int height_;
  int cell_;
  int columns_;
  int rows_;
  std::vector<double> times_;
  std::vector<std::int16_t> level_;   ///< of the running plateau, in sixteenths of a grey level
  std::vector<std::uint16_t> begin_;  ///< picture at which it began
  std::vector<std::uint8_t> counts_;  ///< per picture, per cell
};

}  // namespace anjuan::formats
