#include "preservation/formats/continuity/nal_units.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kUnitsMax = 2000;  ///< in one packet

using Bytes = std::span<const std::uint8_t>;

bool starts_at(Bytes packet, std::size_t at) {
  return packet[at] == 0 && packet[at + 1] == 0 && packet[at + 2] == 1;
}

void each_after_start_code(Bytes packet, const std::function<bool(Bytes)>& take) {
  std::size_t units = 0;
  for (std::size_t at = 0; at + 4 < packet.size() && units < kUnitsMax;) {
    if (!starts_at(packet, at)) {
      ++at;
      continue;
    }
    at += 3;
    const std::size_t last = std::min(packet.size(), at + kUnitBytesMax);
    std::size_t end = at;
    while (end < last && !(end + 3 <= packet.size() && packet[end] == 0 && packet[end + 1] == 0 &&
                           packet[end + 2] <= 1)) {
      ++end;
    }
    ++units;
    if (!take(packet.subspan(at, end - at))) return;
    at = end;
  }
}

}  // namespace

std::uint32_t BitReader::bits(unsigned count) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < count; ++i, ++at_) {
    const std::size_t byte = at_ / 8;
    if (byte >= bytes_.size()) {
      over_ = true;
      return 0;
    }
    value = value << 1 | (static_cast<std::uint32_t>(bytes_[byte]) >> (7 - at_ % 8) & 1U);
  }
  return value;
}

void BitReader::skip(unsigned count) {
  at_ += count;
  over_ = over_ || at_ > bytes_.size() * 8;
}

std::uint32_t BitReader::ue() {
  unsigned zeros = 0;
  while (zeros < 32 && bits(1) == 0) {
    if (over_) return 0;
    ++zeros;
  }
  if (zeros >= 32) {
    over_ = true;
    return 0;
  }
  return zeros == 0 ? 0 : (1U << zeros) - 1 + bits(zeros);
}

std::int32_t BitReader::se() {
  const std::uint32_t value = ue();
  const auto half = static_cast<std::int32_t>((value + 1) / 2);
  return value % 2 == 1 ? half : -half;
}

std::vector<std::uint8_t> without_emulation(Bytes bytes, std::size_t limit) {
  std::vector<std::uint8_t> out;
  unsigned zeros = 0;
  for (std::size_t i = 0; i < bytes.size() && out.size() < limit; ++i) {
    if (zeros >= 2 && bytes[i] == 3) {
      zeros = 0;
      continue;
    }
    zeros = bytes[i] == 0 ? zeros + 1 : 0;
    out.push_back(bytes[i]);
  }
  return out;
}

void each_unit(Bytes packet, unsigned length_bytes, const std::function<bool(Bytes)>& take) {
  if (length_bytes == 0) return each_after_start_code(packet, take);
  std::size_t at = 0;
  for (std::size_t units = 0; at + length_bytes < packet.size() && units < kUnitsMax; ++units) {
    std::size_t length = 0;
    for (unsigned i = 0; i < length_bytes; ++i) length = length << 8 | packet[at++];
    if (length == 0 || length > packet.size() - at) return;
    if (!take(packet.subspan(at, length))) return;
    at += length;
  }
}

std::size_t each_set(Bytes extra, std::size_t at, unsigned count,
                     const std::function<void(Bytes)>& take) {
  for (unsigned i = 0; i < count; ++i) {
    if (at + 2 > extra.size()) return extra.size();
    const std::size_t length = static_cast<std::size_t>(extra[at]) << 8 | extra[at + 1];
    at += 2;
    if (length > extra.size() - at) return extra.size();
    take(extra.subspan(at, length));
    at += length;
  }
  return at;
}

}  // namespace anjuan::formats
