// Any bytes as a recording: what the observer's child reads of it before pictures ends, and what it
// tells of it is taken by its parent.
#include <cstddef>
#include <cstdint>

#include "core/error.h"
#include "preservation/formats/continuity/box_walker.h"
#include "preservation/formats/continuity/observation_json.h"
#include "preservation/formats/continuity/packet_timeline.h"
#include "tests/support/anonymous_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anjuan;
  const test::AnonymousFile file({reinterpret_cast<const char*>(data), size});
  formats::SegmentObservation seen;
  try {
    seen.container.fingerprint = formats::walk_boxes(file.get(), file.size()).fingerprint;
    formats::AvInput input(file.get());
    seen.container.format = input.container();
    seen.container.encoder = input.encoder();
    seen.container.created_s = input.created_s();
    formats::read_timeline(input, seen);
    const double end_s = seen.video ? seen.video->end_s : 0;
    for (const double at_s : {0.0, end_s / 2, end_s}) input.seek(at_s);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kInvalid) __builtin_trap();
    seen.failure = error.what();
  }
  formats::ObservationReader reader;
  formats::write_observation(seen, [&reader](std::string_view line) { reader.take(line); });
  if (!reader.complete()) __builtin_trap();
  return 0;
}
