// Any bytes as case.xml: never crashes, and what is read comes back from its own XML and JSON.

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
    const auto file = CaseFile::from_xml(text, "fuzz.xml");
    const auto from_xml = CaseFile::from_xml(anjuan::to_xml(file), "own.xml");
    const auto from_json = CaseFile::from_json(file.declared().dump(), "own.json");
    if (!(from_xml.declared() == file.declared())) std::abort();
    if (!(from_json.declared() == file.declared())) std::abort();
  } catch (const anjuan::Error& error) {
    if (error.code() == anjuan::ErrorCode::kInternal) std::abort();
    if (error.subject() == "own.xml" || error.subject() == "own.json") std::abort();
  }
  return 0;
}
