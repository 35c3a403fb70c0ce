#include "packager/verify/inventory_reader.h"

#include <set>

#include "core/error.h"
#include "core/messages.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::packager {

namespace {

/// The codes that differ between the three blocks that map digests to paths.
struct BlockCodes {
  std::string_view name;
  std::string_view shape;     ///< not {digest: [paths]}
  std::string_view twice;     ///< a digest twice, regardless of case
  std::string_view element;   ///< a path element that is empty, . or ..
  std::string_view edge;      ///< a path that begins or ends with '/'
  std::string_view conflict;  ///< a path twice, or one that is the folder of another
};

constexpr BlockCodes kManifest = {"manifest", "E092", "E096", "E099", "E100", "E101"};
constexpr BlockCodes kState = {"state", "E050", "E050", "E052", "E053", "E095"};
constexpr BlockCodes kFixity = {"fixity", "E057", "E097", "E099", "E100", "E101"};

class Reader {
 public:
  Reader(const Json& root, const std::string& where, FindingSink& findings)
      : root_(root), where_(where), findings_(findings) {}

  ReadInventory read() {
    refuse_unknown(root_, {"id", "type", "digestAlgorithm", "head", "contentDirectory", "manifest",
                           "versions", "fixity"});
    read_heading();
    read_manifest();
    read_versions();
    check_head();
    read_fixity();
    check_use();
    return std::move(inventory_);
  }

 private:
  void error(std::string_view code, const Json& at_value, const std::string& message) {
    findings_.error(code, at(where_, at_value.place()), message);
  }

  void warn(std::string_view code, const Json& at_value, const std::string& message) {
    findings_.warn(code, at(where_, at_value.place()), message);
  }

  std::string text(std::string_view id, std::string_view key) {
    return say(id, {{"path", where_}, {"key", std::string(key)}});
  }

  void refuse_unknown(const Json& object, std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : object.members()) {
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      error("E102", value, text("verify.inventory_unknown_key", key));
    }
  }

  /// The string member, or "" with a finding under `code` if it is missing or no string.
  std::string need_text(const Json& object, std::string_view key, std::string_view missing,
                        std::string_view wrong) {
    const Json* value = object.find(key);
    if (!value) {
      error(missing, object, text("verify.inventory_key_missing", key));
      return {};
    }
    if (!value->is_string() || value->as_string().empty()) {
      error(wrong, *value, text("verify.inventory_key_wrong", key));
      return {};
    }
    return value->as_string();
  }

  void read_heading() {
    inventory_.id = need_text(root_, "id", "E036", "E037");
    if (!inventory_.id.empty() && !is_uri(inventory_.id)) {
      warn("W005", *root_.find("id"), text("verify.inventory_id_no_uri", inventory_.id));
    }
    const std::string type = need_text(root_, "type", "E036", "E038");
    for (const std::string_view spec : {"1.0", "1.1"}) {
      if (type == fmt::format("https://ocfl.io/{}/spec/#inventory", spec)) inventory_.spec = spec;
    }
    if (!type.empty() && inventory_.spec.empty()) {
      error("E038", *root_.find("type"), text("verify.inventory_key_wrong", "type"));
    }
    read_algorithm();
    inventory_.head = need_text(root_, "head", "E036", "E040");
    read_content_directory();
  }

  void read_algorithm() {
    inventory_.algorithm = need_text(root_, "digestAlgorithm", "E036", "E025");
    if (inventory_.algorithm.empty() || inventory_.algorithm == "sha512") return;
    const Json& value = *root_.find("digestAlgorithm");
    if (inventory_.algorithm == "sha256") {
      warn("W004", value, text("verify.inventory_sha256", "digestAlgorithm"));
    } else {
      error("E025", value, text("verify.inventory_key_wrong", "digestAlgorithm"));
      inventory_.algorithm.clear();
    }
  }

  void read_content_directory() {
    const Json* value = root_.find("contentDirectory");
    if (!value) return;
    const std::string name = value->is_string() ? value->as_string() : "";
    if (name.empty() || name.find('/') != name.npos) {
      error("E017", *value, text("verify.inventory_key_wrong", "contentDirectory"));
    } else if (name == "." || name == "..") {
      error("E018", *value, text("verify.inventory_key_wrong", "contentDirectory"));
    } else {
      inventory_.content_directory = name;
    }
  }

