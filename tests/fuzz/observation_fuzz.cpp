// Any bytes as what the observer's child tells: refused, or an observation that comes back from its
// own lines.
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/error.h"
#include "preservation/formats/continuity/observation_json.h"

namespace {

using namespace anjuan::formats;

std::string lines_of(const SegmentObservation& seen) {
  std::string lines;
  write_observation(seen, [&lines](std::string_view line) { lines += line; });
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ObservationReader reader;
  try {
    reader.take({reinterpret_cast<const char*>(data), size});
  } catch (const anjuan::Error& error) {
    if (error.code() == anjuan::ErrorCode::kInternal) __builtin_trap();
    return 0;
  }
  const std::string lines = lines_of(reader.observation());
  ObservationReader again;
  again.take(lines);
  if (!again.complete() || lines_of(again.observation()) != lines) __builtin_trap();
  return 0;
}
