#include "preservation/formats/continuity/hevc_chain.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kHeaderBytes = 64;  ///< of a slice: what is read of it is far shorter
constexpr std::size_t kArraysAt = 22;     ///< of hvcC (ISO/IEC 14496-15 8.3.3.1)

// Types of units (H.265 table 7-1).
constexpr unsigned kLastLeadingType = 9;  ///< RASL_R
constexpr unsigned kFirstRandomAccess = 16;
constexpr unsigned kIdrWithLeading = 19;
constexpr unsigned kIdrAlone = 20;
constexpr unsigned kLastRandomAccess = 23;
constexpr unsigned kVideoSet = 32;
constexpr unsigned kSequenceSet = 33;
constexpr unsigned kPictureSet = 34;

using Bytes = std::span<const std::uint8_t>;

/// profile_tier_level() of so many sub-layers besides the highest (7.3.3).
void skip_profile(BitReader& bits, unsigned below) {
  constexpr unsigned kProfileBits = 88;
  constexpr unsigned kLevelBits = 8;
  bits.skip(kProfileBits + kLevelBits);
  unsigned skipped = 0;
  for (unsigned i = 0; i < below; ++i) {
    skipped += bits.bits(1) * kProfileBits;
    skipped += bits.bits(1) * kLevelBits;
  }
  if (below > 0) bits.skip(2 * (8 - below));
  bits.skip(skipped);
}

/// A later picture's number counts from this one (8.3.1): no leading picture, none that others do
/// without.
bool is_anchor(unsigned type, unsigned layer) {
  const bool spared = type < kFirstRandomAccess && type % 2 == 0;  // the ..._N types
  const bool leading = type >= 6 && type <= kLastLeadingType;
  return layer == 0 && !spared && !leading;
}

}  // namespace

HevcChain::HevcChain(Bytes extra) {
  if (extra.size() <= kArraysAt || extra[0] != 1) {  // Annex B, or none: sets come in the stream.
    std::vector<StreamEvent> ignored;
    if (extra.size() > 4) take(extra, 0, ignored);
    return;
  }
  length_bytes_ = (extra[kArraysAt - 1] & 3U) + 1U;
  std::size_t at = kArraysAt + 1;
  for (unsigned array = 0; array < extra[kArraysAt] && at + 3 <= extra.size(); ++array) {
    const unsigned count = static_cast<unsigned>(extra[at + 1]) << 8 | extra[at + 2];
    at = each_set(extra, at + 3, count, [this](Bytes set) { take_unit(set, 0, nullptr); });
  }
}

void HevcChain::take(Bytes packet, double at_s, std::vector<StreamEvent>& events) {
  slice_seen_ = false;
  each_unit(packet, length_bytes_, [&](Bytes unit) {
    take_unit(unit, at_s, &events);
    return !slice_seen_;
  });
}

void HevcChain::take_unit(Bytes unit, double at_s, std::vector<StreamEvent>* events) {
  if (unit.size() < 3) return;
  const unsigned type = unit[0] >> 1 & 63U;
  const bool enhancement = (unit[0] & 1U) != 0 || unit[1] >> 3 != 0;
  if (enhancement) return;
  if (type >= kVideoSet && type <= kPictureSet) {
    const std::uint32_t id =
        take_parameters(type, without_emulation(unit.subspan(2), kUnitBytesMax));
    const Bytes seen = unit.first(std::min(unit.size(), kUnitBytesMax));
    const std::uint64_t print = fingerprint(seen.data(), seen.size());
    const auto [known, fresh] = prints_.try_emplace({type, id}, print);
    if (fresh || known->second == print) return;
    known->second = print;
    if (events != nullptr && begun_) keep_event({"parameters", at_s, 1, 0}, *events);
    return;
  }
  const bool slice =
      type <= kLastLeadingType || (type >= kFirstRandomAccess && type <= kLastRandomAccess);
  if (!slice || events == nullptr) return;
  slice_seen_ = true;
  const Bytes head = unit.subspan(2, std::min(unit.size() - 2, kHeaderBytes));
  take_slice(type, (unit[1] & 7U) - 1U, without_emulation(head, kHeaderBytes), at_s);
}

/// The number of the set.
std::uint32_t HevcChain::take_parameters(unsigned type, Bytes payload) {
  BitReader bits(payload);
  if (type == kVideoSet) return bits.bits(4);
  if (type == kSequenceSet) return take_sequence(payload);
  const std::uint32_t id = bits.ue() & 63U;
  PictureSet set;
  set.sequence = bits.ue() & 15U;
  bits.bits(1);
  set.output_flag = bits.bits(1) == 1;
  set.extra_bits = bits.bits(3);
  if (!bits.over()) picture_sets_[id] = set;
  return id;
}

std::uint32_t HevcChain::take_sequence(Bytes payload) {
  BitReader bits(payload);
  bits.skip(4);
  const unsigned below = bits.bits(3);
  bits.skip(1);
  skip_profile(bits, below);
  const std::uint32_t id = bits.ue() & 15U;
  Sequence sequence;
  if (bits.ue() == 3) sequence.separate_planes = bits.bits(1) == 1;
  bits.ue();
  bits.ue();
  if (bits.bits(1) == 1) {
    for (int side = 0; side < 4; ++side) bits.ue();
  }
  bits.ue();
  bits.ue();
  sequence.order_bits = std::min(bits.ue(), 12U) + 4;
  if (!bits.over()) sequences_[id] = sequence;
  return id;
}

void HevcChain::take_slice(unsigned type, unsigned layer, Bytes payload, double at_s) {
  BitReader bits(payload);
  if (bits.bits(1) == 0) return;  // Not the first of its picture.
  if (type >= kFirstRandomAccess) bits.skip(1);
  const auto set = picture_sets_.find(bits.ue() & 63U);
  if (set == picture_sets_.end()) return;
  const auto sequence = sequences_.find(set->second.sequence);
  if (sequence == sequences_.end() || bits.over()) return;
  if (type == kIdrWithLeading || type == kIdrAlone) {
    begun_ = true;
    return order_.restart(at_s);
  }
  begun_ = begun_ || type >= kFirstRandomAccess;
  if (!begun_) return;
  bits.skip(set->second.extra_bits);
  bits.ue();
  if (set->second.output_flag) bits.skip(1);
  if (sequence->second.separate_planes) bits.skip(2);
  const unsigned width = sequence->second.order_bits;
  const std::uint32_t low = bits.bits(width);
  if (!bits.over()) order_.add(low, width, is_anchor(type, layer), at_s);
}

}  // namespace anjuan::formats
