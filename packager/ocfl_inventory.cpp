#include "packager/ocfl_inventory.h"

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kType = "https://ocfl.io/1.1/spec/#inventory";
constexpr std::size_t kSha512Characters = 128;

/// path -> digest turned into OCFL's digest -> [paths]; both in byte order.
Json by_digest(const std::map<std::string, std::string>& digests) {
  std::map<std::string, std::vector<std::string_view>> paths;
  for (const auto& [path, digest] : digests) paths[digest].push_back(path);
  std::vector<Json::Member> members;
  members.reserve(paths.size());
  for (auto& [digest, names] : paths) {
    std::vector<Json> items;
    for (const auto name : names) items.push_back(Json::string(std::string(name)));
    members.emplace_back(digest, Json::array(std::move(items)));
  }
  return Json::object(std::move(members));
}

Json version_json(const OcflVersion& version) {
  return Json::object({{"created", Json::string(version.created)},
                       {"message", Json::string(version.message)},
                       {"state", by_digest(version.state)},
                       {"user", Json::object({{"name", Json::string(version.user_name)},
                                              {"address", Json::string(version.user_address)}})}});
}

/// Reads one inventory; every fault is Error(kCorrupt) with a reason.
class InventoryReader {
 public:
  explicit InventoryReader(const std::string& subject) : subject_(subject) {}

  OcflInventory read(std::string_view text) const {
    const Json json = Json::parse(text, subject_);
    if (text_of(json, "type") != kType) fail("type");
    if (text_of(json, "digestAlgorithm") != "sha512") fail("digestAlgorithm");
    if (json.text_or("contentDirectory", "content") != "content") fail("contentDirectory");
    OcflInventory inventory;
    inventory.id = text_of(json, "id");
    inventory.manifest = paths_of(member(json, "manifest"), "manifest");
    const auto& versions = member(json, "versions");
    for (std::size_t number = 1; number <= versions.members().size(); ++number) {
      const auto name = fmt::format("v{}", number);
      inventory.versions.push_back(version_of(member(versions, name), name));
    }
    if (text_of(json, "head") != fmt::format("v{}", inventory.versions.size())) fail("head");
    check_references(inventory);
    return inventory;
  }

 private:
  [[noreturn]] void fail(std::string_view place) const {
    throw Error(
        ErrorCode::kCorrupt, subject_,
        say("packager.inventory_damaged", {{"path", subject_}, {"place", std::string(place)}}));
  }

  const Json& member(const Json& object, std::string_view key) const {
    const Json* found = object.find(key);
    if (found == nullptr) fail(key);
    return *found;
  }

  const std::string& text_of(const Json& object, std::string_view key) const {
    const auto& value = member(object, key);
    if (!value.is_string() || value.as_string().empty()) fail(key);
    return value.as_string();
  }

  std::map<std::string, std::string> paths_of(const Json& block, std::string_view name) const {
    std::map<std::string, std::string> digests;
    for (const auto& [digest, paths] : block.members()) {
      if (digest.size() != kSha512Characters) fail(name);
      for (const auto& path : paths.items()) {
        if (!digests.emplace(path.as_string(), digest).second) fail(path.as_string());
      }
    }
    return digests;
  }

  OcflVersion version_of(const Json& json, std::string_view name) const {
    OcflVersion version;
    version.created = text_of(json, "created");
    version.message = json.text_or("message", "");
    if (const Json* user = json.find("user"); user != nullptr) {
      version.user_name = user->text_or("name", "");
      version.user_address = user->text_or("address", "");
    }
    version.state = paths_of(member(json, "state"), name);
    return version;
  }

  /// Every file of every version has content (E050).
  void check_references(const OcflInventory& inventory) const {
    if (inventory.versions.empty()) fail("versions");
    std::vector<std::string_view> known;
    for (const auto& [path, digest] : inventory.manifest) known.emplace_back(digest);
    std::sort(known.begin(), known.end());
    for (const auto& version : inventory.versions) {
      for (const auto& [path, digest] : version.state) {
        if (!std::binary_search(known.begin(), known.end(), digest)) fail(path);
      }
    }
  }

  const std::string& subject_;
};

}  // namespace

std::string OcflInventory::content_path(const std::string& sha512) const {
  for (const auto& [path, digest] : manifest) {
    if (digest == sha512) return path;
  }
  return "";
}

std::string OcflInventory::to_json() const {
  std::vector<Json::Member> history;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    history.emplace_back(fmt::format("v{}", i + 1), version_json(versions[i]));
  }
  const Json json = Json::object({{"id", Json::string(id)},
                                  {"type", Json::string(std::string(kType))},
                                  {"digestAlgorithm", Json::string("sha512")},
                                  {"head", Json::string(fmt::format("v{}", head()))},
                                  {"contentDirectory", Json::string("content")},
                                  {"manifest", by_digest(manifest)},
                                  {"versions", Json::object(std::move(history))}});
  return json.dump_pretty() + "\n";
}

OcflInventory OcflInventory::parse(std::string_view json, const std::string& subject) {
  try {
    return InventoryReader(subject).read(json);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kInvalid) throw;
    throw Error(ErrorCode::kCorrupt, subject, error.what());
  }
}

}  // namespace anjuan::packager