  void read_manifest() {
    const Json* manifest = root_.find("manifest");
    if (!manifest) {
      error("E041", root_, text("verify.inventory_key_missing", "manifest"));
      return;
    }
    if (!manifest->is_object()) {
      error("E106", *manifest, text("verify.inventory_key_wrong", "manifest"));
      return;
    }
    for (const auto& [digest, paths] : manifest->members()) manifest_keys_.insert(digest);
    inventory_.manifest = read_block(*manifest, kManifest);
    for (const auto& [path, digest] : inventory_.manifest) check_content_path(path, *manifest);
  }

  void check_content_path(const std::string& path, const Json& block) {
    const auto slash = path.find('/');
    const std::string expected = inventory_.content_directory + "/";
    if (version_number(path.substr(0, slash)) > 0 && slash != path.npos &&
        path.compare(slash + 1, expected.size(), expected) == 0) {
      return;
    }
    error("E042", block, say("verify.inventory_path_outside", {{"path", where_}, {"file", path}}));
  }

  PathDigests read_block(const Json& block, const BlockCodes& codes) {
    PathDigests read;
    std::set<std::string> digests;
    for (const auto& [digest, paths] : block.members()) {
      if (!digests.insert(lower(digest)).second) {
        error(codes.twice, paths, text("verify.inventory_digest_twice", digest));
      }
      if (!paths.is_array()) {
        error(codes.shape, paths, text("verify.inventory_block_shape", codes.name));
        continue;
      }
      for (const auto& path : paths.items()) read_path(path, digest, codes, read);
    }
    refuse_conflicts(block, codes, read);
    return read;
  }

  void read_path(const Json& value, const std::string& digest, const BlockCodes& codes,
                 PathDigests& read) {
    if (!value.is_string()) {
      error(codes.shape, value, text("verify.inventory_block_shape", codes.name));
      return;
    }
    const std::string& path = value.as_string();
    const std::string message =
        say("verify.inventory_bad_path", {{"path", where_}, {"file", path}});
    bool usable = true;
    if (path.empty() || path.front() == '/' || path.back() == '/') {
      error(codes.edge, value, message);
      usable = false;
    }
    if (has_bad_element(path)) {
      error(codes.element, value, message);
      usable = false;
    }
    // An unusable path climbs out of the package or names nothing: it is never opened.
    if (usable && !read.emplace(path, lower(digest)).second) {
      error(codes.conflict, value,
            say("verify.inventory_path_twice", {{"path", where_}, {"file", path}}));
    }
  }

  void refuse_conflicts(const Json& block, const BlockCodes& codes, const PathDigests& read) {
    for (const auto& [path, digest] : read) {
      const auto inside = read.lower_bound(path + "/");
      if (inside == read.end() || !inside->first.starts_with(path + "/")) continue;
      error(codes.conflict, block,
            say("verify.inventory_path_conflict",
                {{"path", where_}, {"file", path}, {"other", inside->first}}));
    }
  }

  void read_versions() {
    const Json* versions = root_.find("versions");
    if (!versions) {
      error("E041", root_, text("verify.inventory_key_missing", "versions"));
      return;
    }
    if (!versions->is_object()) {
      error("E044", *versions, text("verify.inventory_key_wrong", "versions"));
      return;
    }
    if (versions->members().empty()) {
      error("E008", *versions, text("verify.inventory_no_version", "versions"));
    }
    for (const auto& [name, value] : versions->members()) read_version(name, value);
    std::sort(inventory_.versions.begin(), inventory_.versions.end(),
              [](const ReadVersion& a, const ReadVersion& b) { return a.number < b.number; });
    check_sequence(*versions);
  }

  void read_version(const std::string& name, const Json& value) {
    ReadVersion version;
    version.name = name;
    version.number = version_number(name);
    if (version.number == 0) {
      error("E046", value, text("verify.inventory_version_name", name));
      return;
    }
    if (!value.is_object()) {
      error("E047", value, text("verify.inventory_key_wrong", name));
      return;
    }
    refuse_unknown(value, {"created", "state", "message", "user"});
    version.created = need_text(value, "created", "E048", "E049");
    if (!version.created.empty() && !is_rfc3339(version.created)) {
      error("E049", *value.find("created"), text("verify.inventory_time", version.created));
    }
    read_state(value, version);
    read_message_and_user(value, version);
    inventory_.versions.push_back(std::move(version));
  }

