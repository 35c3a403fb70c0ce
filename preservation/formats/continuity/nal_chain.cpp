#include "preservation/formats/continuity/nal_chain.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kHeaderBytes = 64;  ///< of a slice: its header is far shorter
constexpr std::size_t kIdrsMax = 200'000;

constexpr std::uint8_t kSlice = 1;
constexpr std::uint8_t kIdrSlice = 5;
constexpr std::uint8_t kSequenceSet = 7;
constexpr std::uint8_t kPictureSet = 8;

using Bytes = std::span<const std::uint8_t>;

void skip_scaling_list(BitReader& bits, int size) {
  std::int32_t next = 8;
  std::int32_t last = 8;
  for (int i = 0; i < size && !bits.over(); ++i) {
    // A valid delta has eight bits (H.264 7.4.2.1.1.1); what is longer must not overflow.
    if (next != 0) next = (last + bits.se() % 256 + 256) % 256;
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

/// Bits of the order in a slice header, 0 where it is derived otherwise (H.264 7.3.2.1.1).
unsigned read_picture_order(BitReader& bits) {
  const std::uint32_t type = bits.ue();
  if (type == 0) return std::min(bits.ue(), 12U) + 4;
  if (type != 1) return 0;
  bits.bits(1);
  bits.se();
  bits.se();
  const std::uint32_t cycle = std::min<std::uint32_t>(bits.ue(), 255);
  for (std::uint32_t i = 0; i < cycle; ++i) bits.se();
  return 0;
}

std::uint64_t print_of(Bytes bytes) { return fingerprint(bytes.data(), bytes.size()); }

}  // namespace

NalChain::NalChain(std::span<const std::uint8_t> extra) {
  if (extra.size() < 7 || extra[0] != 1) {  // Annex B, or none: sets come in the stream.
    std::vector<StreamEvent> ignored;
    if (extra.size() > 4) take(extra, 0, ignored);
    return;
  }
  length_bytes_ = (extra[4] & 3U) + 1U;
  const auto take_set = [this](Bytes set) { take_unit(set, 0, nullptr); };
  const std::size_t at = each_set(extra, 6, extra[5] & 0x1FU, take_set);
  if (at < extra.size()) each_set(extra, at + 1, extra[at], take_set);
}

void NalChain::take(std::span<const std::uint8_t> packet, double at_s,
                    std::vector<StreamEvent>& events) {
  slice_seen_ = false;
  each_unit(packet, length_bytes_, [&](std::span<const std::uint8_t> unit) {
    take_unit(unit, at_s, &events);
    return !slice_seen_;
  });
}

void NalChain::take_unit(std::span<const std::uint8_t> unit, double at_s,
                         std::vector<StreamEvent>* events) {
  if (unit.size() < 2) return;
  const std::uint8_t type = unit[0] & 0x1FU;
  if (type == kSequenceSet || type == kPictureSet) return take_parameters(unit, at_s, events);
  if ((type != kSlice && type != kIdrSlice) || events == nullptr) return;
  slice_seen_ = true;
  const auto payload =
      without_emulation(unit.subspan(1, std::min(unit.size() - 1, kHeaderBytes)), kHeaderBytes);
  take_slice(unit[0], payload, at_s, *events);
}

void NalChain::take_parameters(std::span<const std::uint8_t> unit, double at_s,
                               std::vector<StreamEvent>* events) {
  const std::uint8_t type = unit[0] & 0x1FU;
  const auto payload = without_emulation(unit.subspan(1), kUnitBytesMax);
  std::uint32_t id = 0;
  if (type == kSequenceSet) {
    id = take_sequence(payload);
  } else {
    BitReader bits(payload);
    id = bits.ue() & 255U;
    sequence_of_picture_set_[id] = bits.ue() & 31U;
  }
  const std::uint64_t print = print_of(unit.first(std::min(unit.size(), kUnitBytesMax)));
  const auto [known, fresh] = parameter_prints_.try_emplace({type, id}, print);
  if (fresh || known->second == print) return;
  known->second = print;
  if (events != nullptr && begun_) keep_event({"parameters", at_s, 1, 0}, *events);
}

std::uint32_t NalChain::take_sequence(std::span<const std::uint8_t> payload) {
  BitReader bits(payload);
  const std::uint32_t profile = bits.bits(8);
  bits.bits(16);
  const std::uint32_t id = bits.ue() & 31U;
  Sequence sequence;
  if (is_high_profile(profile)) sequence.separate_planes = skip_high_profile(bits);
  sequence.frame_num_bits = std::min(bits.ue(), 12U) + 4;
  sequence.order_bits = read_picture_order(bits);
  bits.ue();
  sequence.gaps_allowed = bits.bits(1) == 1;
  bits.ue();
  bits.ue();
  sequence.frames_only = bits.bits(1) == 1;
  if (!bits.over()) sequences_[id] = sequence;
  return id;
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
    order_.restart(at_s);
  } else if (begun_ && !bits.over()) {
    check_frame_num(sequence, frame_num, reference, field, at_s, events);
    const std::uint32_t order = bits.bits(sequence.order_bits);
    if (sequence.order_bits > 0 && !bits.over()) {
      order_.add(order, sequence.order_bits, reference, at_s);
    }
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
    keep_event({"frame_num", at_s, static_cast<double>(missing), 0}, events);
  }
  if (reference || jumped) previous_reference_ = frame_num;
  previous_was_reference_ = reference;
}

/// Only an encoder that alternates the number says anything by not alternating it.
void NalChain::finish(std::vector<StreamEvent>& events) const {
  order_.finish(events);
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
