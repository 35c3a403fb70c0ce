#include "packager/verify/storage_root.h"

#include <set>

#include "core/error.h"
#include "core/messages.h"
#include "packager/verify/inventory_reader.h"
#include "packager/verify/inventory_text.h"
#include "packager/verify/ocfl_declaration.h"
#include "packager/verify/ocfl_extensions.h"
#include "packager/verify/ocfl_inventories.h"
#include "packager/verify/ocfl_vocabulary.h"
#include "packager/verify/read_bounded.h"
#include "packager/verify/storage_hierarchy.h"
#include "packager/verify/storage_layout.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kLayoutName = "ocfl_layout.json";

class RootCheck {
 public:
  explicit RootCheck(Examination& work) : work_(work) {}

  void run() {
    visit_hierarchy(work_.root, [this](const std::string& folder, const FolderListing& listing) {
      check_readable(folder, listing);
      if (folder.empty()) {
        check_links(folder, listing);
        check_top(listing);
      } else if (listing.kind == FolderListing::Kind::kObject) {
        check_object(folder, listing);
      } else {
        check_links(folder, listing);
        check_branch(folder, listing);
      }
    });
    if (at_top_ && deeper_) work_.findings.warn("W015", "", say("ocfl.two_depths"));
  }

 private:
  void check_readable(const std::string& folder, const FolderListing& listing) {
    if (!listing.failure.empty()) {
      work_.findings.not_checked(
          "PKG-READ", folder,
          say("verify.unreadable", {{"path", folder}, {"reason", listing.failure}}));
    }
    const bool branch = listing.kind == FolderListing::Kind::kBranch;
    if (branch && is_too_deep(folder) && !listing.folders.empty()) {
      work_.findings.not_checked(
          "PKG-LIMIT", folder, say("verify.too_deep", {{"limit", std::to_string(kTreeDepthMax)}}));
    }
  }

  /// Of the hierarchy; those in an object are found by its own verification.
  void check_links(const std::string& folder, const FolderListing& listing) {
    for (const auto& name : listing.links) {
      const auto path = joined(folder, name);
      work_.findings.error("E090", path, say("verify.link", {{"path", path}}));
    }
  }

  void check_top(const FolderListing& listing) {
    edition_ = check_declaration(work_.root, listing.files, kRootDeclaration, work_.findings);
    const auto has = [](const std::vector<std::string>& names, std::string_view name) {
      return std::binary_search(names.begin(), names.end(), name);
    };
    if (has(listing.files, kLayoutName)) check_layout();
    if (has(listing.folders, "extensions")) check_extensions();
  }

  void check_layout() {
    const std::string path(kLayoutName);
    const auto text = read_bounded(work_.root, path, kSmallBytesMax, work_.findings);
    if (!text) return;
    try {
      const auto layout = Json::parse(*text, path);
      const Json* extension = layout.is_object() ? layout.find("extension") : nullptr;
      if (!extension || !layout.find("description")) {
        work_.findings.error("E070", path, say("verify.layout_keys", {{"path", path}}));
      }
      if (extension) read_layout(*extension);
    } catch (const Error& error) {
      work_.findings.error("E070", path, error.what());
    }
  }

  void read_layout(const Json& extension) {
    const std::string path(kLayoutName);
    const auto name = extension.is_string() ? extension.as_string() : std::string();
    if (is_registered_extension(name)) {
      layout_ = StorageLayout::read(work_.root, name, work_.findings);
    } else {
      work_.findings.error("E071", path, say("ocfl.layout_name", {{"path", path}, {"name", name}}));
    }
  }

  void check_extensions() {
    const ExtensionCodes codes = {code_in(edition_, "E112"), code_in(edition_, "W016")};
    const auto listing = list_folder(work_.root / "extensions");
    check_readable("extensions", listing);
    check_links("extensions", listing);
    if (is_empty(listing)) report_empty("extensions");
    for (const auto& name : listing.files) {
      check_extension("extensions/" + name, TreeEntry::Type::kFile, codes, work_.findings);
    }
    for (const auto& name : listing.folders) {
      const auto path = "extensions/" + name;
      check_extension(path, TreeEntry::Type::kFolder, codes, work_.findings);
      if (is_empty(list_folder(work_.root / path))) report_empty(path);
    }
  }

  static bool is_empty(const FolderListing& listing) {
    return listing.failure.empty() && listing.files.empty() && listing.folders.empty() &&
           listing.links.empty();
  }

  void report_empty(const std::string& folder) {
    work_.findings.error("E073", folder, say("verify.empty_folder", {{"path", folder}}));
  }

  void check_branch(const std::string& folder, const FolderListing& listing) {
    for (const auto& name : listing.files) {
      const auto path = joined(folder, name);
      work_.findings.error("E072", path, say("verify.file_between_objects", {{"path", path}}));
    }
    if (is_empty(listing)) report_empty(folder);
  }

