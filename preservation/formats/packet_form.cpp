#include "preservation/formats/packet_form.h"

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace anjuan::formats {

namespace {

using Bytes = std::span<const std::byte>;

Bytes bytes_of(const AVPacket& packet) {
  return {reinterpret_cast<const std::byte*>(packet.data),
          static_cast<std::size_t>(std::max(packet.size, 0))};
}

constexpr std::byte kZero{0};
constexpr std::byte kOne{1};

/// Index of the next 00 00 01 at or after `from`, or bytes.size().
std::size_t start_code(Bytes bytes, std::size_t from) {
  for (std::size_t i = from; i + 3 <= bytes.size(); ++i) {
    if (bytes[i] == kZero && bytes[i + 1] == kZero && bytes[i + 2] == kOne) return i;
  }
  return bytes.size();
}

void append_unit(Bytes unit, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += static_cast<char>((unit.size() >> static_cast<unsigned>(shift)) & 0xFFU);
  }
  out.append(reinterpret_cast<const char*>(unit.data()), unit.size());
}

/// avcC and hvcC begin with the version, 1; parameter sets with start codes begin with zeros.
bool has_start_codes(const AVCodecParameters& coded) {
  const bool h26x = coded.codec_id == AV_CODEC_ID_H264 || coded.codec_id == AV_CODEC_ID_HEVC;
  return h26x && (coded.extradata_size < 1 || coded.extradata[0] != 1);
}

}  // namespace

std::string with_lengths(Bytes bytes) {
  std::string out;
  out.reserve(bytes.size() + 16);
  std::size_t at = start_code(bytes, 0);
  while (at < bytes.size()) {
    const std::size_t begin = at + 3;
    const std::size_t next = start_code(bytes, begin);
    std::size_t end = next;
    // The zero before a start code of four bytes belongs to the code.
    if (next < bytes.size() && end > begin && bytes[end - 1] == kZero) --end;
    if (end > begin) append_unit(bytes.subspan(begin, end - begin), out);
    at = next;
  }
  return out;
}

Bytes without_adts(Bytes packet) {
  constexpr std::size_t kHeader = 7;
  constexpr std::size_t kHeaderWithCrc = 9;
  if (packet.size() < kHeaderWithCrc) return packet;
  const auto first = std::to_integer<unsigned>(packet[0]);
  const auto second = std::to_integer<unsigned>(packet[1]);
  if (first != 0xFFU || (second & 0xF6U) != 0xF0U) return packet;
  return packet.subspan((second & 1U) != 0 ? kHeader : kHeaderWithCrc);
}

PacketForm::PacketForm(const AVCodecParameters& parameters) {
  if (has_start_codes(parameters)) kind_ = Kind::kStartCodes;
  if (parameters.codec_id == AV_CODEC_ID_AAC && parameters.extradata_size == 0) kind_ = Kind::kAdts;
}

FrameHash PacketForm::hash(const AVPacket& packet) const {
  Hasher hasher(DigestAlgorithm::kSha256);
  Bytes bytes = bytes_of(packet);
  std::string repacked;
  if (kind_ == Kind::kStartCodes) {
    repacked = with_lengths(bytes);
    bytes = std::as_bytes(std::span(repacked));
  } else if (kind_ == Kind::kAdts) {
    bytes = without_adts(bytes);
  }
  hasher.update(bytes);
  return {bytes.size(), hasher.finish()};
}

}  // namespace anjuan::formats
