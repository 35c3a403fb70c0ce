#pragma once
// Carries out plans on one recording: one read, one decode, however many derivatives are made.
//
// For workers: all descriptors are handed in, everything is told through callbacks.

#include <functional>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "preservation/formats/derivation.h"
#include "preservation/formats/track.h"

namespace anjuan::formats {

/// One derivative.
struct TranscodeTarget {
  int output = -1;  ///< open for reading and writing, empty
  DerivationPlan plan;
  MuxNotes notes;
};

struct TranscodeOrder {
  int input = -1;
  /// The first one's plan says whether edit lists are honoured; the others' must say the same.
  std::vector<TranscodeTarget> targets;
  unsigned workers = 2;
};

struct TranscodeOutcome {
  /// Set if what was written is nothing; the other derivatives of the order are not touched by it.
  std::optional<MediaFault> fault;
  std::vector<TrackResult> tracks;  ///< as the plan's streams
  AvComplaints complaints;          ///< errors: with those of reading and decoding
  double offset_s = 0;  ///< all times were moved by this, where a container has no negative ones
};

/// Text of the proofs in pieces, and how far the source was read.
struct TranscodeListener {
  std::function<void(std::size_t target, std::string_view)> on_proof;
  std::function<void(std::uint64_t bytes)> on_progress;
};

/// One outcome for each target. `sink` (may be nullptr) gets all pictures that are decoded.
/// Throws MediaFault if the source cannot be opened.
std::vector<TranscodeOutcome> transcode(const TranscodeOrder& order, FrameSink* sink,
                                        const TranscodeListener& listener);

}  // namespace anjuan::formats