  void check_object(const std::string& folder, const FolderListing& listing) {
    (folder.find('/') == std::string::npos ? at_top_ : deeper_) = true;
    check_edition(folder, listing);
    find_nested(folder, listing);
    check_identity(folder);
  }

  void check_edition(const std::string& folder, const FolderListing& listing) {
    for (const auto& name : listing.files) {
      const auto edition = declared_edition(name, kObjectDeclaration);
      if (edition_.empty() || edition <= edition_) continue;
      work_.findings.error(
          "E081", joined(folder, name),
          say("ocfl.newer_than_root",
              {{"path", folder}, {"object", std::string(edition)}, {"root", edition_}}));
    }
  }

  void find_nested(const std::string& folder, const FolderListing& listing) {
    for (const auto& name : listing.folders) {
      if (name == "logs" || name == "extensions" || version_number(name) > 0) continue;
      const auto inner = joined(folder, name);
      const auto below = list_folder(work_.root / inner);
      if (below.kind != FolderListing::Kind::kObject) continue;
      work_.findings.error("E082", inner, say("ocfl.nested_object", {{"path", inner}}));
    }
  }

  /// One object for each id, and that where the layout says.
  void check_identity(const std::string& folder) {
    FindingSink unused;  // the object's own verification reports its inventory
    const auto text = read_bounded(work_.root, joined(folder, std::string(kInventoryName)),
                                   kInventoryBytesMax, unused);
    const auto inventory = text ? read_inventory(*text, folder, unused) : std::nullopt;
    if (!inventory || inventory->id.empty()) return;
    const auto& id = inventory->id;
    const auto [first, is_new] = places_.emplace(id, folder);
    if (!is_new) {
      work_.findings.error(
          "E037", folder,
          say("ocfl.id_twice", {{"id", id}, {"path", folder}, {"other", first->second}}));
    }
    if (!layout_) return;
    const auto expected = layout_->place(id);
    if (folder == expected) return;
    work_.findings.error("E083", folder,
                         say("verify.object_place", {{"id", id}, {"expected", expected}}));
  }

  Examination& work_;
  std::string edition_;
  std::optional<StorageLayout> layout_;
  std::map<std::string, std::string> places_;  ///< id -> where its object was found first
  bool at_top_ = false;
  bool deeper_ = false;
};

/// What makes a folder a package of another kind.
bool is_other_mark(std::string_view name) {
  return name == "METS.xml" || name == "bagit.txt" || name.starts_with("manifest-");
}

/// Some folder below is an object, and none is a storage root of its own. Looks at a bounded number
/// of folders, so that any folder may be asked.
bool holds_objects(const std::filesystem::path& path) {
  constexpr std::size_t kFoldersMax = 2'000;
  std::vector<std::filesystem::path> folders = {path};
  bool found = false;
  for (std::size_t i = 0; i < folders.size() && i < kFoldersMax; ++i) {
    const auto folder = folders[i];
    const auto listing = list_folder(folder);
    for (const auto& name : listing.files) {
      if (!declared_edition(name, kRootDeclaration).empty()) return false;
      found |= !declared_edition(name, kObjectDeclaration).empty();
    }
    // An object inside another package is content of that.
    const bool is_other = std::any_of(listing.files.begin(), listing.files.end(), is_other_mark);
    if (listing.kind == FolderListing::Kind::kObject || is_other) continue;
    for (const auto& name : listing.folders) {
      if (folders.size() < kFoldersMax) folders.push_back(folder / name);
    }
  }
  return found;
}

}  // namespace

bool is_storage_root(const std::filesystem::path& path) {
  std::error_code failure;
  if (!std::filesystem::is_directory(path, failure)) return false;
  const auto listing = list_folder(path);
  const auto& files = listing.files;
  const auto any = [&](const auto& test) { return std::any_of(files.begin(), files.end(), test); };
  if (any([](const auto& name) { return name.starts_with("0=ocfl_object_"); })) return false;
  if (any([](const auto& name) { return name.starts_with("0=ocfl_"); })) return true;
  if (listing.kind == FolderListing::Kind::kObject || any(is_other_mark)) return false;
  return std::binary_search(files.begin(), files.end(), kLayoutName) || holds_objects(path);
}

std::vector<std::filesystem::path> objects_of(const std::filesystem::path& root) {
  std::vector<std::filesystem::path> objects;
  visit_hierarchy(root, [&](const std::string& folder, const FolderListing& listing) {
    if (!folder.empty() && listing.kind == FolderListing::Kind::kObject) {
      objects.push_back(root / folder);
    }
  });
  return objects;
}

void verify_storage_root(Examination& examination) {
  examination.report.is_storage_root = true;
  examination.report.kind = PackageKind::kOcfl;
  RootCheck(examination).run();
}

}  // namespace anjuan::packager
