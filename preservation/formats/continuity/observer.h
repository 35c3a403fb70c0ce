#pragma once
// The strategy of observing one recording: everything of a short one, samples of a long one and
// all of it around what is suspicious. For the sandboxed child only.

#include "preservation/formats/continuity/clock_line.h"

namespace anjuan::formats {

struct ObserverOptions {
  double whole_s = 120;      ///< recordings up to this length are decoded whole
  double tick_every_s = 60;  ///< longer ones: so often the clock is measured to one picture
};

/// Never throws for what is in the file: `failure` says what could not be observed.
SegmentObservation observe_recording(int descriptor, std::uint64_t size,
                                     const ObserverOptions& options);

}  // namespace anjuan::formats
