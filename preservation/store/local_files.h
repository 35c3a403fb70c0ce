#pragma once
// What a local blob store asks of the file system, one call each; no more.

#include <filesystem>
#include <string_view>

#include "core/durable.h"

namespace anjuan::preservation {

enum class Moved { kDone, kExists, kOtherDevice, kParentMissing };

/// rename(2) that never replaces. Not durable: the caller syncs the folders.
/// Throws Error(kIo | kNoSpace) for every other outcome.
Moved move_new(const std::filesystem::path& from, const std::filesystem::path& to);

/// Removes a file below a staging folder, if it is there. Throws Error(kIo).
void remove_staged(const std::filesystem::path& file);

/// Makes every file of the tree read-only. Throws Error(kRefused) for a link, device or pipe.
void seal_tree(const std::filesystem::path& folder);

/// A new file below `staging` that is removed again unless it was placed. It is locked meanwhile,
/// so that LocalBlobStore::sweep_staging() can tell it from one that a dead process left.
class StagedFile {
 public:
  explicit StagedFile(const std::filesystem::path& staging);
  ~StagedFile();
  StagedFile(const StagedFile&) = delete;
  StagedFile& operator=(const StagedFile&) = delete;

  void write(std::string_view bytes);
  void write(std::span<const std::byte> bytes);
  /// Read-only from here on, and durable. Throws Error(kConflict) if `target` exists.
  void place_new(const std::filesystem::path& target);
  void place_over(const std::filesystem::path& target);

 private:
  void seal();

  std::filesystem::path path_;
  FileLock lock_;
  FileHandle file_;
  bool placed_ = false;
};

}  // namespace anjuan::preservation
