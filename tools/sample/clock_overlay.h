#pragma once
// The burnt-in clock and device number of a recording: white on a thin black edge, one pitch.

#include <map>
#include <string>

#include "core/clock.h"
#include "tools/sample/yuv.h"

namespace anjuan::sample {

class ClockOverlay {
 public:
  /// `device` stands in the lower left corner; `frame_height` sets the size of the letters.
  ClockOverlay(const std::string& device, int frame_height);

  /// Writes "YYYY-MM-DD HH:MM:SS" of `wall_clock`, cut to the second, at +08:00.
  void draw(Instant wall_clock, YuvImage& target) const;

 private:
  int pitch_px_;
  int margin_px_;
  std::map<char, Sprite> glyphs_;
  Sprite device_;
};

/// "2025-06-17 09:04:30" at +08:00.
std::string clock_text(Instant instant);

}  // namespace anjuan::sample
