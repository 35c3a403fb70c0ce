// Any bytes as case.json: never crashes, and what is read comes back from XML unchanged.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/case/case_xml.h"
#include "core/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using anjuan::CaseFile;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto file = CaseFile::from_json(text, "fuzz.json");
    const auto again = CaseFile::from_xml(anjuan::to_xml(file), "fuzz.xml");
    if (!(again.declared() == file.declared())) std::abort();
  } catch (const anjuan::Error& error) {
    if (error.code() == anjuan::ErrorCode::kInternal) std::abort();
    // Refused is an answer; but what was read as JSON must not be refused as XML.
    if (error.subject() == "fuzz.xml") std::abort();
  }
  return 0;
}
