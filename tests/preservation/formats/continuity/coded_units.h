#pragma once
// Small valid units of H.264 and H.265, written bit by bit: what the readers of them are tried on.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan::formats {

using CodedBytes = std::vector<std::uint8_t>;

/// The bits of a unit behind its header.
class BitWriter {
 public:
  BitWriter& bits(std::uint64_t value, unsigned count) {
    for (unsigned i = count; i > 0; --i) {
      if (used_ % 8 == 0) bytes_.push_back(0);
      const auto bit = static_cast<unsigned>(value >> (i - 1) & 1U);
      bytes_.back() = static_cast<std::uint8_t>(bytes_.back() | bit << (7 - used_ % 8));
      ++used_;
    }
    return *this;
  }

  BitWriter& ue(std::uint32_t value) {
    unsigned length = 0;
    while ((std::uint64_t{value} + 1) >> (length + 1) != 0) ++length;
    return bits(0, length).bits(std::uint64_t{value} + 1, length + 1);
  }

  BitWriter& se(std::int32_t value) {
    const std::int64_t wide = value;
    return ue(static_cast<std::uint32_t>(wide > 0 ? 2 * wide - 1 : -2 * wide));
  }

  const CodedBytes& bytes() const { return bytes_; }

  /// With the stop bit and the bytes 3 that keep start codes from occurring (H.264 7.4.1).
  CodedBytes unit(CodedBytes header) {
    bits(1, 1);
    unsigned zeros = 0;
    for (const std::uint8_t byte : bytes_) {
      if (zeros >= 2 && byte <= 3) {
        header.push_back(3);
        zeros = 0;
      }
      zeros = byte == 0 ? zeros + 1 : 0;
      header.push_back(byte);
    }
    return header;
  }

 private:
  CodedBytes bytes_;
  unsigned used_ = 0;
};

inline CodedBytes joined(const std::vector<CodedBytes>& parts) {
  CodedBytes all;
  for (const CodedBytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

/// A unit behind its length of `bytes` bytes.
inline CodedBytes sized(const CodedBytes& unit, unsigned bytes) {
  return joined({BitWriter().bits(unit.size(), 8 * bytes).bytes(), unit});
}

inline CodedBytes after_start_code(const CodedBytes& unit) { return joined({{0, 0, 0, 1}, unit}); }

/// A stream as a demuxer gives it.
struct CodedStream {
  CodedBytes extra;
  std::vector<CodedBytes> packets;
};

// H.264 (7.3.2.1.1, 7.3.2.2, 7.3.3), 16x16 pixels, high profile.

/// frame_num of 4 bits, the order of 8; with scaling lists, whose deltas are read one by one.
inline CodedBytes h264_sequence_set(bool gaps_allowed = false) {
  BitWriter set;
  set.bits(100, 8).bits(0, 8).bits(30, 8).ue(0).ue(1).ue(0).ue(0).bits(0, 1).bits(1, 1);
  set.bits(1, 1);
  for (int i = 0; i < 16; ++i) set.se(i % 2 == 0 ? 5 : -4);
  set.bits(0, 7).ue(0).ue(0).ue(4).ue(1).bits(gaps_allowed ? 1 : 0, 1).ue(0).ue(0).bits(1, 1);
  return set.bits(0, 3).unit({0x67});
}

inline CodedBytes h264_picture_set(std::uint32_t quality = 0) {
  BitWriter set;
  set.ue(0).ue(0).bits(0, 2).ue(0).ue(0).ue(0).bits(0, 3);
  return set.se(static_cast<std::int32_t>(quality)).se(0).se(0).bits(0, 3).unit({0x68});
}

inline CodedBytes h264_slice(std::uint32_t number, bool idr) {
  BitWriter slice;
  slice.ue(0).ue(idr ? 7 : 5).ue(0).bits(idr ? 0 : number, 4);
  if (idr) slice.ue(number);
  slice.bits(idr ? 0 : 2 * number, 8).se(0);
  return slice.unit({static_cast<std::uint8_t>(idr ? 0x65 : 0x41)});
}

inline CodedBytes h264_extra() {
  const CodedBytes sps = h264_sequence_set();
  return joined({{1, 100, 0, 30, 0xFF, 0xE1}, sized(sps, 2), {1}, sized(h264_picture_set(), 2)});
}

/// `pictures` of one group, but the one with the number `missing`.
inline CodedStream h264_stream(std::uint32_t pictures, std::uint32_t missing) {
  CodedStream stream{h264_extra(), {sized(h264_slice(0, true), 4)}};
  for (std::uint32_t i = 1; i < pictures; ++i) {
    if (i != missing) stream.packets.push_back(sized(h264_slice(i, false), 4));
  }
  return stream;
}

// H.265 (7.3.2.1, 7.3.2.2, 7.3.2.3, 7.3.6), 64x64 pixels, two temporal layers.

inline CodedBytes hevc_video_set() {
  return BitWriter().bits(0, 4).bits(3, 2).bits(0, 6).bits(0, 3).bits(1, 1).unit({0x40, 1});
}

/// The order has 8 bits.
inline CodedBytes hevc_sequence_set() {
  BitWriter set;
  set.bits(0, 4).bits(1, 3).bits(1, 1);
  set.bits(1, 8).bits(0x60000000, 32).bits(0x9000000000, 48).bits(90, 8);
  set.bits(1, 1).bits(1, 1).bits(0, 14).bits(1, 40).bits(0, 48).bits(60, 8);
  set.ue(0).ue(1).ue(64).ue(64).bits(1, 1).ue(0).ue(1).ue(0).ue(1).ue(0).ue(0).ue(4);
  return set.bits(1, 1).ue(1).ue(0).ue(0).ue(0).ue(1).unit({0x42, 1});
}

inline CodedBytes hevc_picture_set(std::uint32_t quality = 0) {
  BitWriter set;
  set.ue(0).ue(0).bits(0, 1).bits(1, 1).bits(2, 3).bits(0, 2).ue(0).ue(0);
  return set.se(static_cast<std::int32_t>(quality)).bits(0, 8).unit({0x44, 1});
}

inline CodedBytes hevc_slice(std::uint32_t number, bool idr) {
  BitWriter slice;
  slice.bits(1, 1);
  if (idr) slice.bits(0, 1);
  slice.ue(0).bits(0, 2).ue(idr ? 2 : 1).bits(1, 1);
  if (!idr) slice.bits(number, 8).bits(1, 1);
  return slice.bits(0, 8).unit({static_cast<std::uint8_t>((idr ? 19 : 1) << 1), 1});
}

inline CodedBytes hevc_extra() {
  CodedBytes head(22, 0);
  head[0] = 1;
  head[21] = 3;
  const auto array = [](std::uint8_t type, const CodedBytes& unit) {
    return joined({{type, 0, 1}, sized(unit, 2)});
  };
  return joined({head,
                 {3},
                 array(32, hevc_video_set()),
                 array(33, hevc_sequence_set()),
                 array(34, hevc_picture_set())});
}

inline CodedStream hevc_stream(std::uint32_t pictures, std::uint32_t missing) {
  CodedStream stream{hevc_extra(), {sized(hevc_slice(0, true), 4)}};
  for (std::uint32_t i = 1; i < pictures; ++i) {
    if (i != missing) stream.packets.push_back(sized(hevc_slice(i, false), 4));
  }
  return stream;
}

}  // namespace anjuan::formats
