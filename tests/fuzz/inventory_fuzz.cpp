// Any bytes as inventory.json: both readers answer, and no path that either returns leaves the
// object or names nothing. Two inventories with a line "---" between them are also compared, as
// that of an earlier version with that of the object.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/error.h"
#include "packager/ocfl_inventory.h"
#include "packager/verify/content_claims.h"
#include "packager/verify/prior_inventory.h"

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

std::optional<ReadInventory> verifier(std::string_view text) {
  FindingSink findings;
  auto inventory = read_inventory(text, "inventory.json", findings);
  if (!inventory) {
    // Refused without a word would be a silent pass.
    if (findings.take().empty()) std::abort();
    return inventory;
  }
  for (const auto& [path, digest] : inventory->manifest) check_path(path);
  for (const auto& version : inventory->versions) {
    for (const auto& [path, digest] : version.state) check_path(path);
    if (inventory->version(version.name) != &version) std::abort();
  }
  return inventory;
}

void comparison(std::string_view text) {
  constexpr std::string_view kBorder = "\n---\n";
  const auto border = text.find(kBorder);
  if (border == text.npos) return;
  const auto prior = verifier(text.substr(0, border));
  const auto root = verifier(text.substr(border + kBorder.size()));
  if (!prior || !root) return;
  FindingSink findings;
  for (const auto& version : root->versions) {
    compare_with_root(*prior, version, "v1/inventory.json", *root, findings);
  }
  ContentClaims claims(findings);
  claims.add_manifest(*prior, "v1/inventory.json", *root);
  claims.add_fixity(*prior, "v1/inventory.json");
  for (const auto& [path, stated] : claims.by_path()) check_path(path);
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
  comparison(text);
  writer_side(text);
  return 0;
}
