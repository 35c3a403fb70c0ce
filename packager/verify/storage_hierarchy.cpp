#include "packager/verify/storage_hierarchy.h"

#include "core/interrupt.h"
#include "packager/verify/ocfl_declaration.h"
#include "packager/verify/ocfl_inventories.h"

namespace anjuan::packager {

namespace {

bool is_object_mark(std::string_view name) {
  if (name == kInventoryName) return true;
  const bool of_a_root = !declared_edition(name, kRootDeclaration).empty();
  return is_declaration(name, kObjectDeclaration) && !of_a_root;
}

void sort_in(FolderListing& listing, const std::filesystem::directory_entry& entry) {
  const auto name = entry.path().filename().string();
  std::error_code failure;
  const auto status = entry.symlink_status(failure);
  if (std::filesystem::is_symlink(status)) {
    listing.links.push_back(name);
  } else if (std::filesystem::is_directory(status)) {
    listing.folders.push_back(name);
  } else {
    listing.files.push_back(name);
    if (is_object_mark(name)) listing.kind = FolderListing::Kind::kObject;
  }
  if (failure) listing.failure = failure.message();
}

}  // namespace

FolderListing list_folder(const std::filesystem::path& folder) {
  FolderListing listing;
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

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

bool is_too_deep(const std::string& folder) {
  return std::count(folder.begin(), folder.end(), '/') >= std::ptrdiff_t{kTreeDepthMax};
}

void visit_hierarchy(const std::filesystem::path& root,
                     const std::function<void(const std::string&, const FolderListing&)>& visit) {
  std::vector<std::string> folders = {""};
  while (!folders.empty()) {
    stop_if_interrupted();
    const auto folder = std::move(folders.back());
    folders.pop_back();
    const auto listing = list_folder(root / folder);
    visit(folder, listing);
    const bool object = !folder.empty() && listing.kind == FolderListing::Kind::kObject;
    if (object || is_too_deep(folder)) continue;
    for (auto name = listing.folders.rbegin(); name != listing.folders.rend(); ++name) {
      if (!folder.empty() || *name != "extensions") folders.push_back(joined(folder, *name));
    }
  }
}

}  // namespace anjuan::packager
