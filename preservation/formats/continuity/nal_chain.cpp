#include "preservation/formats/continuity/nal_chain.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kHeaderBytes = 64;       ///< of a slice: its header is far shorter
constexpr std::size_t kParameterBytes = 1024;  ///< of a parameter set
constexpr std::size_t kUnitsMax = 2000;        ///< in one access unit
constexpr std::size_t kIdrsMax = 200'000;

constexpr std::uint8_t kSlice = 1;
constexpr std::uint8_t kIdrSlice = 5;
constexpr std::uint8_t kSequenceSet = 7;
constexpr std::uint8_t kPictureSet = 8;

using Bytes = std::span<const std::uint8_t>;

/// Takes out the bytes 3 that keep start codes from occurring (H.264 7.4.1).
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

void skip_scaling_list(BitReader& bits, int size) {
  std::int32_t next = 8;
  std::int32_t last = 8;
  for (int i = 0; i < size && !bits.over(); ++i) {
    if (next != 0) next = (last + bits.se() + 256) % 256;
    last = next == 0 ? last : next;
  }
}

bool is_high_profile(std::uint32_t profile) {
  for (const unsigned high : {100U, 110U, 122U, 244U, 44U, 83U, 86U, 118U, 128U, 138U}) {
    if (profile == high) return true;
  }
  return false;
}

/// The part of a sequence set that only high profiles have. True if planes are coded apart.
bool skip_high_profile(BitReader& bits) {
  const std::uint32_t chroma = bits.ue();
  const bool separate = chroma == 3 && bits.bits(1) == 1;
  bits.ue();
  bits.ue();
  bits.bits(1);
  if (bits.bits(1) == 1) {
    for (int i = 0; i < (chroma == 3 ? 12 : 8); ++i) {
      if (bits.bits(1) == 1) skip_scaling_list(bits, i < 6 ? 16 : 64);
    }
  }
  return separate;
}

void skip_picture_order(BitReader& bits) {
  const std::uint32_t type = bits.ue();
  if (type == 0) bits.ue();
  if (type != 1) return;
  bits.bits(1);
  bits.se();
  bits.se();
  const std::uint32_t cycle = std::min<std::uint32_t>(bits.ue(), 255);
  for (std::uint32_t i = 0; i < cycle; ++i) bits.se();
}

std::uint64_t print_of(Bytes bytes) { return fingerprint(bytes.data(), bytes.size()); }

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

NalChain::NalChain(std::span<const std::uint8_t> extra) {
  if (extra.size() < 7 || extra[0] != 1) {  // Annex B, or none: sets come in the stream.
    std::vector<StreamEvent> ignored;
    if (extra.size() > 4) take(extra, 0, ignored);
    return;
  }
  length_bytes_ = (extra[4] & 3U) + 1U;
  std::size_t at = 5;
  for (const std::uint8_t mask : {std::uint8_t{0x1F}, std::uint8_t{0xFF}}) {
    if (at >= extra.size()) return;
    const unsigned count = extra[at++] & mask;
    for (unsigned i = 0; i < count && at + 2 <= extra.size(); ++i) {
      const std::size_t length = static_cast<std::size_t>(extra[at]) << 8 | extra[at + 1];
      at += 2;
      if (length > extra.size() - at) return;
      take_unit(extra.subspan(at, length), 0, nullptr);
      at += length;
    }
  }
}

void NalChain::take(std::span<const std::uint8_t> packet, double at_s,
                    std::vector<StreamEvent>& events) {
  slice_seen_ = false;
  std::size_t units = 0;
  std::size_t at = 0;
  if (length_bytes_ != 0) {
    while (at + length_bytes_ < packet.size() && ++units < kUnitsMax) {
      std::size_t length = 0;
      for (unsigned i = 0; i < length_bytes_; ++i) length = length << 8 | packet[at++];
      if (length == 0 || length > packet.size() - at) return;
      take_unit(packet.subspan(at, length), at_s, &events);
      at += length;
    }
    return;
  }
  // Start codes: 00 00 01. A slice's data need not be searched: one slice a unit is enough.
  while (at + 4 < packet.size() && ++units < kUnitsMax && !slice_seen_) {
    if (packet[at] != 0 || packet[at + 1] != 0 || packet[at + 2] != 1) {
      ++at;
      --units;
      continue;
    }
    at += 3;
    std::size_t end = at;
    const std::uint8_t type = packet[at] & 0x1FU;
    const bool whole = type == kSequenceSet || type == kPictureSet;
    while (whole && end + 3 <= packet.size() &&
           (packet[end] != 0 || packet[end + 1] != 0 || packet[end + 2] > 1)) {
      ++end;
    }
    take_unit(packet.subspan(at, whole ? end - at : packet.size() - at), at_s, &events);
  }
}

