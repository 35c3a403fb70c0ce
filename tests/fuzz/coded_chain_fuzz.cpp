// Any bytes as a coded stream of H.264 or H.265: the readers of its headers end, and tell only what
// can be. The first byte chooses the codec ('5' = H.265); then the track's extra data and packets
// follow, each behind its length of two bytes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "preservation/formats/continuity/hevc_chain.h"
#include "preservation/formats/continuity/nal_chain.h"

namespace {

using namespace anjuan::formats;
using Bytes = std::span<const std::uint8_t>;

/// The next piece; what is too short for its length is a piece whole.
Bytes next_of(Bytes& rest) {
  if (rest.size() < 2) return std::exchange(rest, {});
  const std::size_t promised = static_cast<std::size_t>(rest[0]) << 8 | rest[1];
  rest = rest.subspan(2);
  const Bytes piece = rest.first(std::min(promised, rest.size()));
  rest = rest.subspan(piece.size());
  return piece;
}

template <typename Chain>
void read(Bytes rest) {
  std::vector<StreamEvent> events;
  Chain chain(next_of(rest));
  double packets = 0;
  for (; !rest.empty(); ++packets) chain.take(next_of(rest), packets, events);
  chain.finish(events);
  for (const StreamEvent& event : events) {
    const bool sane = !event.kind.empty() && event.at_s >= 0 && event.at_s < packets &&
                      event.value >= 0 && event.value <= 65536 * (packets + 1);
    if (!sane) __builtin_trap();
  }
  if (static_cast<double>(events.size()) > kEventsMax + 2 * packets) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Bytes rest = Bytes(data, size).subspan(1);
  if (data[0] == '5') {
    read<HevcChain>(rest);
  } else {
    read<NalChain>(rest);
  }
  return 0;
}
