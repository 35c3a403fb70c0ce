#include "preservation/formats/ffv1_slice.h"

#include <algorithm>

namespace anjuan::formats {

bool Ffv1Slice::read_header(Ffv1RangeDecoder& decoder, Ffv1SliceHeader& header) const {
  constexpr std::uint32_t kStructureMax = 3;
  Ffv1NumberStates states;
  states.fill(kFfv1StateAtStart);
  header.x = decoder.read_unsigned(states);
  header.y = decoder.read_unsigned(states);
  header.width = std::uint64_t{decoder.read_unsigned(states)} + 1;
  header.height = std::uint64_t{decoder.read_unsigned(states)} + 1;
  header.luma_contexts = decoder.read_unsigned(states);
  header.chroma_contexts = decoder.read_unsigned(states);
  header.picture_structure = decoder.read_unsigned(states);
  header.sar_num = decoder.read_unsigned(states);
  header.sar_den = decoder.read_unsigned(states);
  return !decoder.failed() && header.picture_structure <= kStructureMax &&
         header.luma_contexts < record_->contexts.size() &&
         header.chroma_contexts < record_->contexts.size();
}

bool Ffv1Slice::begin(std::span<const std::byte> bytes, bool first, Ffv1SliceHeader& header) {
  Ffv1RangeDecoder decoder(bytes, record_->steps);
  std::uint8_t keyframe_state = kFfv1StateAtStart;
  if (first && !decoder.decide(keyframe_state)) return false;
  if (!read_header(decoder, header)) return false;
  bytes_ = bytes;
  taken_ = decoder.taken();
  low_ = decoder.low();
  wrong_ = false;
  states_ = record_->contexts[header.luma_contexts].states;
  const auto& chroma = record_->contexts[header.chroma_contexts].states;
  if (record_->chroma) states_.insert(states_.end(), chroma.begin(), chroma.end());
  begun_ = true;
  line_end_ = nullptr;
  walk_ = {nullptr, states_.data(), starts_.data(), decoder.range(), 0};
  return true;
}

void Ffv1Slice::set_areas(std::vector<Ffv1Area> areas) {
  areas_ = std::move(areas);
  area_ = 0;
  lines_.begin(areas_.front());
}

void Ffv1Slice::end() {
  begun_ = false;
  line_end_ = walk_.next = nullptr;
}

bool Ffv1Slice::next_line() {
  settle();
  while (lines_.done()) {
    if (++area_ == areas_.size()) return false;
    lines_.begin(areas_[area_]);
  }
  const std::size_t count = lines_.next(line_);
  // Each decision may take a byte; the last of them writes one sum more.
  starts_.resize(std::max(starts_.size(), count + 1));
  walk_.next = line_.data();
  walk_.starts = starts_.data();
  line_end_ = line_.data() + count;
  return true;
}

/// Follows the packet up to where the walk is.
void Ffv1Slice::settle() {
  for (const std::uint16_t* start = starts_.data(); start != walk_.starts; ++start) {
    const std::uint32_t within = low_ - *start;
    // The range was below this when the byte was taken.
    if (within >= Ffv1RangeDecoder::kRangeMin) wrong_ = true;
    const std::uint32_t byte =
        taken_ < bytes_.size() ? std::to_integer<std::uint32_t>(bytes_[taken_]) : 0;
    low_ = (within << 8U) | byte;
    ++taken_;
  }
  walk_.starts = starts_.data();
  if (taken_ > bytes_.size() + 1) wrong_ = true;
}

/// A decision for 0 with state 129 ends a slice (RFC 9043, 3.8.1.1.1), and with it the decoder has
/// asked for one byte more than there are. What it is given for that must not matter.
bool Ffv1Slice::is_terminated() const {
  constexpr std::uint32_t kLastState = 129;
  const bool beyond = taken_ > bytes_.size();
  const std::uint32_t within = low_ - walk_.start;
  if (within >= walk_.range || (beyond && (within | 0xFFU) >= walk_.range)) return false;
  const std::uint32_t for_zero = walk_.range - ((walk_.range * kLastState) >> 8U);
  const std::size_t last = for_zero < Ffv1RangeDecoder::kRangeMin ? 1 : 0;
  return within < for_zero && taken_ + last == bytes_.size() + 1;
}

bool Ffv1Slice::holds() {
  settle();
  end();
  return may_hold() && is_terminated();
}

}  // namespace anjuan::formats
