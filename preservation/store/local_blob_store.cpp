#include "preservation/store/local_blob_store.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/digest.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "preservation/store/local_files.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlockBytes = 256 * 1024;
constexpr int kMoveAttempts = 3;

/// Runs a function of std::filesystem and turns its exception into ours.
template <typename Function>
auto guarded(const fs::path& path, std::string_view message, const Function& function) {
  try {
    return function();
  } catch (const fs::filesystem_error& error) {
    throw_errno(error.code().value(), path.string(), message);
  }
}

bool is_plain_key(const std::string& key) {
  if (key.empty() || key.front() == '/' || key.back() == '/') return false;
  if (key.find("//") != std::string::npos) return false;
  for (const fs::path& part : fs::path(key)) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return key.find('\0') == std::string::npos;
}

bool is_head(const fs::path& path) {
  return path.filename() == "inventory.json" || path.filename() == "inventory.json.sha512";
}

void read_blocks(const FileHandle& file, const std::string& subject, const OnRead& on_read,
                 const std::function<void(std::span<const std::byte>)>& take) {
  std::vector<std::byte> buffer(kBlockBytes);
  while (const std::size_t count = file.read_some(buffer, subject)) {
    take(std::span<const std::byte>(buffer).first(count));
    if (on_read) on_read(count);
  }
}

}  // namespace

std::shared_ptr<LocalBlobStore> LocalBlobStore::open(const fs::path& root) {
  std::error_code failure;
  if (!fs::is_directory(root, failure)) {
    throw Error(ErrorCode::kNotFound, root.string(),
                say("store.folder_missing", {{"path", root.string()}}));
  }
  const fs::path full = fs::absolute(root / ".").lexically_normal().parent_path();
  return std::make_shared<LocalBlobStore>(Checked{full});
}

fs::path LocalBlobStore::path_of(const std::string& key) const {
  if (!is_plain_key(key)) {
    throw Error(ErrorCode::kInternal, key, say("store.bad_key", {{"key", key}}));
  }
  return root_ / key;
}

void LocalBlobStore::put_file(const std::string& key, const fs::path& file) {
  const fs::path target = path_of(key);
  const FileHandle source = FileHandle::open_read(file);
  StagedFile staged(staging());
  read_blocks(source, file.string(), {}, [&](auto block) { staged.write(block); });
  create_folders_durably(target.parent_path());
  staged.place_new(target);
}

void LocalBlobStore::put_bytes(const std::string& key, std::string_view bytes) {
  const fs::path target = path_of(key);
  StagedFile staged(staging());
  staged.write(bytes);
  create_folders_durably(target.parent_path());
  staged.place_new(target);
}

PutTree LocalBlobStore::put_tree(const std::string& key, const fs::path& folder) {
  const fs::path target = path_of(key);
  guarded(folder, "kernel.read_failed", [&] { seal_tree(folder); });
  fault_point("blob:tree-sealed");
  sync_file_system(folder);
  Moved moved = Moved::kParentMissing;
  // A neighbour's prune_empty() may take the folder that we have just made: then once more.
  for (int attempt = 0; attempt < kMoveAttempts && moved == Moved::kParentMissing; ++attempt) {
    create_folders_durably(target.parent_path());
    fault_point("blob:tree-parents");
    moved = move_new(folder, target);
  }
  if (moved == Moved::kOtherDevice) return PutTree::kOtherDevice;
  if (moved == Moved::kExists) {
    throw Error(ErrorCode::kConflict, target.string(),
                say("kernel.exists", {{"path", target.string()}}));
  }
  if (moved != Moved::kDone) throw_errno(ENOENT, target.string(), "kernel.rename_failed");
  fault_point("blob:tree-moved");
  sync_folder(target.parent_path());
  sync_folder(folder.parent_path());
  fault_point("blob:tree-synced");
  return PutTree::kDone;
}

void LocalBlobStore::replace_head(const std::string& key, std::string_view bytes,
                                  const std::string& old_sha512) {
  const fs::path target = path_of(key);
  if (!is_head(target)) {
    throw Error(ErrorCode::kInternal, key, say("store.not_a_head", {{"key", key}}));
  }
  if (digest_hex(DigestAlgorithm::kSha512, read_file(target)) != old_sha512) {
    throw Error(ErrorCode::kConflict, target.string(),
                say("store.head_changed", {{"path", target.string()}}));
  }
  StagedFile staged(staging());
  staged.write(bytes);
  staged.place_over(target);
}

std::string LocalBlobStore::move_aside(const std::string& key) {
  const fs::path from = path_of(key);
  std::string flat = key;
  std::replace(flat.begin(), flat.end(), '/', '+');
  const fs::path folder = root_ / kWithdrawnFolder;
  create_folders_durably(folder);
  Moved moved = Moved::kExists;
  fs::path to;
  for (int number = 1; moved == Moved::kExists; ++number) {
    to = folder / (flat + "+" + std::to_string(number));
    moved = move_new(from, to);
  }
  if (moved != Moved::kDone) throw_errno(EXDEV, to.string(), "kernel.rename_failed");
  fault_point("blob:aside");
  sync_folder(folder);
  sync_folder(from.parent_path());
  return to.string();
}

