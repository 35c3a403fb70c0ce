#include "tests/support/power_loss.h"

#include <atomic>
#include <map>
#include <mutex>
#include <string>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/support/files.h"

namespace anjuan::test {

namespace {

namespace fs = std::filesystem;

struct Entry {
  ino_t inode = 0;
  bool is_folder = false;
};

struct Node {
  mode_t mode = 0;
  std::string bytes;                   ///< of a file
  std::map<std::string, Entry> names;  ///< of a folder
};

struct Disk {
  std::mutex mutex;
  fs::path root;
  fs::path image;
  ino_t top = 0;
  std::map<ino_t, Node> nodes;  ///< as of their last sync
};

std::atomic<Disk*> disk{nullptr};

struct stat status_of(const fs::path& path) {
  struct stat status {};

  ::lstat(path.c_str(), &status);
  return status;
}

void picture(Disk& target, const fs::path& path) {
  const struct stat status = status_of(path);
  Node node;
  node.mode = status.st_mode & 07777U;
  if (S_ISDIR(status.st_mode)) {
    for (const auto& entry : fs::directory_iterator(path)) {
      const struct stat found = status_of(entry.path());
      node.names[entry.path().filename()] = {found.st_ino, S_ISDIR(found.st_mode)};
    }
  } else {
    node.bytes = read_text(path);
  }
  target.nodes[status.st_ino] = std::move(node);
}

void picture_all(Disk& target) {
  picture(target, target.root);
  for (const auto& entry : fs::recursive_directory_iterator(target.root)) {
    picture(target, entry.path());
  }
}

/// A name that was synced while what it names never was is an empty file or folder.
void write_image(const Disk& source, Entry entry, const fs::path& path) {
  const auto found = source.nodes.find(entry.inode);
  const Node node = found == source.nodes.end() ? Node{} : found->second;
  if (!entry.is_folder) {
    write_text(path, node.bytes);
    if (node.mode != 0) ::chmod(path.c_str(), node.mode);
    return;
  }
  fs::create_directory(path);
  for (const auto& [name, child] : node.names) write_image(source, child, path / name);
}

bool picture_descriptor(int descriptor) {
  Disk* const target = disk.load();
  if (target == nullptr) return false;
  const fs::path link = "/proc/self/fd/" + std::to_string(descriptor);
  std::error_code failure;
  const fs::path path = fs::read_symlink(link, failure);
  if (failure || !path.string().starts_with(target->root.string())) return false;
  const std::lock_guard guard(target->mutex);

  struct stat status {};

  ::fstat(descriptor, &status);
  if (S_ISDIR(status.st_mode)) {
    picture(*target, path);
  } else {
    // By the descriptor: the file may have no name yet (O_TMPFILE).
    target->nodes[status.st_ino] = {status.st_mode & 07777U, read_text(link), {}};
  }
  return true;
}

}  // namespace

void watch_for_power_loss(const fs::path& root, const fs::path& image) {
  static Disk target;
  target.root = fs::canonical(root);
  target.image = image;
  target.top = status_of(target.root).st_ino;
  picture_all(target);
  disk = &target;
}

}  // namespace anjuan::test

extern "C" {

int fsync(int descriptor) {
  if (anjuan::test::picture_descriptor(descriptor)) return 0;
  return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

int fdatasync(int descriptor) {
  if (anjuan::test::picture_descriptor(descriptor)) return 0;
  return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
}

int syncfs(int descriptor) noexcept {
  anjuan::test::Disk* const target = anjuan::test::disk.load();
  if (target == nullptr) return static_cast<int>(::syscall(SYS_syncfs, descriptor));
  const std::lock_guard guard(target->mutex);
  anjuan::test::picture_all(*target);
  return 0;
}

int raise(int signal) noexcept {
  anjuan::test::Disk* const target = anjuan::test::disk.load();
  if (target != nullptr && signal == SIGKILL) {
    target->mutex.lock();  // For good: the other threads stand still.
    anjuan::test::write_image(*target, {target->top, true}, target->image);
  }
  return ::kill(::getpid(), signal);
}
}
