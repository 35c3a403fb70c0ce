#pragma once
// An observation as lines of JSON over the child's pipe. The reader trusts nothing: unknown kinds,
// counts beyond the bounds of observation.h and numbers that are none are refused.

#include <functional>
#include <string>
#include <string_view>

#include "preservation/formats/continuity/observation.h"

namespace anjuan::formats {

void write_observation(const SegmentObservation& observation,
                       const std::function<void(std::string_view)>& sink);

/// A line between the others: how much of the observer's work is done, 0 to 1.
void write_part(double part, const std::function<void(std::string_view)>& sink);

class ObservationReader {
 public:
  explicit ObservationReader(std::function<void(double part)> on_part = {})
      : on_part_(std::move(on_part)) {}

  /// Bytes as they come. Throws Error(kInvalid) for what no observer writes.
  void take(std::string_view bytes);

  /// True once the line "end" came: without it the observer did not finish.
  bool complete() const { return complete_; }

  const SegmentObservation& observation() const { return seen_; }

 private:
  void take_line(std::string_view line);

  std::function<void(double part)> on_part_;
  SegmentObservation seen_;
  std::string rest_;
  std::uint64_t bytes_ = 0;
  bool complete_ = false;
};

}  // namespace anjuan::formats
