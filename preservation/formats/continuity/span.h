#pragma once
// A stretch of a recording decoded picture by picture and what each picture is remembered by.

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "preservation/formats/continuity/av_input.h"
#include "preservation/formats/continuity/clock_face.h"
#include "preservation/formats/continuity/clock_seconds.h"

namespace anjuan::formats {

/// Longest stretch that is kept in memory at once.
inline constexpr double kSpanSecondsMax = 150;
inline constexpr std::size_t kSpanPicturesMax = 10'000;

struct Watched {
  double at_s = 0;
  double moved = 0;         ///< grey levels against the picture before, outside the clock
  double dark = 0;          ///< part of the picture that is black, outside the clock
  std::uint64_t print = 0;  ///< of the reduced picture: equal only for equal pictures
  Luma thumb;
};

struct Span {
  std::vector<Watched> pictures;
  std::vector<Strip> lines;  ///< of the clock, one a picture; empty without a clock
  Rect clock_in_thumb;       ///< to be left out of comparisons
  bool reached_end = false;  ///< of the file
};

/// Makes a span of pictures that come in order of presentation, whoever decodes them.
class SpanCollector {
 public:
  /// Of [from_s, to_s], at most the limits above. `face` may be nullptr, else it must stay.
  SpanCollector(double from_s, double to_s, const ClockFace* face);

  /// False once no more pictures are wanted.
  bool take(const Picture& picture);

  Span finish();

 private:
  double from_s_, to_s_;
  const ClockFace* face_;
  Span span_;
  Luma previous_;  ///< the last picture, reduced
  bool full_ = false;
};

/// Decodes [from_s, to_s], at most the limits above. `face` may be nullptr.
Span watch(AvInput& input, double from_s, double to_s, const ClockFace* face,
           const std::function<void(double at_s)>& on_picture = {});

/// Difference of two pictures of a span, outside the clock.
double apart(const Span& span, std::size_t one, std::size_t other);

}  // namespace anjuan::formats