void LocalBlobStore::prune_empty(const std::string& key) {
  for (fs::path folder = path_of(key); folder != root_; folder = folder.parent_path()) {
    if (::rmdir(folder.c_str()) == 0 || errno == ENOENT) continue;
    if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR) return;
    throw_errno(errno, folder.string(), "kernel.write_failed");
  }
}

bool LocalBlobStore::exists(const std::string& key) const {
  const fs::path path = path_of(key);
  return guarded(path, "kernel.read_failed", [&] { return fs::exists(fs::symlink_status(path)); });
}

std::string LocalBlobStore::get(const std::string& key, std::uint64_t offset,
                                std::uint64_t length) const {
  const fs::path path = path_of(key);
  const FileHandle file = FileHandle::open_read(path);

  struct stat status {};

  if (::fstat(file.get(), &status) != 0) throw_errno(errno, path.string(), "kernel.read_failed");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  std::string bytes(static_cast<std::size_t>(std::min(length, size - std::min(offset, size))),
                    '\0');
  std::size_t used = 0;
  while (used < bytes.size()) {
    const ssize_t count = ::pread(file.get(), bytes.data() + used, bytes.size() - used,
                                  static_cast<off_t>(offset + used));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_errno(errno, path.string(), "kernel.read_failed");
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
  }
  bytes.resize(used);
  return bytes;
}

std::vector<BlobInfo> LocalBlobStore::list(const std::string& key) const {
  const fs::path folder = key.empty() ? root_ : path_of(key);
  std::vector<BlobInfo> blobs;
  guarded(folder, "kernel.read_failed", [&] {
    if (!fs::exists(folder)) return;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      const fs::file_status status = entry.symlink_status();
      if (fs::is_directory(status)) continue;
      const std::string path = entry.path().string();
      if (!fs::is_regular_file(status)) {
        throw Error(ErrorCode::kCorrupt, path, say("store.not_a_file", {{"path", path}}));
      }
      blobs.push_back({path.substr(root_.string().size() + 1), entry.file_size()});
    }
  });
  std::sort(blobs.begin(), blobs.end(),
            [](const BlobInfo& a, const BlobInfo& b) { return a.key < b.key; });
  return blobs;
}

std::vector<std::string> LocalBlobStore::folders(const std::string& key) const {
  const fs::path folder = key.empty() ? root_ : path_of(key);
  std::vector<std::string> names;
  guarded(folder, "kernel.read_failed", [&] {
    if (!fs::exists(folder)) return;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      if (fs::is_directory(entry.symlink_status())) names.push_back(entry.path().filename());
    }
  });
  std::sort(names.begin(), names.end());
  return names;
}

std::string LocalBlobStore::fetch(const std::string& key, const fs::path& target,
                                  const OnRead& on_read) const {
  const fs::path path = path_of(key);
  const FileHandle from = FileHandle::open_read(path);
  const FileHandle to = FileHandle::create(target);
  try {
    ::posix_fadvise(from.get(), 0, 0, POSIX_FADV_SEQUENTIAL);  // Only a hint.
    Hasher hasher(DigestAlgorithm::kSha512);
    read_blocks(from, path.string(), on_read, [&](auto block) {
      hasher.update(block);
      to.write_all(block, target.string());
    });
    return hasher.finish();
  } catch (...) {
    ::unlink(target.c_str());  // Half a copy must not be taken for one.
    throw;
  }
}

std::string LocalBlobStore::read_back(const std::string& key, const OnRead& on_read) const {
  return sha512_from_disk(path_of(key), on_read);
}

fs::path LocalBlobStore::staging() const {
  fs::path folder = root_ / kStagingFolder;
  create_folders_durably(folder);
  return folder;
}

void LocalBlobStore::discard_staging(const std::string& name) {
  if (!is_plain_key(name) || name.find('/') != std::string::npos) {
    throw Error(ErrorCode::kInternal, name, say("store.bad_key", {{"key", name}}));
  }
  const fs::path folder = root_ / kStagingFolder / name;
  guarded(folder, "kernel.write_failed", [&] { fs::remove_all(folder); });
}

void LocalBlobStore::sweep_staging() {
  const fs::path folder = staging();
  guarded(folder, "kernel.read_failed", [&] {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      if (!entry.path().filename().string().starts_with(kTemporaryPrefix)) continue;
      try {
        const FileLock lock = FileLock::take(entry.path());
        fs::remove(entry.path());
      } catch (const Error& error) {
        if (error.code() != ErrorCode::kBusy) throw;  // Busy: somebody is writing it.
      }
    }
  });
}

std::optional<fs::path> LocalBlobStore::local_path(const std::string& key) const {
  return path_of(key);
}

std::optional<std::uint64_t> LocalBlobStore::free_bytes() const {
  struct statvfs status {};

  if (::statvfs(root_.c_str(), &status) != 0) {
    throw_errno(errno, root_.string(), "kernel.read_failed");
  }
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

}  // namespace anjuan::preservation
