#include "packager/verify/ocfl_inventories.h"

#include "core/digest.h"
#include "core/messages.h"
#include "packager/verify/ocfl_sidecar.h"
#include "packager/verify/prior_inventory.h"
#include "packager/verify/read_bounded.h"

namespace anjuan::packager {

std::optional<ReadInventory> OcflInventories::read_root(const std::string& spec) {
  const std::string path(kInventoryName);
  if (!tree_.is_file(path)) {
    findings_.error("E063", path, say("verify.no_inventory", {{"path", path}}));
    return std::nullopt;
  }
  const auto bytes = read_bounded(root_, path, kInventoryBytesMax, findings_);
  if (!bytes) return std::nullopt;
  root_digest_ = digest_hex(DigestAlgorithm::kSha512, *bytes);
  auto inventory = read_inventory(*bytes, path, findings_);
  check_sidecar(root_, tree_, path, *bytes, inventory ? inventory->algorithm : "", findings_);
  if (inventory && !inventory->spec.empty() && !spec.empty() && inventory->spec != spec) {
    findings_.error("E038", path,
                    say("ocfl.type_not_declared",
                        {{"path", path}, {"stated", inventory->spec}, {"declared", spec}}));
  }
  return inventory;
}

void OcflInventories::check_versions(const ReadInventory& root) {
  for (const auto& version : root.versions) {
    if (version.number > 0 && tree_.is_folder(version.name)) check_version(version, root);
  }
  if (!root.spec.empty() && root.spec < newest_spec_) {
    findings_.error("E103", std::string(kInventoryName),
                    say("ocfl.older_edition", {{"path", std::string(kInventoryName)},
                                               {"stated", root.spec},
                                               {"earlier", newest_spec_}}));
  }
  check_content_paths(root, std::string(kInventoryName));
  claims_.add_fixity(root, std::string(kInventoryName));
}

void OcflInventories::check_version(const ReadVersion& version, const ReadInventory& root) {
  content_directories_[version.name] = root.content_directory;
  const std::string path = version.name + "/" + std::string(kInventoryName);
  if (!tree_.is_file(path)) {
    findings_.warn("W010", version.name, say("verify.no_version_inventory", {{"path", path}}));
    return;
  }
  const auto bytes = read_bounded(root_, path, kInventoryBytesMax, findings_);
  if (!bytes) return;
  if (version.name != root.newest()) {
    check_prior(version, path, *bytes, root);
    return;
  }
  check_sidecar(root_, tree_, path, *bytes, root.algorithm, findings_);
  if (digest_hex(DigestAlgorithm::kSha512, *bytes) != root_digest_) {
    findings_.error("E064", path, say("verify.head_inventory_differs", {{"path", path}}));
  }
}

void OcflInventories::check_prior(const ReadVersion& version, const std::string& path,
                                  const std::string& bytes, const ReadInventory& root) {
  const auto prior = read_inventory(bytes, path, findings_);
  check_sidecar(root_, tree_, path, bytes, prior ? prior->algorithm : "", findings_);
  if (!prior) return;
  if (!prior->spec.empty() && prior->spec < newest_spec_) {
    findings_.error("E103", path,
                    say("ocfl.older_edition",
                        {{"path", path}, {"stated", prior->spec}, {"earlier", newest_spec_}}));
  }
  newest_spec_ = std::max(newest_spec_, prior->spec);
  content_directories_[version.name] = prior->content_directory;
  compare_with_root(*prior, version, path, root, findings_);
  check_content_paths(*prior, path);
  claims_.add_manifest(*prior, path, root);
  claims_.add_fixity(*prior, path);
}

const std::string& OcflInventories::content_directory(const ReadInventory& root,
                                                      std::string_view version) const {
  const auto found = content_directories_.find(version);
  return found == content_directories_.end() ? root.content_directory : found->second;
}

void OcflInventories::check_content_paths(const ReadInventory& inventory,
                                          const std::string& where) {
  if (!inventory.has_versions) return;
  for (const auto& [path, digest] : inventory.manifest) {
    const auto slash = std::min(path.find('/'), path.size());
    const auto version = std::string_view(path).substr(0, slash);
    if (inventory.version(version)) {
      const auto& folder = content_directory(inventory, version);
      const bool inside = path.compare(slash, folder.size() + 2, "/" + folder + "/") == 0;
      if (folder.empty() || inside) continue;
    }
    findings_.error("E042", where,
                    say("verify.inventory_path_outside", {{"path", where}, {"file", path}}));
  }
}

}  // namespace anjuan::packager
