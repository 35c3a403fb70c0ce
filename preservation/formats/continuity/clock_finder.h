#pragma once
// Where in the picture something changes in the rhythm of seconds. Nothing is read here yet.

#include <vector>

#include "preservation/formats/continuity/plateaus.h"

namespace anjuan::formats {

struct TickRegion {
  Rect place;        ///< in the full picture, to some pixels
  double score = 0;  ///< seconds that its cells kept
};

class ClockFinder {
 public:
  ClockFinder(int width, int height);

  /// Pictures of some ten seconds, in order.
  void add(const Luma& picture, double at_s);
  /// Candidates, best first, at most kRegionsMax.
  std::vector<TickRegion> regions();

  static constexpr std::size_t kRegionsMax = 6;

 private:
  int factor_;
  Plateaus plateaus_;
};

/// Pictures at which the counts of a region peak: its ticks. `counts` has one number a picture.
std::vector<std::size_t> ticks_of(const std::vector<unsigned>& counts, unsigned least);

}  // namespace anjuan::formats
