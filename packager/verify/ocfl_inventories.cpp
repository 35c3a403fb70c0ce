#include "packager/verify/ocfl_inventories.h"

#include "core/digest.h"
#include "core/messages.h"
#include "packager/verify/inventory_text.h"
#include "packager/verify/read_bounded.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kName = "inventory.json";

/// The digest in "DIGEST inventory.json", or nothing for another format.
std::optional<std::string> sidecar_digest(std::string_view text) {
  const auto space = text.find_first_of(" \t");
  if (space == text.npos || space == 0) return std::nullopt;
  const auto name = text.find_first_not_of(" \t", space);
  if (name == text.npos) return std::nullopt;
  auto rest = text.substr(name);
  while (rest.ends_with('\n') || rest.ends_with('\r')) rest.remove_suffix(1);
  if (rest != kName) return std::nullopt;
  return lower(text.substr(0, space));
}

/// The state by the content paths that it stands for: comparable between digest algorithms.
std::map<std::string, std::string> resolved_state(const ReadVersion& version,
                                                  const ReadInventory& inventory) {
  std::map<std::string, std::string> first_path;
  for (const auto& [path, digest] : inventory.manifest) first_path.emplace(digest, path);
  std::map<std::string, std::string> resolved;
  for (const auto& [logical, digest] : version.state) {
    const auto found = first_path.find(digest);
    resolved[logical] = found == first_path.end() ? "" : found->second;
  }
  return resolved;
}

bool same_state(const ReadVersion& a, const ReadInventory& in_a, const ReadVersion& b,
                const ReadInventory& in_b) {
  if (in_a.algorithm == in_b.algorithm) return a.state == b.state;
  return resolved_state(a, in_a) == resolved_state(b, in_b);
}

}  // namespace

std::optional<ReadInventory> OcflInventories::read_root(const std::string& spec) {
  const std::string path(kName);
  if (!tree_.is_file(path)) {
    findings_.error("E063", path, say("verify.no_inventory", {{"path", path}}));
    return std::nullopt;
  }
  const auto bytes = read_bounded(root_, path, kInventoryBytesMax, findings_);
  if (!bytes) return std::nullopt;
  root_digest_ = digest_hex(DigestAlgorithm::kSha512, *bytes);
  auto inventory = read_inventory(*bytes, path, findings_);
  check_sidecar(path, *bytes, inventory ? inventory->algorithm : "");
  if (inventory && !inventory->spec.empty() && !spec.empty() && inventory->spec != spec) {
    findings_.error("E038", path,
                    say("verify.inventory_key_wrong", {{"path", path}, {"key", "type"}}));
  }
  return inventory;
}

void OcflInventories::check_sidecar(const std::string& path, const std::string& bytes,
                                    const std::string& algorithm) {
  // Without a readable inventory the algorithm is the one that a sidecar exists for.
  std::string used = algorithm;
  if (used.empty()) used = tree_.is_file(path + ".sha256") ? "sha256" : "sha512";
  const std::string sidecar = path + "." + used;
  if (!tree_.is_file(sidecar)) {
    findings_.error("E058", sidecar, say("verify.no_sidecar", {{"path", sidecar}}));
    return;
  }
  const auto text = read_bounded(root_, sidecar, kSmallBytesMax, findings_);
  if (!text) return;
  const auto stated = sidecar_digest(*text);
  if (!stated) {
    findings_.error("E061", sidecar, say("verify.sidecar_format", {{"path", sidecar}}));
    return;
  }
  const auto real =
      digest_hex(used == "sha256" ? DigestAlgorithm::kSha256 : DigestAlgorithm::kSha512, bytes);
  if (*stated != real) {
    findings_.error("E060", path,
                    say("verify.sidecar_digest", {{"path", path}, {"sidecar", sidecar}}));
  }
}

void OcflInventories::check_versions(const ReadInventory& root) {
  for (const auto& version : root.versions) {
    if (!tree_.is_folder(version.name)) continue;
    const std::string path = version.name + "/" + std::string(kName);
    if (!tree_.is_file(path)) {
      findings_.warn("W010", version.name, say("verify.no_version_inventory", {{"path", path}}));
      continue;
    }
    const auto bytes = read_bounded(root_, path, kInventoryBytesMax, findings_);
    if (!bytes) continue;
    if (version.name != root.head) {
      check_prior(version, path, *bytes, root);
      continue;
    }
    check_sidecar(path, *bytes, root.algorithm);
    if (digest_hex(DigestAlgorithm::kSha512, *bytes) != root_digest_) {
      findings_.error("E064", path, say("verify.head_inventory_differs", {{"path", path}}));
    }
  }
}

void OcflInventories::check_prior(const ReadVersion& version, const std::string& path,
                                  const std::string& bytes, const ReadInventory& root) {
  const auto prior = read_inventory(bytes, path, findings_);
  check_sidecar(path, bytes, prior ? prior->algorithm : "");
  if (!prior) return;
  const auto wrong = [&](std::string_view code, std::string_view key) {
    findings_.error(
        code, path,
        say("verify.prior_inventory_differs", {{"path", path}, {"key", std::string(key)}}));
  };
  if (prior->id != root.id) wrong("E037", "id");
  if (!prior->head.empty() && prior->head != version.name) wrong("E040", "head");
  if (prior->content_directory != root.content_directory) wrong("E019", "contentDirectory");
  if (prior->spec > root.spec) wrong("E103", "type");
  for (const auto& old : prior->versions) compare_version(old, path, *prior, root);
  compare_manifest(path, version.number, *prior, root);
}

void OcflInventories::compare_version(const ReadVersion& prior, const std::string& path,
                                      const ReadInventory& prior_inventory,
                                      const ReadInventory& root) {
  const auto* current = root.version(prior.name);
  if (!current || !same_state(prior, prior_inventory, *current, root)) {
    findings_.error("E066", path,
                    say("verify.prior_state_differs", {{"path", path}, {"version", prior.name}}));
    return;
  }
  if (prior.created != current->created || prior.message != current->message ||
      prior.user_name != current->user_name || prior.user_address != current->user_address) {
    findings_.warn("W011", path,
                   say("verify.prior_metadata_differs", {{"path", path}, {"version", prior.name}}));
  }
}

void OcflInventories::compare_manifest(const std::string& path, std::uint32_t number,
                                       const ReadInventory& prior, const ReadInventory& root) {
  for (const auto& [file, digest] : root.manifest) {
    const bool older = version_number(file.substr(0, file.find('/'))) <= number;
    if (!older || prior.manifest.contains(file)) continue;
    findings_.error("E023", path,
                    say("verify.prior_manifest_lacks", {{"path", path}, {"file", file}}));
  }
  if (prior.algorithm != root.algorithm) {
    findings_.not_checked(
        "PKG-DIGEST", path,
        say("verify.other_algorithm", {{"path", path}, {"algorithm", prior.algorithm}}));
    return;
  }
  for (const auto& [file, digest] : prior.manifest) {
    const auto current = root.manifest.find(file);
    if (current != root.manifest.end() && current->second == digest) continue;
    findings_.error("E092", path,
                    say("verify.prior_manifest_differs", {{"path", path}, {"file", file}}));
  }
}

}  // namespace anjuan::packager
