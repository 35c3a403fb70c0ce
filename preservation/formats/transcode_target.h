#pragma once
// One derivative while it is made: its container, its tracks, its ledger and its proof.
//
// For transcoder.cpp. What goes wrong ends this derivative, not the others.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "preservation/formats/packet_ledger.h"
#include "preservation/formats/transcoder.h"

namespace anjuan::formats {

class TargetInWork {
 public:
  /// The first frame and the decoder of a stream that is decoded.
  using Decoded = std::function<TrackSource(int stream)>;
  using OnProof = std::function<void(std::string_view)>;

  TargetInWork(const TranscodeTarget& target, const AvSource& source, unsigned workers,
               const Decoded& decoded, OnProof on_proof);

  bool failed() const { return outcome_.fault.has_value(); }

  void packet(const AVPacket& packet);
  void frame(int stream, const AVFrame& frame);
  /// The end of the source, where so many errors were found.
  void finish(std::uint64_t source_errors);

  TranscodeOutcome outcome() const { return outcome_; }

 private:
  template <typename Work>
  void guarded(Work work);
  void make_tracks(const Decoded& decoded);
  void describe(const TrackSource& from, AVStream& out) const;
  void begin_proof();
  void conclude(std::uint64_t source_errors);
  Track* track_of(int stream) const;

  const TranscodeTarget& target_;
  const AvSource& source_;
  unsigned workers_;
  OnProof on_proof_;
  AvMuxer muxer_;
  PacketLedger ledger_;
  std::optional<ProofWriter> proof_;
  std::vector<std::unique_ptr<Track>> tracks_;
  std::map<int, Track*> by_stream_;
  TranscodeOutcome outcome_;
};

/// Everything but copies of packets.
bool is_decoded(StreamAction action);

}  // namespace anjuan::formats
