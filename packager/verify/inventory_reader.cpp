#include "packager/verify/inventory_reader.h"

#include "core/error.h"
#include "core/messages.h"
#include "packager/verify/inventory_text.h"
#include "packager/verify/ocfl_vocabulary.h"

namespace anjuan::packager {

namespace {

using Order = std::pair<std::uint32_t, std::string_view>;

Order order(const ReadVersion& version) { return {version.number, version.name}; }

class Reader {
 public:
  Reader(const Json& root, const std::string& where, FindingSink& sink)
      : root_(root), findings_(where, sink) {}

  ReadInventory read() {
    read_type();
    findings_.refuse_unknown(root_, {"id", "type", "digestAlgorithm", "head", "contentDirectory",
                                     "manifest", "versions", "fixity"});
    read_id();
    read_algorithm();
    inventory_.head = findings_.need_text(root_, "head", "E036", "E040");
    read_content_directory();
    read_versions();
    read_manifest();
    check_head();
    read_fixity();
    return std::move(inventory_);
  }

 private:
  std::string text(std::string_view id, std::string_view key) { return findings_.text(id, key); }

  /// First of all: it decides which edition's codes the findings bear.
  void read_type() {
    const Json* value = root_.find("type");
    for (const std::string_view spec : {"1.0", "1.1"}) {
      const auto type = fmt::format("https://ocfl.io/{}/spec/#inventory", spec);
      if (value && value->is_string() && value->as_string() == type) inventory_.spec = spec;
    }
    findings_.set_spec(inventory_.spec);
    if (!value) {
      findings_.error("E036", root_, text("verify.inventory_key_missing", "type"));
    } else if (inventory_.spec.empty()) {
      findings_.error("E038", *value, text("verify.inventory_key_wrong", "type"));
    }
  }

  void read_id() {
    inventory_.id = findings_.need_text(root_, "id", "E036", "E037");
    if (inventory_.id.empty() || is_uri(inventory_.id)) return;
    findings_.warn("W005", *root_.find("id"), text("verify.inventory_id_no_uri", inventory_.id));
  }

  void read_algorithm() {
    inventory_.algorithm = findings_.need_text(root_, "digestAlgorithm", "E036", "E025");
    if (inventory_.algorithm.empty() || inventory_.algorithm == "sha512") return;
    const Json& value = *root_.find("digestAlgorithm");
    if (inventory_.algorithm == "sha256") {
      findings_.warn("W004", value, text("verify.inventory_sha256", "digestAlgorithm"));
    } else {
      findings_.error("E025", value, text("verify.inventory_key_wrong", "digestAlgorithm"));
    }
  }

  void read_content_directory() {
    const Json* value = root_.find("contentDirectory");
    if (!value) return;
    inventory_.states_content_directory = true;
    inventory_.content_directory.clear();
    if (!value->is_string() || value->as_string().empty()) {
      findings_.error("E108", *value, text("verify.inventory_key_wrong", "contentDirectory"));
      return;
    }
    const std::string& name = value->as_string();
    if (name == "." || name == "..") {
      findings_.error("E018", *value, text("verify.inventory_key_wrong", "contentDirectory"));
    } else if (name.find('/') != name.npos) {
      findings_.error("E017", *value, text("verify.inventory_key_wrong", "contentDirectory"));
    } else {
      inventory_.content_directory = name;
    }
  }

  void read_versions() {
    const Json* versions = root_.find("versions");
    if (!versions) {
      findings_.error("E041", root_, text("verify.inventory_key_missing", "versions"));
      return;
    }
    if (!versions->is_object()) {
      findings_.error("E044", *versions, text("verify.inventory_key_wrong", "versions"));
      return;
    }
    inventory_.has_versions = true;
    if (versions->members().empty()) {
      findings_.error("E008", *versions, text("verify.inventory_no_version", "versions"));
    }
    for (const auto& [name, value] : versions->members()) {
      inventory_.versions.push_back(read_version(name, value, findings_, references_));
    }
    std::sort(inventory_.versions.begin(), inventory_.versions.end(),
              [](const ReadVersion& a, const ReadVersion& b) { return order(a) < order(b); });
    check_sequence(inventory_.versions, *versions, findings_);
  }

  void read_manifest() {
    const Json* manifest = root_.find("manifest");
    if (!manifest) {
      findings_.error("E041", root_, text("verify.inventory_key_missing", "manifest"));
      return;
    }
    if (!manifest->is_object()) {
      findings_.error("E106", *manifest, text("verify.inventory_key_wrong", "manifest"));
      return;
    }
    inventory_.has_manifest = true;
    auto block = read_block(*manifest, kManifestCodes, findings_);
    inventory_.manifest = std::move(block.paths);
    inventory_.refused = std::move(block.refused);
    refuse_other_names(*manifest);
    check_encoding(*manifest, inventory_.algorithm);
    check_use(*manifest);
  }

