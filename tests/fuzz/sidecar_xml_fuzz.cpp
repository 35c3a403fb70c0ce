// Any bytes as recording.xml: never crashes, and what is read comes back from its own XML.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/error.h"
#include "preservation/sidecar/sidecar_xml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anjuan::preservation;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto sidecar = read_sidecar(text, "fuzz.xml");
    if (read_sidecar(write_sidecar(sidecar), "own.xml") != sidecar) std::abort();
  } catch (const anjuan::Error& error) {
    if (error.code() == anjuan::ErrorCode::kInternal) std::abort();
    if (error.subject() == "own.xml") std::abort();
  }
  return 0;
}
