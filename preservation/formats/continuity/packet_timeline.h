#pragma once
// One pass over all packets: gaps and scars of the time stamps, holes of the sound, repeated runs,
// the rhythm of key pictures. Only sound is decoded, for its loudness. For the sandboxed child.

#include <vector>

#include "preservation/formats/continuity/av_input.h"
#include "preservation/formats/continuity/observation.h"

namespace anjuan::formats {

struct Timeline {
  std::vector<double> key_s;  ///< time stamps of key pictures, in order
  double largest_gap_s = 0;
  std::uint64_t damaged = 0;  ///< packets that the demuxer calls damaged
  bool ended_by_error = false;
  bool stopped = false;  ///< more packets than may be kept: what lies behind was not read
};

/// Reads `input` to its end; fills video, sound and events (kinds "pts_gap", "scar", "backwards",
/// "audio_hole", "av_end", "frame_num", "poc", "idr_pic_id", "parameters", "short_gop",
/// "repeat_packets", "repeat_sound", "silence"). Stops behind `packets_max` packets.
Timeline read_timeline(AvInput& input, SegmentObservation& observation,
                       std::size_t packets_max = kPacketsMax);

}  // namespace anjuan::formats
