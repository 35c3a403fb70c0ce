#include "packager/verify/ocfl_check.h"

#include <set>

#include "core/messages.h"
#include "packager/verify/inventory_text.h"
#include "packager/verify/ocfl_declaration.h"
#include "packager/verify/ocfl_extensions.h"
#include "packager/verify/ocfl_inventories.h"
#include "packager/verify/ocfl_vocabulary.h"

namespace anjuan::packager {

namespace {

class ObjectCheck {
 public:
  ObjectCheck(const std::filesystem::path& root, const FolderTree& tree, FindingSink& findings)
      : root_(root), tree_(tree), findings_(findings), inventories_(root, tree, findings) {}

  std::optional<CheckedObject> run() {
    auto inventory = inventories_.read_root(check_declaration());
    check_root_entries(inventory ? inventory->algorithm : "");
    for (const auto* entry : tree_.children("extensions")) {
      check_extension(entry->path, entry->type, kObjectExtensions, findings_);
    }
    if (!inventory) return std::nullopt;
    inventories_.check_versions(*inventory);
    if (inventory->has_versions) check_version_folders(*inventory);
    check_manifest(*inventory);
    return CheckedObject{std::move(*inventory), inventories_.take_claims()};
  }

 private:
  std::string check_declaration() {
    std::vector<std::string> names;
    for (const auto* entry : tree_.children("")) {
      if (entry->type == TreeEntry::Type::kFile) names.push_back(entry->path);
    }
    return packager::check_declaration(root_, names, kObjectDeclaration, findings_);
  }

  void check_root_entries(const std::string& algorithm) {
    for (const auto* entry : tree_.children("")) {
      const std::string& name = entry->path;
      const bool folder = entry->type == TreeEntry::Type::kFolder;
      if (entry->type == TreeEntry::Type::kLink || entry->type == TreeEntry::Type::kOther) continue;
      if (folder && (name == "logs" || name == "extensions" || version_number(name) > 0)) continue;
      if (!folder && (is_declaration(name, kObjectDeclaration) || name == kInventoryName ||
                      is_root_sidecar(name, algorithm))) {
        continue;
      }
      findings_.error("E001", name, say("verify.not_allowed_in_object", {{"path", name}}));
    }
  }

  /// The sidecar for `algorithm`, or any one if that is unknown or not there: then it was reported
  /// as such.
  bool is_root_sidecar(const std::string& name, const std::string& algorithm) {
    const std::string expected = std::string(kSidecarStart) + algorithm;
    if (algorithm.empty() || !tree_.is_file(expected)) return is_any_sidecar(name);
    return name == expected;
  }

  static bool is_any_sidecar(std::string_view name) {
    return name.starts_with(kSidecarStart) && digest_named(name.substr(kSidecarStart.size()));
  }

  void check_version_folders(const ReadInventory& inventory) {
    for (const auto* entry : tree_.children("")) {
      if (entry->type != TreeEntry::Type::kFolder || version_number(entry->path) == 0) continue;
      if (inventory.version(entry->path)) {
        check_version_folder(entry->path, inventory);
      } else {
        findings_.error("E046", entry->path,
                        say("verify.version_not_in_inventory", {{"path", entry->path}}));
      }
    }
    find_missing_folders(inventory);
  }

  /// A gap in the sequence of folders is E009 or E010; without the last ones it has none, and the
  /// inventory names versions that are not there (E046).
  void find_missing_folders(const ReadInventory& inventory) {
    std::uint32_t last_there = 0;
    for (const auto& version : inventory.versions) {
      if (tree_.is_folder(version.name)) last_there = version.number;
    }
    for (const auto& version : inventory.versions) {
      if (version.number == 0 || tree_.is_folder(version.name)) continue;
      const bool gap = version.number < last_there;
      findings_.error(!gap                  ? "E046"
                      : version.number == 1 ? "E009"
                                            : "E010",
                      version.name, say("verify.version_folder_missing", {{"path", version.name}}));
    }
  }

  void check_version_folder(const std::string& version, const ReadInventory& inventory) {
    const auto& directory = inventories_.content_directory(inventory, version);
    const std::string content = version + "/" + directory;
    for (const auto* entry : tree_.children(version)) {
      const auto name = file_name(entry->path);
      if (entry->type == TreeEntry::Type::kFile) {
        if (name == kInventoryName || is_any_sidecar(name)) continue;
        findings_.error("E015", entry->path,
                        say("verify.not_allowed_in_version", {{"path", entry->path}}));
      } else if (entry->type == TreeEntry::Type::kFolder && !directory.empty() &&
                 entry->path != content) {
        findings_.warn("W002", entry->path,
                       say("verify.extra_folder_in_version", {{"path", entry->path}}));
      }
    }
    if (!directory.empty()) check_content_folder(content, inventory);
  }

  void check_content_folder(const std::string& content, const ReadInventory& inventory) {
    const auto* folder = tree_.find(content);
    if (folder && folder->type == TreeEntry::Type::kFolder && folder->children == 0) {
      findings_.warn("W003", content, say("verify.empty_folder", {{"path", content}}));
    }
    for (const auto& entry : tree_.below(content)) {
      if (entry.type == TreeEntry::Type::kFolder && entry.children == 0) {
        findings_.error("E024", entry.path, say("verify.empty_folder", {{"path", entry.path}}));
      }
      if (entry.type != TreeEntry::Type::kFile || !inventory.has_manifest) continue;
      if (inventory.mentions(entry.path)) continue;
      findings_.error("E023", entry.path, say("verify.unlisted_file", {{"path", entry.path}}));
    }
  }

  void check_manifest(const ReadInventory& inventory) {
    std::set<std::string_view> kept;  // digests whose content is there, be it under another name
    for (const auto& [path, digest] : inventory.manifest) {
      if (tree_.is_file(path)) kept.insert(digest);
    }
    std::map<std::string, std::size_t> lost;  // by content folder
    for (const auto& [path, digest] : inventory.manifest) {
      if (tree_.is_file(path)) continue;
      // A link in its place was reported as such; both lines together tell what happened.
      findings_.error("E092", path, say("verify.missing_file", {{"path", path}}));
      const auto version = path.substr(0, path.find('/'));
      const auto content = version + "/" + inventories_.content_directory(inventory, version);
      // An unknown content folder ("v1/") leaves "v1//", which begins no path.
      if (!tree_.is_folder(version) || !path.starts_with(content + "/")) continue;
      if (!kept.contains(digest)) ++lost[content];
    }
    for (const auto& [content, count] : lost) report_incomplete(content, count);
  }

  /// The standard asks for the folder (E016); that content is lost has no code of its own, the
  /// official test objects call it E023.
  void report_incomplete(const std::string& content, std::size_t count) {
    const bool there = tree_.is_folder(content);
    findings_.error(there ? "E023" : "E016", content,
                    say(there ? "ocfl.content_incomplete" : "ocfl.no_content_folder",
                        {{"path", content}, {"count", std::to_string(count)}}));
  }

  const std::filesystem::path& root_;
  const FolderTree& tree_;
  FindingSink& findings_;
  OcflInventories inventories_;
};

}  // namespace

std::optional<CheckedObject> check_ocfl_structure(const std::filesystem::path& root,
                                                  const FolderTree& tree, FindingSink& findings) {
  return ObjectCheck(root, tree, findings).run();
}

}  // namespace anjuan::packager
