#include "packager/ocfl_inventory.h"

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kType = "https://ocfl.io/1.1/spec/#inventory";
constexpr std::size_t kSha512Characters = 128;

/// A JSON string of `text`, with its quotes.
std::string json_text(std::string_view text) { return Json::string(std::string(text)).dump(); }

/// path -> digest turned into OCFL's digest -> [paths], both in byte order, as JSON text.
void put_by_digest(const std::map<std::string, std::string>& digests, std::string_view indent,
                   std::string& out) {
  std::vector<std::pair<std::string_view, std::string_view>> rows;
  rows.reserve(digests.size());
  for (const auto& [path, digest] : digests) rows.emplace_back(digest, path);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& one, const auto& two) { return one.first < two.first; });
  out += '{';
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool again = i > 0 && rows[i - 1].first == rows[i].first;
    if (again) {
      out += ", ";
    } else {
      out += fmt::format("{}\n{} \"{}\": [", i == 0 ? "" : "],", indent, rows[i].first);
    }
    out += json_text(rows[i].second);
  }
  out += rows.empty() ? "}" : fmt::format("]\n{}}}", indent);
}

void put_version(const OcflVersion& version, int number, std::string& out) {
  out += fmt::format("  \"v{}\": {{\n   \"created\": {},\n   \"message\": {},\n", number,
                     json_text(version.created), json_text(version.message));
  out += fmt::format("   \"user\": {{\"name\": {}, \"address\": {}}},\n   \"state\": ",
                     json_text(version.user_name), json_text(version.user_address));
  put_by_digest(version.state, "   ", out);
  out += "\n  }";
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
  std::string out =
      fmt::format("{{\n \"id\": {},\n \"type\": \"{}\",\n \"digestAlgorithm\": \"sha512\",\n",
                  json_text(id), kType);
  out += fmt::format(" \"head\": \"v{}\",\n \"contentDirectory\": \"content\",\n \"manifest\": ",
                     head());
  put_by_digest(manifest, " ", out);
  out += ",\n \"versions\": {\n";
  for (int number = 1; number <= head(); ++number) {
    if (number > 1) out += ",\n";
    put_version(versions[static_cast<std::size_t>(number - 1)], number, out);
  }
  out += "\n }\n}\n";
  return out;
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
