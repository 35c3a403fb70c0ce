#pragma once
// The range coder, walked through with decisions that are known (RFC 9043, 3.8.1.1).
//
// A range decoder holds two numbers: the range, and how far into it the bytes point. At each
// decision the range is parted in two; the part into which they point is the decision. Here the
// decisions are given, so that ranges and parts follow from them alone, without the bytes and
// without a branch that a processor would have to guess. Where the bytes point is looked at
// afterwards (Ffv1Slice): each part lies within the one before, so who has left one never comes
// back, and that may be asked late.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "preservation/formats/ffv1_lines.h"
#include "preservation/formats/ffv1_range.h"

namespace anjuan::formats {

/// Where a walk through the decisions of a slice stands.
struct Ffv1Walk {
  const Ffv1Decision* next = nullptr;
  std::uint8_t* states = nullptr;
  std::uint16_t* starts = nullptr;  ///< of the chosen parts, summed up to each byte that is taken
  std::uint32_t range = 0;
  std::uint32_t start = 0;  ///< the same sum since the last byte

  /// One decision; every sum is written, and stays where a byte was taken.
  void step(const Ffv1Steps& steps) {
    const Ffv1Decision decision = *next++;
    std::uint8_t& state = states[decision >> kFfv1StateBits];
    const Ffv1Step& chosen = steps[(decision & kFfv1One) + state];
    state = chosen.next;
    const std::uint32_t part = (range * chosen.share + chosen.rounding) >> 8U;
    start += (range - part) & chosen.upper;
    const std::uint32_t takes_byte = part < Ffv1RangeDecoder::kRangeMin ? 1 : 0;
    *starts = static_cast<std::uint16_t>(start);
    starts += takes_byte;
    start &= takes_byte - 1;
    range = part << (8 * takes_byte);
  }
};

/// `count` decisions of each walk. Side by side, since each alone waits for its own range.
template <std::size_t... kWalks>
void walk_together(std::array<Ffv1Walk, sizeof...(kWalks)>& walks, std::size_t count,
                   const Ffv1Steps& steps, std::index_sequence<kWalks...>) {
  auto local = walks;  // the compiler keeps in registers what nobody else can see
  for (std::size_t i = 0; i < count; ++i) (local[kWalks].step(steps), ...);
  walks = local;
}

template <std::size_t kWalks>
void walk_together(std::array<Ffv1Walk, kWalks>& walks, std::size_t count, const Ffv1Steps& steps) {
  walk_together(walks, count, steps, std::make_index_sequence<kWalks>());
}

}  // namespace anjuan::formats
