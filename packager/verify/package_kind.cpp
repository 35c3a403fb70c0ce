#include "packager/verify/package_kind.h"

#include <set>

#include "packager/verify/inventory_text.h"

namespace anjuan::packager {

namespace {

struct Kind {
  PackageKind kind;
  std::string_view word;
};

constexpr Kind kKinds[] = {{PackageKind::kAnjuan, "anjuan"},
                           {PackageKind::kOcfl, "ocfl"},
                           {PackageKind::kEark, "eark"},
                           {PackageKind::kBagit, "bagit"},
                           {PackageKind::kUnknown, "unknown"}};

/// Exactly one folder vN/*/aip-* holds a METS.xml, or some metadata or representations if METS.xml
/// itself is what is missing.
bool holds_one_aip(const FolderTree& tree) {
  std::set<std::string> folders;
  for (const auto& entry : tree.entries()) {
    const auto version_end = entry.path.find('/');
    if (version_end == std::string::npos) continue;
    if (version_number(std::string_view(entry.path).substr(0, version_end)) == 0) continue;
    const auto content_end = entry.path.find('/', version_end + 1);
    if (content_end == std::string::npos) continue;
    const auto folder_end = entry.path.find('/', content_end + 1);
    if (folder_end == std::string::npos) continue;
    auto folder = entry.path.substr(content_end + 1, folder_end - content_end - 1);
    const auto inside = std::string_view(entry.path).substr(folder_end + 1);
    const bool mark = inside == "METS.xml" || inside == "metadata" || inside == "representations";
    if (mark && folder.starts_with("aip-")) folders.insert(std::move(folder));
  }
  return folders.size() == 1;
}

bool is_bag(const FolderTree& tree) {
  for (const auto* entry : tree.children("")) {
    if (entry->path == "bagit.txt") return true;
    if (entry->path.starts_with("manifest-") && entry->path.ends_with(".txt")) return true;
  }
  return false;
}

bool is_object(const FolderTree& tree) {
  for (const auto* entry : tree.children("")) {
    if (entry->path.starts_with("0=ocfl_") || entry->path == "inventory.json") return true;
  }
  return false;
}

/// METS.xml, also under a name like it, or two of E-ARK's four folders in any case.
bool is_eark(const FolderTree& tree) {
  const bool around = only_folder(tree) != nullptr;  // then the package is the folder in it
  std::size_t folders = 0;
  for (const auto* entry : tree.children("")) {
    const auto name = lower(entry->path);
    const bool file = entry->type == TreeEntry::Type::kFile;
    if (file && name.find("mets") != name.npos && name.ends_with(".xml")) return true;
    if (!file && !around && tree.is_file(entry->path + "/METS.xml")) return true;
    if (name == "metadata" || name == "representations" || name == "schemas" ||
        name == "documentation") {
      ++folders;
    }
  }
  return folders >= 2;
}

}  // namespace

PackageKind kind_of(const FolderTree& tree) {
  if (is_object(tree)) return holds_one_aip(tree) ? PackageKind::kAnjuan : PackageKind::kOcfl;
  if (is_bag(tree)) return PackageKind::kBagit;
  return is_eark(tree) ? PackageKind::kEark : PackageKind::kUnknown;
}

std::string_view kind_word(PackageKind kind) {
  for (const auto& candidate : kKinds) {
    if (candidate.kind == kind) return candidate.word;
  }
  return "unknown";
}

std::optional<PackageKind> kind_of_word(std::string_view word) {
  for (const auto& candidate : kKinds) {
    if (candidate.word == word) return candidate.kind;
  }
  return std::nullopt;
}

}  // namespace anjuan::packager
