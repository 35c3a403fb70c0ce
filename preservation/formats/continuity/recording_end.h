#pragma once
// Whether a recording ends where its file says that it does. For the sandboxed child.

#include "preservation/formats/continuity/av_input.h"
#include "preservation/formats/continuity/box_walker.h"
#include "preservation/formats/continuity/file_promise.h"
#include "preservation/formats/continuity/packet_timeline.h"

namespace anjuan::formats {

/// Adds what is found before all other events, which are cut off where there are too many:
/// "read_in_part" where not all packets were read (nothing is said of the end then), "ends_early"
/// where a promised length is not reached, else "cut_short" where the file breaks off and nothing
/// says what is missing.
void tell_end(const AvInput& input, const BoxFacts& boxes, const FilePromise& promise,
              const Timeline& timeline, SegmentObservation& seen);

}  // namespace anjuan::formats
