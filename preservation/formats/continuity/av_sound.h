#pragma once
// libav's decoder of one sound track, asked only how loud each packet is. For av_input.cpp only.

#include <cstdint>
#include <memory>
#include <optional>

struct AVCodecParameters;
struct AVPacket;

namespace anjuan::formats {

class SoundMeter {
 public:
  explicit SoundMeter(const AVCodecParameters& code);
  ~SoundMeter();

  /// The largest amplitude, of 1, in what comes of this packet; nothing if nothing does.
  std::optional<double> peak_of(const AVPacket& packet);

  std::uint64_t errors() const;  ///< packets that its decoder refused

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace anjuan::formats
