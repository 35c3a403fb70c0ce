#pragma once
// One stream on its way from the source into the derivative, with its part of the proof.
//
// A track is made from the stream and, where it is decoded, from its first frame; then it gets
// every packet of its stream (a copy) or every decoded frame (all others) in order, and the end.
// One decoder may feed the tracks of several derivatives: a track changes no frame. For workers.

#include <functional>
#include <memory>
#include <vector>

#include "preservation/formats/av_muxer.h"
#include "preservation/formats/derivation.h"
#include "preservation/formats/packet_ledger.h"
#include "preservation/formats/proof.h"

namespace anjuan::formats {

/// Others that want what is decoded, without decoding it again: the content scan, the clock.
class FrameSink {
 public:
  virtual ~FrameSink() = default;
  /// The next picture of `stream`, as the decoder gave it.
  virtual void picture(const AVStream& stream, const AVFrame& frame) = 0;
};

/// Where a track puts what it makes.
struct TrackOutput {
  int number = 0;  ///< of the stream in derivative and proof
  AvMuxer* muxer = nullptr;
  PacketLedger* ledger = nullptr;
  std::function<void(const ProofLine&)> proof;
};

/// What a track did.
struct TrackResult {
  std::uint64_t frames = 0;      ///< pictures, or packets of a copy
  std::uint64_t samples = 0;     ///< of decoded sound
  std::uint64_t times_made = 0;  ///< frames without a time of their own
  std::uint64_t holes = 0;       ///< in the times of sound
  std::string codec;             ///< in the derivative
};

class Track {
 public:
  virtual ~Track() = default;
  /// For the container, before begin().
  virtual const AVCodecParameters& parameters() const = 0;
  virtual Rational time_base() const = 0;
  /// Nothing where nothing can be proved (access copies that are encoded anew).
  virtual std::optional<ProofStream> proof_stream() const = 0;

  virtual void packet(const AVPacket&) {}

  virtual void frame(const AVFrame&) {}

  virtual void finish() {}

  virtual TrackResult result() const = 0;
};

/// A stream of the source: its decoder and first frame where it is decoded, nullptr for a copy.
struct TrackSource {
  const AVStream* stream = nullptr;
  const AVCodecContext* decoder = nullptr;
  const AVFrame* first = nullptr;
};

/// Throws MediaFault(kUnsupported).
std::unique_ptr<Track> make_track(const StreamPlan& plan, const DerivationPlan& all,
                                  const TrackSource& source, unsigned workers, TrackOutput output);

std::unique_ptr<Track> make_copy_track(const TrackSource& source, TrackOutput output);
std::unique_ptr<Track> make_ffv1_track(const DerivationPlan& all, const TrackSource& source,
                                       unsigned workers, TrackOutput output);
std::unique_ptr<Track> make_flac_track(const TrackSource& source, TrackOutput output);
std::unique_ptr<Track> make_pcm_track(const TrackSource& source, TrackOutput output);
std::unique_ptr<Track> make_x264_track(const DerivationPlan& all, const TrackSource& source,
                                       TrackOutput output);
std::unique_ptr<Track> make_aac_track(const DerivationPlan& all, const TrackSource& source,
                                      TrackOutput output);

/// Notes a packet that is written and hands it to the container.
void put_packet(const TrackOutput& output, AVPacket& packet, const FrameHash& hash);

/// The parameters of a stream with what its first picture adds, as a proof names them.
ProofStream describe_for_proof(const AVStream& stream, std::string codec);

}  // namespace anjuan::formats
