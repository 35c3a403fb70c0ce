#pragma once
// The numbers by which coded pictures are put in the order in which they are shown (H.264 8.2.1,
// H.265 8.3.1). An encoder numbers what it codes in equal steps: where a step is wider, pictures
// were taken out later.

#include <cstdint>
#include <vector>

#include "preservation/formats/continuity/observation.h"

namespace anjuan::formats {

class PictureOrder {
 public:
  /// Numbering begins anew, with picture 0 at `at_s`.
  void restart(double at_s);
  /// The low `bits` (4 to 16) of the next picture's number. `anchors`: later numbers count from it.
  void add(std::uint32_t low, unsigned bits, bool anchors, double at_s);
  /// Adds "poc": how many pictures are missing before at_s. An encoder that numbers unevenly gives
  /// nothing, nor do the last pictures of a file: it may end before all of them came.
  void finish(std::vector<StreamEvent>& events) const;

 private:
  struct Numbered {
    std::uint32_t sequence = 0;
    std::int64_t number = 0;
    double at_s = 0;
  };

  std::vector<Numbered> pictures_;
  std::uint32_t sequence_ = 0;
  std::int64_t anchor_ = 0;
};

}  // namespace anjuan::formats
