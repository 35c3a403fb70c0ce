// Any bytes as inventory.json: both readers answer, and no path that either returns leaves the
// object or names nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/error.h"
#include "packager/ocfl_inventory.h"
#include "packager/verify/inventory_reader.h"

namespace {

using namespace anjuan;
using namespace anjuan::packager;

void check_path(const std::string& path) {
  // With a slash at both ends every part stands between two of them.
  const std::string framed = "/" + path + "/";
  const bool safe = framed.find("//") == framed.npos && framed.find("/../") == framed.npos &&
                    framed.find("/./") == framed.npos && framed.find('\0') == framed.npos;
  if (!safe) std::abort();
}

void verifier(std::string_view text) {
  FindingSink findings;
  const auto inventory = read_inventory(text, "inventory.json", findings);
  if (!inventory) {
    // Refused without a word would be a silent pass.
    if (findings.take().empty()) std::abort();
    return;
  }
  for (const auto& [path, digest] : inventory->manifest) check_path(path);
  for (const auto& version : inventory->versions) {
    for (const auto& [path, digest] : version.state) check_path(path);
  }
}

void writer_side(std::string_view text) {
  try {
    OcflInventory::parse(text, "inventory.json");
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInternal) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  verifier(text);
  writer_side(text);
  return 0;
}
