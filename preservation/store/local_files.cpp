#include "preservation/store/local_files.h"

#include <cerrno>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "core/uuid.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

constexpr mode_t kReadOnly = 0444;

/// 0, or the errno of the rename. File systems without RENAME_NOREPLACE get a look before the
/// leap: there, the caller's lock on the object is what keeps others away.
int rename_new(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;

  struct stat status {};

  if (::lstat(to.c_str(), &status) == 0) return EEXIST;
  if (errno != ENOENT) return errno;
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

FileHandle open_for_writing(const fs::path& path) {
  FileHandle file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.get() < 0) throw_errno(errno, path.string(), "kernel.write_failed");
  return file;
}

void seal_entry(const fs::directory_entry& entry) {
  const fs::file_status status = entry.symlink_status();
  if (fs::is_directory(status)) return;
  if (!fs::is_regular_file(status)) {
    const std::string subject = entry.path().string();
    throw Error(ErrorCode::kRefused, subject, say("store.not_a_file", {{"path", subject}}));
  }
  if (::chmod(entry.path().c_str(), kReadOnly) != 0) {
    throw_errno(errno, entry.path().string(), "kernel.write_failed");
  }
}

}  // namespace

Moved move_new(const fs::path& from, const fs::path& to) {
  const int reason = rename_new(from, to);
  if (reason == 0) return Moved::kDone;
  if (reason == EEXIST || reason == ENOTEMPTY) return Moved::kExists;
  if (reason == EXDEV) return Moved::kOtherDevice;
  if (reason == ENOENT && !fs::exists(fs::symlink_status(to.parent_path()))) {
    return Moved::kParentMissing;
  }
  throw_errno(reason, to.string(), "kernel.rename_failed");
}

void remove_staged(const fs::path& file) {
  if (::unlink(file.c_str()) == 0 || errno == ENOENT) return;
  throw_errno(errno, file.string(), "kernel.write_failed");
}

void seal_tree(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    seal_entry(entry);
  }
}

StagedFile::StagedFile(const fs::path& staging)
    : path_(staging / (std::string(kTemporaryPrefix) + random_uuid())),
      lock_(FileLock::take(path_)),
      file_(open_for_writing(path_)) {}

StagedFile::~StagedFile() {
  // On the way out of a failure that is already being told; sweep_staging() takes what stays.
  if (!placed_) ::unlink(path_.c_str());
}

void StagedFile::write(std::string_view bytes) { write(std::as_bytes(std::span(bytes))); }

void StagedFile::write(std::span<const std::byte> bytes) { file_.write_all(bytes, path_.string()); }

void StagedFile::seal() {
  if (::fchmod(file_.get(), kReadOnly) != 0) {
    throw_errno(errno, path_.string(), "kernel.write_failed");
  }
  fault_point("blob:written");
  file_.sync(path_.string());
  fault_point("blob:synced");
}

void StagedFile::place_new(const fs::path& target) {
  seal();
  const Moved moved = move_new(path_, target);
  if (moved == Moved::kExists) {
    throw Error(ErrorCode::kConflict, target.string(),
                say("kernel.exists", {{"path", target.string()}}));
  }
  if (moved != Moved::kDone) throw_errno(ENOENT, target.string(), "kernel.rename_failed");
  placed_ = true;
  fault_point("blob:placed");
  sync_folder(target.parent_path());
  fault_point("blob:place-synced");
}

void StagedFile::place_over(const fs::path& target) {
  seal();
  if (::rename(path_.c_str(), target.c_str()) != 0) {
    throw_errno(errno, target.string(), "kernel.rename_failed");
  }
  placed_ = true;
  fault_point("blob:placed");
  sync_folder(target.parent_path());
  fault_point("blob:place-synced");
}

}  // namespace anjuan::preservation