  /// "v1/content/x" where the version is called v0001: never opened by that name.
  void refuse_other_names(const Json& manifest) {
    std::map<std::uint32_t, std::string_view> names;
    for (const auto& version : inventory_.versions) names.emplace(version.number, version.name);
    auto& paths = inventory_.manifest;
    for (auto path = paths.begin(); path != paths.end();) {
      const auto slash = std::min(path->first.find('/'), path->first.size());
      const auto name = std::string_view(path->first).substr(0, slash);
      const auto real = names.find(version_number(name));
      if (real == names.end() || real->first == 0 || inventory_.version(name)) {
        ++path;
        continue;
      }
      findings_.error("E014", manifest,
                      say("ocfl.version_other_name", {{"path", findings_.where()},
                                                      {"file", path->first},
                                                      {"version", std::string(real->second)}}));
      inventory_.refused.insert(std::string(real->second) + path->first.substr(slash));
      path = paths.erase(path);
    }
  }

  void check_encoding(const Json& block, std::string_view algorithm) {
    const auto named = digest_named(algorithm);
    if (!named || named->encoding_code.empty()) return;
    for (const auto& [digest, paths] : block.members()) {
      if (digest.size() == named->hex_digits && is_hex(digest)) continue;
      findings_.error(named->encoding_code, paths, text("ocfl.digest_no_hex", digest));
    }
  }

  /// Digests of the states stand in the manifest exactly as written, those of the manifest in some
  /// state regardless of case: a difference of case is one fault, not two.
  void check_use(const Json& manifest) {
    std::set<std::string_view> known;
    for (const auto& [digest, paths] : manifest.members()) known.insert(digest);
    std::set<std::string_view, CaselessLess> used;
    for (const auto& reference : references_) {
      used.insert(reference.digest);
      if (!known.contains(reference.digest)) report_unknown(reference);
    }
    const auto& versions = inventory_.versions;
    const bool complete =
        !versions.empty() && std::all_of(versions.begin(), versions.end(),
                                         [](const auto& version) { return version.has_state; });
    if (!complete) return;  // what uses the digest may be what could not be read
    for (const auto& [digest, paths] : manifest.members()) {
      if (used.contains(digest)) continue;
      findings_.error("E107", paths, text("verify.inventory_digest_unused", digest));
    }
  }

  void report_unknown(const StateDigest& unknown) {
    findings_.error(
        "E050", unknown.place,
        say("verify.inventory_state_unknown", {{"path", findings_.where()},
                                               {"version", std::string(unknown.version)},
                                               {"digest", std::string(unknown.digest)}}));
  }

  void check_head() {
    if (inventory_.head.empty() || inventory_.versions.empty()) return;
    if (inventory_.head == inventory_.newest()) return;
    findings_.error("E040", *root_.find("head"), text("verify.inventory_head", inventory_.head));
  }

  void read_fixity() {
    const Json* fixity = root_.find("fixity");
    if (!fixity) return;
    if (!fixity->is_object()) {
      findings_.error("E111", *fixity, text("verify.inventory_key_wrong", "fixity"));
      return;
    }
    for (const auto& [algorithm, block] : fixity->members()) {
      if (!block.is_object()) {
        findings_.error("E057", block, text("verify.inventory_block_shape", algorithm));
        continue;
      }
      inventory_.fixity[algorithm] = read_block(block, kFixityCodes, findings_).paths;
      check_encoding(block, algorithm);
      if (!digest_named(algorithm) && algorithm != kSizeDigest) {
        findings_.info("E028", block, text("ocfl.fixity_ignored", algorithm));
      }
    }
  }

  const Json& root_;
  InventoryFindings findings_;
  std::vector<StateDigest> references_;  ///< of all states
  ReadInventory inventory_;
};

}  // namespace

const ReadVersion* ReadInventory::version(std::string_view name) const {
  const Order key{version_number(name), name};
  const auto found = std::lower_bound(
      versions.begin(), versions.end(), key,
      [](const ReadVersion& version, const Order& wanted) { return order(version) < wanted; });
  return found != versions.end() && found->name == name ? &*found : nullptr;
}

std::string_view ReadInventory::newest() const {
  return versions.empty() ? std::string_view() : versions.back().name;
}

bool ReadInventory::mentions(std::string_view path) const {
  return manifest.contains(path) || refused.contains(path);
}

std::optional<ReadInventory> read_inventory(std::string_view json, const std::string& where,
                                            FindingSink& findings) {
  if (count_json_values(json) > kInventoryValuesMax) {
    findings.not_checked("PKG-LIMIT", where, say("verify.inventory_too_big", {{"path", where}}));
    return std::nullopt;
  }
  try {
    const Json root = Json::parse(json, where);
    if (root.is_object()) return Reader(root, where, findings).read();
    findings.error("E033", where, say("verify.inventory_no_object", {{"path", where}}));
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInterrupted) throw;
    findings.error("E033", where,
                   say("verify.inventory_no_json", {{"path", where}, {"reason", error.what()}}));
  }
  return std::nullopt;
}

}  // namespace anjuan::packager
