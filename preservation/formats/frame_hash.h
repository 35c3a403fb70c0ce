#pragma once
// SHA-256 of what was decoded, over the same bytes as `ffmpeg -f framehash -hash sha256`.
//
// A picture is its planes without padding, sound its interleaved samples in the decoder's own
// sample format: nothing is converted, or the digest would prove something else.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/digest.h"
#include "preservation/formats/av_source.h"
#include "preservation/formats/proof.h"

namespace anjuan::formats {

struct FrameHash {
  std::uint64_t bytes = 0;
  std::string sha256;

  bool operator==(const FrameHash&) const = default;
};

/// Throws MediaFault(kUnsupported) for pictures that lie in no memory of ours.
FrameHash hash_picture(const AVFrame& frame);
/// True for two pictures of one size and format with the same planes: what hash_picture() digests,
/// byte by byte. Throws MediaFault(kUnsupported) as it does.
bool same_picture(const AVFrame& one, const AVFrame& other);
FrameHash hash_packet(const AVPacket& packet);

/// The name of interleaved samples of a libav sample format, e.g. "pcm_s16le"; "" if there is none.
std::string pcm_name(int sample_format);

/// Appends the samples of `frame` channel by channel, whatever their layout in memory.
void append_interleaved(const AVFrame& frame, std::string& out);

/// Sound in blocks of one second, because codecs cut it differently: FLAC into 4608 samples, AVI
/// into anything. Times are in samples.
class SoundHash {
 public:
  using OnBlock = std::function<void(const ProofLine&)>;

  SoundHash(std::uint32_t stream, int sample_rate, std::size_t bytes_per_sample, OnBlock on_block);

  /// `time` of the first sample, in samples; it counts for the first block and after a gap.
  void add(std::string_view samples, std::int64_t time);
  void finish();

  std::uint64_t samples() const { return samples_; }

 private:
  void end_block();

  std::uint32_t stream_;
  std::size_t block_bytes_;
  std::size_t sample_bytes_;
  OnBlock on_block_;
  std::optional<Hasher> hasher_;
  std::size_t filled_ = 0;
  std::int64_t begin_ = 0;
  std::uint64_t samples_ = 0;
};

}  // namespace anjuan::formats
