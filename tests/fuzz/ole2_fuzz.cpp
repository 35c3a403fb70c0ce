// Foreign containers, read without the sandbox. The first byte chooses: 'Z' = a zip follows,
// anything else = an OLE2 compound file.
#include <cstddef>
#include <cstdint>

#include "preservation/formats/identify/members.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anjuan::formats;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  MemoryInput input(bytes);
  const WantedPaths wanted{
      "a", "b", "s/c", "WordDocument", "CompObj", "mimetype", "[Content_Types].xml"};
  const MembersFound found =
      data[0] == 'Z' ? read_zip_members(input, wanted) : read_ole2_members(input, wanted);
  if (found.members.size() > wanted.size()) __builtin_trap();
  for (const auto& [path, windows] : found.members) {
    if (!wanted.contains(path) || windows.head.size() > kMemberHeadBytes) __builtin_trap();
  }
  return 0;
}
