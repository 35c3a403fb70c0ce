#include "core/durable.h"

#include <cerrno>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "core/uuid.h"

namespace anjuan {

namespace {

using Path = std::filesystem::path;

Path parent_of(const Path& path) { return path.has_parent_path() ? path.parent_path() : "."; }

Path temporary_beside(const Path& path) {
  return parent_of(path) / (std::string(kTemporaryPrefix) + random_uuid());
}

[[noreturn]] void refuse_existing(const Path& path) {
  throw Error(ErrorCode::kConflict, path.string(), say("kernel.exists", {{"path", path.string()}}));
}

[[noreturn]] void fail_to_write(const Path& path, int reason) {
  throw_errno(reason, path.string(), "kernel.write_failed");
}

/// A name that is removed again unless it was moved away.
class TemporaryName {
 public:
  explicit TemporaryName(Path path) : path_(std::move(path)) {}

  ~TemporaryName() {
    // On the way out of a failure that is already being told; start-up sweeps what stays.
    if (!moved_) ::unlink(path_.c_str());
  }

  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;

  const Path& path() const { return path_; }

  void moved() { moved_ = true; }

 private:
  Path path_;
  bool moved_ = false;
};

void write_and_sync(const FileHandle& file, std::string_view bytes, const Path& target) {
  fault_point("durable:write");
  file.write_all(std::as_bytes(std::span(bytes)), target.string());
  fault_point("durable:written");
  file.sync(target.string());
  fault_point("durable:synced");
}

/// rename(2) that never replaces. File systems without RENAME_NOREPLACE get a look before the
/// leap: there, the caller's FileLock is what keeps others away.
bool rename_no_replace(const Path& from, const Path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;

  struct stat status {};

  if (::lstat(to.c_str(), &status) == 0) {
    errno = EEXIST;
    return false;
  }
  return errno == ENOENT && ::rename(from.c_str(), to.c_str()) == 0;
}

/// A file without a name leaves nothing behind, whenever the machine stops. False: not possible
/// on this file system.
bool create_nameless(const Path& path, std::string_view bytes) {
  const FileHandle file(::open(parent_of(path).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644));
  if (file.get() < 0) {
    if (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL) return false;
    fail_to_write(path, errno);
  }
  write_and_sync(file, bytes, path);
  const std::string link = "/proc/self/fd/" + std::to_string(file.get());
  if (::linkat(AT_FDCWD, link.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0) return true;
  if (errno == EEXIST) refuse_existing(path);
  if (errno == ENOENT && ::access("/proc/self/fd", F_OK) != 0) return false;
  fail_to_write(path, errno);
}

void create_named(const Path& path, std::string_view bytes) {
  TemporaryName temporary(temporary_beside(path));
  const FileHandle file = FileHandle::create(temporary.path());
  write_and_sync(file, bytes, path);
  if (!rename_no_replace(temporary.path(), path)) {
    if (errno == EEXIST) refuse_existing(path);
    fail_to_write(path, errno);
  }
  temporary.moved();
}

/// A replaced file keeps its permissions (keys are not for everybody).
void keep_mode(const FileHandle& file, const Path& target) {
  struct stat status {};

  if (::stat(target.c_str(), &status) != 0) {
    if (errno == ENOENT) return;
    fail_to_write(target, errno);
  }
  if (::fchmod(file.get(), status.st_mode & 07777U) != 0) fail_to_write(target, errno);
}

FileHandle open_folder(const Path& folder) {
  FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.get() < 0) throw_errno(errno, folder.string(), "kernel.sync_failed");
  return handle;
}

}  // namespace

void create_durably(const Path& path, std::string_view bytes) {
  if (!create_nameless(path, bytes)) create_named(path, bytes);
  fault_point("durable:linked");
  sync_folder(parent_of(path));
  fault_point("durable:created");
}

void replace_durably(const Path& path, std::string_view bytes) {
  TemporaryName temporary(temporary_beside(path));
  const FileHandle file = FileHandle::create(temporary.path());
  keep_mode(file, path);
  write_and_sync(file, bytes, path);
  if (::rename(temporary.path().c_str(), path.c_str()) != 0) fail_to_write(path, errno);
  temporary.moved();
  fault_point("durable:linked");
  sync_folder(parent_of(path));
  fault_point("durable:replaced");
}

void rename_durably(const Path& from, const Path& to) {
  fault_point("durable:rename");
  if (!rename_no_replace(from, to)) {
    if (errno == EEXIST || errno == ENOTEMPTY) refuse_existing(to);
    if (errno == ENOENT && !std::filesystem::exists(std::filesystem::symlink_status(from))) {
      throw Error(ErrorCode::kNotFound, from.string(),
                  say("kernel.file_missing", {{"path", from.string()}}));
    }
    throw_errno(errno, to.string(), "kernel.rename_failed");
  }
  fault_point("durable:renamed");
  // The new name first: between the two, a crash may show both names, never none.
  sync_folder(parent_of(to));
  if (parent_of(from) != parent_of(to)) sync_folder(parent_of(from));
  fault_point("durable:rename-synced");
}

void sync_folder(const Path& folder) { open_folder(folder).sync(folder.string()); }

void sync_file_system(const Path& path) {
  const FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) throw_errno(errno, path.string(), "kernel.sync_failed");
  fault_point("durable:syncfs");
  if (::syncfs(file.get()) != 0) throw_errno(errno, path.string(), "kernel.sync_failed");
  fault_point("durable:syncfs-done");
}

void create_folders_durably(const Path& folder) {
  if (folder.empty() || std::filesystem::is_directory(folder)) return;
  const Path clean = folder.has_filename() ? folder : folder.parent_path();
  create_folders_durably(clean.parent_path());
  if (::mkdir(clean.c_str(), 0755) != 0 && errno != EEXIST) fail_to_write(clean, errno);
  if (!std::filesystem::is_directory(clean)) refuse_existing(clean);
  sync_folder(parent_of(clean));
}

}  // namespace anjuan
