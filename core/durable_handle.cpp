// FileHandle and FileLock.
#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  if (this != &other) {
    close();
    descriptor_ = other.release();
  }
  return *this;
}

int FileHandle::release() noexcept { return std::exchange(descriptor_, -1); }

void FileHandle::close() noexcept {
  if (descriptor_ >= 0) ::close(release());
}

namespace {

// O_NONBLOCK: opening a FIFO must not wait for its writer; a regular file ignores it.
constexpr int kReadFlags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

/// `file` if it was opened and is of the wanted type (S_IFREG, S_IFDIR).
FileHandle checked(FileHandle file, mode_t type, const std::string& subject) {
  if (file.get() < 0 && errno == ELOOP) {
    throw Error(ErrorCode::kRefused, subject, say("kernel.link_refused", {{"path", subject}}));
  }
  if (file.get() < 0 && (errno == ENOENT || errno == ENOTDIR)) {
    throw Error(ErrorCode::kNotFound, subject, say("kernel.file_missing", {{"path", subject}}));
  }

  struct stat status {};

  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
    throw_errno(errno, subject, "kernel.read_failed");
  }
  if ((status.st_mode & S_IFMT) != type) {
    throw Error(ErrorCode::kRefused, subject, say("kernel.not_a_file", {{"path", subject}}));
  }
  return file;
}

}  // namespace

FileHandle FileHandle::open_read(const std::filesystem::path& path) {
  return checked(FileHandle(::open(path.c_str(), kReadFlags)), S_IFREG, path.string());
}

FileHandle FileHandle::open_read_at(const FileHandle& folder, const std::string& path) {
  return checked(FileHandle(::openat(folder.get(), path.c_str(), kReadFlags)), S_IFREG, path);
}

FileHandle FileHandle::open_folder(const std::filesystem::path& path) {
  constexpr int kFlags = O_PATH | O_DIRECTORY | O_CLOEXEC;
  return checked(FileHandle(::open(path.c_str(), kFlags)), S_IFDIR, path.string());
}

FileHandle FileHandle::create(const std::filesystem::path& path) {
  FileHandle file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (file.get() >= 0) return file;
  const std::string subject = path.string();
  if (errno == EEXIST) {
    throw Error(ErrorCode::kConflict, subject, say("kernel.exists", {{"path", subject}}));
  }
  throw_errno(errno, subject, "kernel.write_failed");
}

std::size_t FileHandle::read_some(std::span<std::byte> buffer, const std::string& subject) const {
  while (true) {
    const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) throw_errno(errno, subject, "kernel.read_failed");
  }
}

void FileHandle::write_all(std::span<const std::byte> bytes, const std::string& subject) const {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      throw_errno(errno, subject, "kernel.write_failed");
    }
  }
}

void FileHandle::sync(const std::string& subject) const {
  // Never retried: after a failed fsync the kernel may call the lost pages clean.
  if (::fsync(descriptor_) != 0) throw_errno(errno, subject, "kernel.sync_failed");
}

namespace {

/// False if the name was removed, or given to another file, while this one waited for its lock.
bool still_named(const FileHandle& file, const std::filesystem::path& path) {
  struct stat held {};

  struct stat named {};

  return ::fstat(file.get(), &held) == 0 && ::lstat(path.c_str(), &named) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

}  // namespace

FileLock FileLock::take(const std::filesystem::path& path) {
  const std::string subject = path.string();
  while (true) {
    FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (file.get() < 0) throw_errno(errno, subject, "kernel.write_failed");
    while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) {
        throw Error(ErrorCode::kBusy, subject, say("kernel.locked", {{"path", subject}}));
      }
      if (errno != EINTR) throw_errno(errno, subject, "kernel.lock_failed");
    }
    // A holder may remove its lock file on the way out: the lock of a nameless file guards nothing.
    if (still_named(file, path)) return FileLock(std::move(file));
  }
}

}  // namespace anjuan
