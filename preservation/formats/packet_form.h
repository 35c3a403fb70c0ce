#pragma once
// Copied packets in the one form that Matroska and MP4 both keep, so that the source's and the
// copy's can be compared byte for byte.
//
// H.264 and H.265 with start codes (MPEG-TS, AVI) become length prefixes, AAC loses its ADTS
// header, everything else is as it is. Written independently of the code of libav that repacks: a
// fault there is found, not repeated. For workers.

#include <span>
#include <string>

#include "preservation/formats/av_source.h"
#include "preservation/formats/frame_hash.h"

namespace anjuan::formats {

class PacketForm {
 public:
  explicit PacketForm(const AVCodecParameters& parameters);

  FrameHash hash(const AVPacket& packet) const;

 private:
  enum class Kind { kAsIs, kStartCodes, kAdts };

  Kind kind_ = Kind::kAsIs;
};

/// NAL units of ITU-T H.264 annex B with four bytes of length before each instead of start codes.
std::string with_lengths(std::span<const std::byte> start_coded);

/// Without the ADTS header (ISO/IEC 13818-7, 6.2), or as it is if there is none.
std::span<const std::byte> without_adts(std::span<const std::byte> packet);

}  // namespace anjuan::formats
