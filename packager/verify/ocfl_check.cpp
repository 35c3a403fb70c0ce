#include "packager/verify/ocfl_check.h"

#include <set>

#include "core/digest.h"
#include "core/messages.h"
#include "packager/verify/inventory_text.h"
#include "packager/verify/ocfl_inventories.h"
#include "packager/verify/read_bounded.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kDeclarationStart = "0=ocfl_object_";

class ObjectCheck {
 public:
  ObjectCheck(const std::filesystem::path& root, const FolderTree& tree, FindingSink& findings)
      : root_(root), tree_(tree), findings_(findings) {}

  std::optional<ReadInventory> run() {
    check_declaration();
    OcflInventories inventories(root_, tree_, findings_);
    auto inventory = inventories.read_root(spec_);
    check_root_entries(inventory ? inventory->algorithm : "");
    check_extensions();
    if (!inventory) return std::nullopt;
    check_version_folders(*inventory);
    inventories.check_versions(*inventory);
    check_manifest(*inventory);
    return inventory;
  }

 private:
  void check_declaration() {
    std::vector<const TreeEntry*> declarations;
    for (const auto* entry : tree_.children("")) {
      if (entry->path.starts_with(kDeclarationStart)) declarations.push_back(entry);
    }
    if (declarations.size() != 1) {
      findings_.error(
          "E003", "",
          say(declarations.empty() ? "verify.no_declaration" : "verify.many_declarations"));
      return;
    }
    const std::string& name = declarations[0]->path;
    spec_ = name.substr(kDeclarationStart.size());
    if (spec_ != "1.0" && spec_ != "1.1") {
      findings_.error("E006", name, say("verify.declaration_version", {{"path", name}}));
      return;
    }
    const auto text = read_bounded(root_, name, kSmallBytesMax, findings_);
    if (text && *text != name.substr(2) + "\n") {
      findings_.error("E007", name,
                      say("verify.declaration_text", {{"path", name}, {"text", name.substr(2)}}));
    }
  }

  void check_root_entries(const std::string& algorithm) {
    for (const auto* entry : tree_.children("")) {
      const std::string& name = entry->path;
      const bool folder = entry->type == TreeEntry::Type::kFolder;
      if (entry->type == TreeEntry::Type::kLink || entry->type == TreeEntry::Type::kOther) continue;
      if (folder && (name == "logs" || name == "extensions" || version_number(name) > 0)) continue;
      if (!folder && (name.starts_with(kDeclarationStart) || name == "inventory.json" ||
                      is_sidecar(name, algorithm))) {
        continue;
      }
      findings_.error("E001", name, say("verify.not_allowed_in_object", {{"path", name}}));
    }
  }

  static bool is_sidecar(const std::string& name, const std::string& algorithm) {
    if (algorithm.empty()) return name.starts_with("inventory.json.sha");
    return name == "inventory.json." + algorithm;
  }

  void check_extensions() {
    for (const auto* entry : tree_.children("extensions")) {
      if (entry->type == TreeEntry::Type::kFolder) {
        const auto name = file_name(entry->path);
        const bool registered =
            name.size() > 5 && version_number("v" + std::string(name, 0, 4)) && name[4] == '-';
        if (!registered && name != "initial") {
          findings_.warn("W013", entry->path,
                         say("verify.unregistered_extension", {{"path", entry->path}}));
        }
      } else {
        findings_.error("E067", entry->path,
                        say("verify.not_allowed_in_extensions", {{"path", entry->path}}));
      }
    }
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
    for (const auto& version : inventory.versions) {
      if (tree_.is_folder(version.name)) continue;
      findings_.error("E010", version.name,
                      say("verify.version_folder_missing", {{"path", version.name}}));
    }
  }

  void check_version_folder(const std::string& version, const ReadInventory& inventory) {
    const std::string content = version + "/" + inventory.content_directory;
    for (const auto* entry : tree_.children(version)) {
      const auto name = file_name(entry->path);
      if (entry->type == TreeEntry::Type::kFile) {
        if (name == "inventory.json" || name.starts_with("inventory.json.sha")) continue;
        findings_.error("E015", entry->path,
                        say("verify.not_allowed_in_version", {{"path", entry->path}}));
      } else if (entry->type == TreeEntry::Type::kFolder && entry->path != content) {
        findings_.warn("W002", entry->path,
                       say("verify.extra_folder_in_version", {{"path", entry->path}}));
      }
    }
    check_content_folder(content, inventory);
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
      if (entry.type == TreeEntry::Type::kFile && !inventory.manifest.contains(entry.path)) {
        findings_.error("E023", entry.path, say("verify.unlisted_file", {{"path", entry.path}}));
      }
    }
  }

  void check_manifest(const ReadInventory& inventory) {
    for (const auto& [path, digest] : inventory.manifest) {
      if (tree_.is_file(path)) continue;
      // A link in its place was reported as such; both lines together tell what happened.
      findings_.error("E092", path, say("verify.missing_file", {{"path", path}}));
    }
  }

  const std::filesystem::path& root_;
  const FolderTree& tree_;
  FindingSink& findings_;
  std::string spec_;
};

}  // namespace

std::optional<ReadInventory> check_ocfl_structure(const std::filesystem::path& root,
                                                  const FolderTree& tree, FindingSink& findings) {
  return ObjectCheck(root, tree, findings).run();
}

}  // namespace anjuan::packager
