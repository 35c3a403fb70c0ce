// Signature files, and files compared with them. The first byte chooses: 'O' = our own table
// follows, 'D' = a DROID signature file, then a NUL, then a container signature file; 'P' = one
// pattern, then a NUL, then bytes to search; anything else = bytes that are compared with the table
// that is compiled in.
#include <cstddef>
#include <cstdint>

#include "core/error.h"
#include "preservation/formats/identify/signature_set.h"
#include "preservation/formats/identify/text_kind.h"

namespace {

using namespace anjuan;
using namespace anjuan::formats;

void search(std::string_view text) {
  const std::size_t end = std::min(text.find('\0'), text.size());
  const std::string_view bytes = text.substr(std::min(end + 1, text.size()));
  for (const Pattern& pattern : Pattern::compile(text.substr(0, end), {"fuzz", 1})) {
    pattern.find(bytes, 0, bytes.size(), [&](std::size_t at) {
      if (!pattern.matches(bytes, at) || at + pattern.size() > bytes.size()) __builtin_trap();
    });
  }
}

void load_droid(std::string_view text) {
  const std::size_t end = std::min(text.find('\0'), text.size());
  const SignatureSet::NamedText containers{
      "containers", std::string(text.substr(end == text.size() ? end : end + 1))};
  const auto set =
      SignatureSet::from_droid({"droid", std::string(text.substr(0, end))}, containers);
  set.by_bytes(FileWindows::of("AB.C and some bytes"));
  set.by_members(ContainerKind::kZip, {{"m", FileWindows::of("AB")}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    if (data[0] == 'O') {
      SignatureSet::from_json(text, "fuzz").by_bytes(FileWindows::of("some bytes"));
    } else if (data[0] == 'D') {
      load_droid(text);
    } else if (data[0] == 'P') {
      search(text);
    } else {
      SignatureSet::own().by_bytes(FileWindows::of(text));
      charset_of(FileWindows::of(text));
    }
  } catch (const Error&) {
    return 0;  // Refused: what it should do with most of this.
  }
  return 0;
}