  void read_state(const Json& value, ReadVersion& version) {
    const Json* state = value.find("state");
    if (!state) {
      error("E048", value, text("verify.inventory_key_missing", "state"));
      return;
    }
    if (!state->is_object()) {
      error("E050", *state, text("verify.inventory_key_wrong", "state"));
      return;
    }
    for (const auto& [digest, paths] : state->members()) {
      used_keys_.insert(digest);
      if (manifest_keys_.contains(digest)) continue;
      error("E050", paths,
            say("verify.inventory_state_unknown",
                {{"path", where_}, {"version", version.name}, {"digest", digest}}));
    }
    version.state = read_block(*state, kState);
  }

  void read_message_and_user(const Json& value, ReadVersion& version) {
    const Json* message = value.find("message");
    if (message && !message->is_string()) {
      error("E094", *message, text("verify.inventory_key_wrong", "message"));
    } else if (message) {
      version.message = message->as_string();
    }
    const Json* user = value.find("user");
    if (!message || !user) {
      warn("W007", value, text("verify.inventory_no_message", version.name));
    }
    if (!user) return;
    if (!user->is_object()) {
      error("E054", *user, text("verify.inventory_key_wrong", "user"));
      return;
    }
    refuse_unknown(*user, {"name", "address"});
    version.user_name = need_text(*user, "name", "E054", "E054");
    version.user_address = user->text_or("address", "");
    if (version.user_address.empty()) {
      warn("W008", *user, text("verify.inventory_no_address", version.name));
    } else if (!is_uri(version.user_address)) {
      warn("W009", *user, text("verify.inventory_address_no_uri", version.user_address));
    }
  }

  void check_sequence(const Json& versions) {
    std::uint32_t expected = 1;
    std::set<std::size_t> lengths;
    bool padded = false;
    bool plain = false;
    for (const auto& version : inventory_.versions) {
      if (version.number != expected) {
        error("E010", versions, text("verify.inventory_version_gap", fmt::format("v{}", expected)));
      }
      expected = version.number + 1;
      padded |= version.name[1] == '0';
      plain |= version.name[1] != '0';
      lengths.insert(version.name.size());
    }
    if (padded) warn("W001", versions, text("verify.inventory_padded", "versions"));
    if (padded && (plain || lengths.size() > 1)) {
      error(lengths.size() > 1 ? "E012" : "E011", versions,
            text("verify.inventory_mixed_padding", "versions"));
    }
  }

  void check_head() {
    if (inventory_.head.empty() || inventory_.versions.empty()) return;
    if (inventory_.head == inventory_.versions.back().name) return;
    error("E040", *root_.find("head"), text("verify.inventory_head", inventory_.head));
  }

  void read_fixity() {
    const Json* fixity = root_.find("fixity");
    if (!fixity) return;
    if (!fixity->is_object()) {
      error("E111", *fixity, text("verify.inventory_key_wrong", "fixity"));
      return;
    }
    for (const auto& [algorithm, block] : fixity->members()) {
      if (block.is_object()) {
        inventory_.fixity[algorithm] = read_block(block, kFixity);
      } else {
        error("E057", block, text("verify.inventory_block_shape", algorithm));
      }
    }
  }

  void check_use() {
    std::set<std::string> used;
    for (const auto& digest : used_keys_) used.insert(lower(digest));
    for (const auto& digest : manifest_keys_) {
      if (used.contains(lower(digest))) continue;
      error("E107", *root_.find("manifest"), text("verify.inventory_digest_unused", digest));
    }
  }

  const Json& root_;
  const std::string& where_;
  FindingSink& findings_;
  ReadInventory inventory_;
  std::set<std::string> manifest_keys_;  ///< as written: their case counts (E050)
  std::set<std::string> used_keys_;
};

}  // namespace

const ReadVersion* ReadInventory::version(std::string_view name) const {
  for (const auto& candidate : versions) {
    if (candidate.name == name) return &candidate;
  }
  return nullptr;
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
