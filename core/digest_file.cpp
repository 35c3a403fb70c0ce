// Digests of files: one sequential read in blocks of 1 MiB.
#include <fcntl.h>

#include "core/digest.h"
#include "core/durable.h"

namespace anjuan {

namespace {

constexpr std::size_t kReadBytes = 256 * 1024;

/// Only a hint: a file system that does not take it is read all the same.
void advise(const FileHandle& file, int advice) { ::posix_fadvise(file.get(), 0, 0, advice); }

template <typename SomeHasher>
void feed(SomeHasher& hasher, const FileHandle& file, const std::string& subject,
          const std::function<void(std::uint64_t)>& on_read) {
  std::vector<std::byte> buffer(kReadBytes);
  while (const std::size_t count = file.read_some(buffer, subject)) {
    hasher.update(std::span<const std::byte>(buffer).first(count));
    if (on_read) on_read(count);
  }
}

}  // namespace

Digests digest_file(const std::filesystem::path& path,
                    const std::function<void(std::uint64_t)>& on_read) {
  const auto file = FileHandle::open_read(path);
  advise(file, POSIX_FADV_SEQUENTIAL);
  PairHasher hasher;
  feed(hasher, file, path.string(), on_read);
  return hasher.finish();
}

std::string sha512_from_disk(const std::filesystem::path& path,
                             const std::function<void(std::uint64_t)>& on_read) {
  const auto file = FileHandle::open_read(path);
  file.sync(path.string());  // Pages that are still dirty would not be dropped.
  advise(file, POSIX_FADV_DONTNEED);
  advise(file, POSIX_FADV_SEQUENTIAL);
  Hasher hasher(DigestAlgorithm::kSha512);
  feed(hasher, file, path.string(), on_read);
  return hasher.finish();
}

}  // namespace anjuan
