#pragma once
// Sound to FLAC, proved: every packet is decoded again and its samples are compared by the second.
//
// Only for sound that FLAC holds as it was decoded: whole numbers of 16 bits, or of up to 24 bits
// in 32. Anything else is copied packet by packet (a float rounded to FLAC proves nothing).

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "preservation/formats/av_source.h"
#include "preservation/formats/frame_hash.h"

namespace anjuan::formats {

/// True if the decoded sound fits FLAC without a conversion.
bool flac_holds(const AVCodecContext& decoder);

class FlacEncoder {
 public:
  using OnPacket = std::function<void(AVPacket&)>;  ///< times in samples
  using OnBlock = std::function<void(const ProofLine&)>;

  /// `decoder` of the source; `stream` = its number in the proof. Throws MediaFault(kUnsupported).
  FlacEncoder(const AVCodecContext& decoder, std::uint32_t stream, OnPacket on_packet,
              OnBlock on_block);

  /// `time` in samples. A hole of more than kHoleMs is kept in the times of the packets.
  static constexpr std::int64_t kHoleMs = 40;
  void add(const AVFrame& frame, std::int64_t time);

  /// Throws MediaFault(kNotEqual) if what was decoded again differs.
  void finish();

  const AVCodecParameters& parameters() const { return *parameters_; }

  std::uint64_t samples() const { return before_.samples(); }

  std::uint64_t holes() const { return holes_; }

 private:
  void encode(std::string_view samples);
  void drain();
  void check(const ProofLine& after);

  AvCodec encoder_;
  std::unique_ptr<AVCodecParameters, AvRelease> parameters_;
  std::unique_ptr<AvDecoder> decoder_;
  OnPacket on_packet_;
  std::deque<ProofLine> expected_;  ///< blocks that were not decoded again yet
  SoundHash before_;
  SoundHash after_;
  AvPacket packet_;
  std::string waiting_;  ///< samples that do not fill a FLAC frame yet
  std::string decoded_;  ///< scratch
  std::size_t sample_bytes_;
  int format_, channels_;
  std::optional<std::int64_t> next_;  ///< time of the next sample to come
  std::int64_t waiting_time_ = 0;     ///< of the first sample in waiting_
  std::uint64_t holes_ = 0;
};

}  // namespace anjuan::formats
