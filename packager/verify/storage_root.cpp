#include "packager/verify/storage_root.h"

#include "core/digest.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "packager/verify/inventory_reader.h"
#include "packager/verify/read_bounded.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kRootStart = "0=ocfl_";
constexpr std::string_view kObjectStart = "0=ocfl_object_";
constexpr std::string_view kLayout = "0004-hashed-n-tuple-storage-layout";

enum class FolderKind { kObject, kBranch };

struct Listing {
  std::vector<std::string> files;
  std::vector<std::string> folders;
  std::vector<std::string> links;
  FolderKind kind = FolderKind::kBranch;
  std::string failure;  ///< why the folder could not be read to its end
};

void sort_in(Listing& listing, const std::filesystem::directory_entry& entry) {
  const auto name = entry.path().filename().string();
  std::error_code failure;
  const auto status = entry.symlink_status(failure);
  if (std::filesystem::is_symlink(status)) {
    listing.links.push_back(name);
  } else if (std::filesystem::is_directory(status)) {
    listing.folders.push_back(name);
  } else {
    listing.files.push_back(name);
    const bool mark = name.starts_with(kObjectStart) || name == "inventory.json";
    if (mark) listing.kind = FolderKind::kObject;
  }
  if (failure) listing.failure = failure.message();
}

/// Names in one folder; nothing of what lies below it.
Listing list(const std::filesystem::path& folder) {
  Listing listing;
  std::error_code failure;
  const std::filesystem::directory_iterator end;
  for (std::filesystem::directory_iterator names(folder, failure); !failure && names != end;
       names.increment(failure)) {
    sort_in(listing, *names);
  }
  if (failure) listing.failure = failure.message();
  for (auto* part : {&listing.files, &listing.folders, &listing.links}) {
    std::sort(part->begin(), part->end());
  }
  return listing;
}

/// Visits every folder of the hierarchy above the objects, and the objects.
template <typename Visit>
void visit_hierarchy(const std::filesystem::path& root, const Visit& visit) {
  std::vector<std::string> folders = {""};
  while (!folders.empty()) {
    stop_if_interrupted();
    const auto folder = std::move(folders.back());
    folders.pop_back();
    const auto listing = list(root / folder);
    visit(folder, listing);
    if (listing.kind == FolderKind::kObject) continue;
    if (std::count(folder.begin(), folder.end(), '/') >= std::ptrdiff_t{kTreeDepthMax}) continue;
    for (auto name = listing.folders.rbegin(); name != listing.folders.rend(); ++name) {
      if (folder.empty() && *name == "extensions") continue;
      folders.push_back(folder.empty() ? *name : folder + "/" + *name);
    }
  }
}

class RootCheck {
 public:
  explicit RootCheck(Examination& work) : work_(work) {}

  void run() {
    visit_hierarchy(work_.root, [this](const std::string& folder, const Listing& listing) {
      check_any(folder, listing);
      if (folder.empty()) {
        check_top(listing);
      } else if (listing.kind == FolderKind::kObject) {
        check_place(folder);
      } else {
        check_branch(folder, listing);
      }
    });
  }

 private:
  void check_any(const std::string& folder, const Listing& listing) {
    if (!listing.failure.empty()) {
      work_.findings.not_checked(
          "PKG-READ", folder,
          say("verify.unreadable", {{"path", folder}, {"reason", listing.failure}}));
    }
    if (listing.kind == FolderKind::kObject) return;  // the object's own verification
    for (const auto& name : listing.links) {
      const auto path = folder.empty() ? name : folder + "/" + name;
      work_.findings.error("E090", path, say("verify.link", {{"path", path}}));
    }
  }

  void check_top(const Listing& listing) {
    std::vector<std::string> declarations;
    for (const auto& name : listing.files) {
      if (name.starts_with(kRootStart)) declarations.push_back(name);
    }
    if (declarations.size() != 1) {
      work_.findings.error("E076", "", say("verify.many_declarations"));
      return;
    }
    const auto text = read_bounded(work_.root, declarations[0], kSmallBytesMax, work_.findings);
    const auto expected = declarations[0].substr(2);
    if (text && *text != expected + "\n") {
      work_.findings.error(
          "E080", declarations[0],
          say("verify.declaration_text", {{"path", declarations[0]}, {"text", expected}}));
    }
    if (std::binary_search(listing.files.begin(), listing.files.end(), "ocfl_layout.json")) {
      check_layout();
    }
  }

  void check_layout() {
    const std::string path = "ocfl_layout.json";
    const auto text = read_bounded(work_.root, path, kSmallBytesMax, work_.findings);
    if (!text) return;
    try {
      const auto layout = Json::parse(*text, path);
      const auto extension = layout.is_object() ? layout.text_or("extension", "") : "";
      if (extension.empty() || !layout.find("description")) {
        work_.findings.error("E070", path, say("verify.layout_keys", {{"path", path}}));
      }
      hashed_ = extension == kLayout;
    } catch (const Error& error) {
      work_.findings.error("E070", path, error.what());
    }
  }

  void check_branch(const std::string& folder, const Listing& listing) {
    for (const auto& name : listing.files) {
      const auto path = folder + "/" + name;
      work_.findings.error("E072", path, say("verify.file_between_objects", {{"path", path}}));
    }
    if (listing.files.empty() && listing.folders.empty() && listing.links.empty()) {
      work_.findings.error("E073", folder, say("verify.empty_folder", {{"path", folder}}));
    }
  }

  /// Where 0004 with its default parameters (sha256, three tuples of three) puts the object's id.
  void check_place(const std::string& folder) {
    if (!hashed_) return;
    FindingSink unused;  // the object's own verification reports its inventory
    const auto text =
        read_bounded(work_.root, folder + "/inventory.json", kInventoryBytesMax, unused);
    const auto inventory = text ? read_inventory(*text, folder, unused) : std::nullopt;
    if (!inventory || inventory->id.empty()) return;
    const auto digest = digest_hex(DigestAlgorithm::kSha256, inventory->id);
    const auto expected = fmt::format("{}/{}/{}/{}", digest.substr(0, 3), digest.substr(3, 3),
                                      digest.substr(6, 3), digest);
    if (folder == expected) return;
    work_.findings.error(
        "E083", folder,
        say("verify.object_place", {{"id", inventory->id}, {"expected", expected}}));
  }

  Examination& work_;
  bool hashed_ = false;
};

}  // namespace

bool is_storage_root(const std::filesystem::path& path) {
  std::error_code failure;
  if (!std::filesystem::is_directory(path, failure)) return false;
  bool declared = false;
  const std::filesystem::directory_iterator end;
  for (std::filesystem::directory_iterator names(path, failure); !failure && names != end;
       names.increment(failure)) {
    const auto name = names->path().filename().string();
    if (name.starts_with(kObjectStart)) return false;
    declared |= name.starts_with(kRootStart);
  }
  return declared && !failure;
}

std::vector<std::filesystem::path> objects_of(const std::filesystem::path& root) {
  std::vector<std::filesystem::path> objects;
  visit_hierarchy(root, [&](const std::string& folder, const Listing& listing) {
    if (!folder.empty() && listing.kind == FolderKind::kObject) objects.push_back(root / folder);
  });
  return objects;
}

void verify_storage_root(Examination& examination) {
  examination.report.is_storage_root = true;
  examination.report.kind = PackageKind::kOcfl;
  RootCheck(examination).run();
}

}  // namespace anjuan::packager
