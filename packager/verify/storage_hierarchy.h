#pragma once
// The folders of an OCFL storage root above and down to its objects, seen one at a time.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "packager/verify/folder_tree.h"

namespace anjuan::packager {

/// What one folder holds; nothing of what lies below it.
struct FolderListing {
  enum class Kind { kObject, kBranch };

  std::vector<std::string> files;  ///< each list in byte order
  std::vector<std::string> folders;
  std::vector<std::string> links;
  Kind kind = Kind::kBranch;  ///< an object bears an object's declaration or an inventory
  std::string failure;        ///< why the folder could not be read to its end
};

FolderListing list_folder(const std::filesystem::path& folder);

/// Visits the root (""), every folder above the objects, and the objects, each before what lies
/// below it and in byte order. Goes not into objects, the root's extensions and links, and not
/// deeper than kTreeDepthMax.
void visit_hierarchy(const std::filesystem::path& root,
                     const std::function<void(const std::string&, const FolderListing&)>& visit);

/// "folder/name", or "name" in the root.
std::string joined(const std::string& folder, const std::string& name);

/// So deep that nothing below it is visited.
bool is_too_deep(const std::string& folder);

}  // namespace anjuan::packager
