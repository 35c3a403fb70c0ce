#pragma once
// What lies on the disk below a package, seen once without following anything.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

/// Limits against endless trees; beyond them the package is "not checked".
inline constexpr std::size_t kTreeEntriesMax = 2'000'000;
inline constexpr std::size_t kTreeDepthMax = 128;

struct TreeEntry {
  enum class Type { kFile, kFolder, kLink, kOther };
  std::string path;  ///< relative, bytes as on the disk, '/' between names
  Type type = Type::kFile;
  std::uint64_t bytes = 0;     ///< of a file
  std::uint32_t children = 0;  ///< of a folder
  bool second_name = false;    ///< of a file that has another name in the tree (hard link)
};

class FolderTree {
 public:
  /// Walks `root` and follows nothing. What cannot be read (PKG-READ, not checked) is reported and
  /// left out.
  static FolderTree walk(const std::filesystem::path& root, FindingSink& findings);

  /// All entries in byte order of their paths.
  const std::vector<TreeEntry>& entries() const { return entries_; }

  /// The entry of exactly this path, or nullptr.
  const TreeEntry* find(std::string_view path) const;
  bool is_file(std::string_view path) const;
  bool is_folder(std::string_view path) const;
  /// Names directly inside `folder` ("" = the root), in byte order.
  std::vector<const TreeEntry*> children(std::string_view folder) const;
  /// Entries below `folder`, the folder itself not included.
  std::span<const TreeEntry> below(std::string_view folder) const;

 private:
  std::vector<TreeEntry> entries_;
};

/// What lies at the top of the tree if that is nothing but one folder, else nullptr.
const TreeEntry* only_folder(const FolderTree& tree);

/// The last name of a path.
std::string_view file_name(std::string_view path);

}  // namespace anjuan::packager