void NalChain::take_unit(std::span<const std::uint8_t> unit, double at_s,
                         std::vector<StreamEvent>* events) {
  if (unit.size() < 2) return;
  const std::uint8_t type = unit[0] & 0x1FU;
  if (type == kSequenceSet || type == kPictureSet) {
    const auto payload = without_emulation(unit.subspan(1), kParameterBytes);
    BitReader bits(payload);
    if (type == kSequenceSet) {
      take_sequence(payload);
    } else {
      const std::uint32_t id = bits.ue();
      sequence_of_picture_set_[id & 255U] = bits.ue() & 31U;
    }
    const std::uint64_t print = print_of(unit.first(std::min(unit.size(), kParameterBytes)));
    const auto [known, fresh] = parameter_prints_.try_emplace(unit[0], print);
    if (!fresh && known->second != print) {
      known->second = print;
      if (events != nullptr && begun_) events->push_back({"parameters", at_s, 1, 0});
    }
  } else if ((type == kSlice || type == kIdrSlice) && events != nullptr && !slice_seen_) {
    slice_seen_ = true;
    const auto payload =
        without_emulation(unit.subspan(1, std::min(unit.size() - 1, kHeaderBytes)), kHeaderBytes);
    take_slice(unit[0], payload, at_s, *events);
  }
}

void NalChain::take_sequence(std::span<const std::uint8_t> payload) {
  BitReader bits(payload);
  const std::uint32_t profile = bits.bits(8);
  bits.bits(16);
  const std::uint32_t id = bits.ue() & 31U;
  Sequence sequence;
  if (is_high_profile(profile)) sequence.separate_planes = skip_high_profile(bits);
  sequence.frame_num_bits = std::min(bits.ue(), 12U) + 4;
  skip_picture_order(bits);
  bits.ue();
  sequence.gaps_allowed = bits.bits(1) == 1;
  bits.ue();
  bits.ue();
  sequence.frames_only = bits.bits(1) == 1;
  if (!bits.over()) sequences_[id] = sequence;
}

void NalChain::take_slice(std::uint8_t header, std::span<const std::uint8_t> payload, double at_s,
                          std::vector<StreamEvent>& events) {
  BitReader bits(payload);
  bits.ue();
  bits.ue();
  const auto picture_set = sequence_of_picture_set_.find(bits.ue() & 255U);
  if (picture_set == sequence_of_picture_set_.end()) return;
  const auto found = sequences_.find(picture_set->second);
  if (found == sequences_.end()) return;
  const Sequence& sequence = found->second;
  if (sequence.separate_planes) bits.bits(2);
  const std::uint32_t frame_num = bits.bits(sequence.frame_num_bits);
  bool field = false;
  if (!sequence.frames_only) {
    field = bits.bits(1) == 1;
    if (field) bits.bits(1);
  }
  const bool reference = (header >> 5 & 3U) != 0;
  if ((header & 0x1FU) == kIdrSlice) {
    const std::uint32_t id = bits.ue();
    if (!bits.over() && idrs_.size() < kIdrsMax) idrs_.push_back({at_s, id});
    previous_reference_ = 0;
    previous_was_reference_ = true;
    begun_ = true;
  } else if (begun_ && !bits.over()) {
    check_frame_num(sequence, frame_num, reference, field, at_s, events);
  }
}

void NalChain::check_frame_num(const Sequence& sequence, std::uint32_t frame_num, bool reference,
                               bool field, double at_s, std::vector<StreamEvent>& events) {
  const std::uint32_t range = 1U << sequence.frame_num_bits;
  const std::uint32_t next = (previous_reference_ + 1) % range;
  const bool repeated = frame_num == previous_reference_ && previous_was_reference_ && !field;
  const bool jumped = frame_num != previous_reference_ && frame_num != next;
  if ((jumped || repeated) && !sequence.gaps_allowed) {
    const std::uint32_t missing = (frame_num + range - next) % range;
    events.push_back({"frame_num", at_s, static_cast<double>(missing), 0});
  }
  if (reference || jumped) previous_reference_ = frame_num;
  previous_was_reference_ = reference;
}

/// Only an encoder that alternates the number says anything by not alternating it.
void NalChain::finish(std::vector<StreamEvent>& events) const {
  constexpr std::size_t kPairsMin = 4;
  if (idrs_.size() < kPairsMin + 1) return;
  std::vector<double> equal;
  for (std::size_t i = 1; i < idrs_.size(); ++i) {
    if (idrs_[i].id == idrs_[i - 1].id) equal.push_back(idrs_[i].at_s);
  }
  if (equal.size() * 5 > idrs_.size() - 1) return;
  for (const double at_s : equal) events.push_back({"idr_pic_id", at_s, 1, 0});
}

}  // namespace anjuan::formats
