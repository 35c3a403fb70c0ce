// Reading whole files and copying them with their digests.
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

using Path = std::filesystem::path;

/// Read, digested and written while it is still in a core's cache: with 1 MiB a copy takes a fifth
/// longer.
constexpr std::size_t kCopyBytes = 256 * 1024;

struct stat status_of(const FileHandle& file, const Path& path) {
  struct stat status {};

  if (::fstat(file.get(), &status) != 0) throw_errno(errno, path.string(), "kernel.read_failed");
  return status;
}

bool same_state(const struct stat& before, const struct stat& after) {
  return before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
         before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
}

/// Asks for the room before the first byte, so that a full disk is told at once.
void reserve(const FileHandle& file, const Path& path, std::int64_t bytes) {
  if (bytes == 0 || ::fallocate(file.get(), FALLOC_FL_KEEP_SIZE, 0, bytes) == 0) return;
  if (errno == ENOSPC || errno == EDQUOT) throw_errno(errno, path.string(), "kernel.write_failed");
  // Not offered by this file system: then a full disk shows while writing.
}

Digests copy_bytes(const FileHandle& source, const Path& source_path, const FileHandle& target,
                   const Path& target_path, const std::function<void(std::uint64_t)>& on_read) {
  const std::string from = source_path.string();
  const std::string to = target_path.string();
  const struct stat before = status_of(source, source_path);
  reserve(target, target_path, before.st_size);
  ::posix_fadvise(source.get(), 0, 0, POSIX_FADV_SEQUENTIAL);  // Only a hint.
  std::vector<std::byte> buffer(kCopyBytes);
  PairHasher hasher;
  while (const std::size_t count = source.read_some(buffer, from)) {
    const auto block = std::span<const std::byte>(buffer).first(count);
    hasher.update(block);
    target.write_all(block, to);
    if (on_read) on_read(count);
  }
  Digests digests = hasher.finish();
  const bool whole = digests.bytes == static_cast<std::uint64_t>(before.st_size);
  if (!whole || !same_state(before, status_of(source, source_path))) {
    throw Error(ErrorCode::kConflict, from, say("kernel.changed_while_copied", {{"path", from}}));
  }
  return digests;
}

}  // namespace

Digests copy_and_digest(const Path& source, const Path& target,
                        const std::function<void(std::uint64_t)>& on_read) {
  const FileHandle from = FileHandle::open_read(source);
  const FileHandle to = FileHandle::create(target);
  try {
    return copy_bytes(from, source, to, target, on_read);
  } catch (...) {
    ::unlink(target.c_str());  // Half a copy must not be taken for one.
    throw;
  }
}

std::string read_file(const Path& path, std::uint64_t limit_bytes) {
  const FileHandle file = FileHandle::open_read(path);
  const std::string subject = path.string();
  const auto size = static_cast<std::uint64_t>(status_of(file, path).st_size);
  std::string text;
  text.resize(static_cast<std::size_t>(std::min(size, limit_bytes)) + 1);
  std::size_t used = 0;
  while (const std::size_t count =
             file.read_some(std::as_writable_bytes(std::span(text).subspan(used)), subject)) {
    used += count;
    if (used > limit_bytes) {
      throw Error(
          ErrorCode::kRefused, subject,
          say("kernel.too_large", {{"path", subject}, {"limit", std::to_string(limit_bytes)}}));
    }
    if (used == text.size()) text.resize(text.size() * 2);
  }
  text.resize(used);
  return text;
}

}  // namespace anjuan
