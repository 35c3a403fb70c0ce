#include "packager/verify/ocfl_sidecar.h"

#include "core/messages.h"
#include "packager/verify/inventory_text.h"
#include "packager/verify/ocfl_inventories.h"
#include "packager/verify/ocfl_vocabulary.h"
#include "packager/verify/read_bounded.h"

namespace anjuan::packager {

namespace {

/// The digest in "DIGEST inventory.json", or nothing for another format.
std::optional<std::string> sidecar_digest(std::string_view text) {
  const auto space = text.find_first_of(" \t");
  if (space == text.npos || space == 0) return std::nullopt;
  const auto name = text.find_first_not_of(" \t", space);
  if (name == text.npos) return std::nullopt;
  auto rest = text.substr(name);
  while (rest.ends_with('\n') || rest.ends_with('\r')) rest.remove_suffix(1);
  if (rest != kInventoryName) return std::nullopt;
  return lower(text.substr(0, space));
}

/// A sidecar of the inventory for any algorithm that we can compute, "" = none.
std::string any_sidecar(const FolderTree& tree, const std::string& inventory) {
  const auto slash = inventory.rfind('/');
  const auto folder = slash == inventory.npos ? std::string() : inventory.substr(0, slash);
  for (const auto* entry : tree.children(folder)) {
    const bool named = entry->path.starts_with(inventory + ".");
    if (entry->type != TreeEntry::Type::kFile || !named) continue;
    if (digest_named(entry->path.substr(inventory.size() + 1))) return entry->path;
  }
  return {};
}

}  // namespace

void check_sidecar(const std::filesystem::path& root, const FolderTree& tree,
                   const std::string& path, const std::string& bytes, const std::string& algorithm,
                   FindingSink& findings) {
  std::string sidecar = path + "." + (algorithm.empty() ? "sha512" : algorithm);
  if (!tree.is_file(sidecar)) {
    const auto other = any_sidecar(tree, path);
    if (other.empty()) {
      findings.error("E058", sidecar, say("verify.no_sidecar", {{"path", sidecar}}));
      return;
    }
    if (!algorithm.empty()) {
      findings.error("E059", other,
                     say("ocfl.sidecar_algorithm", {{"path", other}, {"expected", sidecar}}));
    }
    sidecar = other;
  }
  const auto named = digest_named(sidecar.substr(path.size() + 1));
  const auto text = read_bounded(root, sidecar, kSmallBytesMax, findings);
  if (!text) return;
  const auto stated = sidecar_digest(*text);
  if (!stated) {
    findings.error("E061", sidecar, say("verify.sidecar_format", {{"path", sidecar}}));
  } else if (named && *stated != digest_hex(named->algorithm, bytes)) {
    findings.error("E060", path,
                   say("verify.sidecar_digest", {{"path", path}, {"sidecar", sidecar}}));
  }
}

}  // namespace anjuan::packager
