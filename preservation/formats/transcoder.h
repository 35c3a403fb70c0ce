#pragma once
// Carries out a plan on one recording: one read, one decode, derivative and proof together.
//
// For workers: both descriptors are handed in, everything is told through callbacks.

#include <functional>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "preservation/formats/derivation.h"
#include "preservation/formats/track.h"

namespace anjuan::formats {

struct TranscodeOrder {
  int input = -1;
  int output = -1;  ///< open for reading and writing, empty
  DerivationPlan plan;
  MuxNotes notes;
  unsigned workers = 2;
  std::vector<FrameSink*> sinks;
};

struct TranscodeOutcome {
  std::vector<TrackResult> tracks;  ///< as the plan's streams
  AvComplaints complaints;          ///< errors: with those of reading and decoding
  double offset_s = 0;  ///< all times were moved by this, where a container has no negative ones
};

/// Text of the proof in pieces, and how far the source was read.
struct TranscodeListener {
  std::function<void(std::string_view)> on_proof;
  std::function<void(std::uint64_t bytes)> on_progress;
};

/// Throws MediaFault: then what was written is nothing.
TranscodeOutcome transcode(const TranscodeOrder& order, const TranscodeListener& listener);

}  // namespace anjuan::formats
