#pragma once
// The one way to make bytes last: whole or not at all, and surviving power loss.
//
// Single file: temporary file beside the target, write, fsync, link (refuses to overwrite), fsync
// of the folder. Many files: StagingFolder writes all of them, one syncfs, one rename.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/digest.h"

namespace anjuan {

/// Names of unfinished files; whatever bears one after a crash may be deleted.
inline constexpr std::string_view kTemporaryPrefix = ".anjuan-tmp-";

/// An owned file descriptor.
class FileHandle {
 public:
  FileHandle() = default;

  explicit FileHandle(int descriptor) : descriptor_(descriptor) {}

  ~FileHandle() { close(); }

  FileHandle(FileHandle&& other) noexcept : descriptor_(other.release()) {}

  FileHandle& operator=(FileHandle&& other) noexcept;

  /// Read only, O_NOFOLLOW | O_CLOEXEC.
  /// Throws Error(kNotFound | kIo | kRefused for a link or anything that is not a regular file).
  static FileHandle open_read(const std::filesystem::path& path);
  /// The same for a path relative to an open folder: cheaper where many files lie below one.
  static FileHandle open_read_at(const FileHandle& folder, const std::string& path);
  /// A folder, only to open files below it. Throws Error(kNotFound | kIo | kRefused).
  static FileHandle open_folder(const std::filesystem::path& path);
  /// New file, O_EXCL. Throws Error(kConflict | kIo | kNoSpace).
  static FileHandle create(const std::filesystem::path& path);

  int get() const { return descriptor_; }

  int release() noexcept;
  void close() noexcept;

  /// Reads up to buffer.size() bytes; 0 at the end. `subject` names the file in an Error.
  std::size_t read_some(std::span<std::byte> buffer, const std::string& subject) const;
  void write_all(std::span<const std::byte> bytes, const std::string& subject) const;
  void sync(const std::string& subject) const;

 private:
  int descriptor_ = -1;
};

/// Creates `path` with `bytes`, durably. Throws Error(kConflict) if it exists.
void create_durably(const std::filesystem::path& path, std::string_view bytes);

/// Replaces `path` by `bytes`, durably: either the old or the new bytes are there at any moment.
void replace_durably(const std::filesystem::path& path, std::string_view bytes);

/// Moves a file or folder within one file system and makes the move durable.
/// Throws Error(kConflict) if the target exists.
void rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

void sync_folder(const std::filesystem::path& folder);

/// Makes everything written so far on the file system of `path` durable (syncfs).
void sync_file_system(const std::filesystem::path& path);

/// Creates the folder and its missing parents, each durably.
void create_folders_durably(const std::filesystem::path& folder);

/// Copies `source` into the new file `target` and digests it in the same read.
/// Throws Error(kConflict) if the source changes meanwhile.
/// Not synced: the caller calls sync_file_system() once for a batch. Removes the target on failure.
Digests copy_and_digest(const std::filesystem::path& source, const std::filesystem::path& target,
                        const std::function<void(std::uint64_t)>& on_read = {});

/// The whole file as a string. Throws Error(kNotFound | kIo | kRefused above `limit_bytes`).
std::string read_file(const std::filesystem::path& path,
                      std::uint64_t limit_bytes = 256ULL * 1024 * 1024);

/// An advisory lock of this machine (flock on a file), released on destruction.
class FileLock {
 public:
  /// Throws Error(kBusy) naming the file if another process holds it.
  static FileLock take(const std::filesystem::path& path);

 private:
  explicit FileLock(FileHandle handle) : handle_(std::move(handle)) {}

  FileHandle handle_;
};

}  // namespace anjuan
