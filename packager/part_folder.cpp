#include "packager/part_folder.h"

#include <cerrno>

#include <sys/stat.h>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::packager {

namespace {

namespace fs = std::filesystem;

/// Held while an export runs; its presence says that the folder is ours.
const std::string kLock = std::string(kTemporaryPrefix) + "export";

[[noreturn]] void refuse(ErrorCode code, std::string_view message_id, const fs::path& path) {
  throw Error(code, path.string(), say(message_id, {{"path", path.string()}}));
}

bool is_there(const fs::path& path) {
  std::error_code failure;
  return fs::exists(fs::symlink_status(path, failure));
}

/// A folder of ours has the lock in it, or was made just before the lock and is empty.
bool is_ours(const fs::path& folder) {
  std::error_code failure;
  if (!fs::is_directory(fs::symlink_status(folder, failure))) return false;
  return is_there(folder / kLock) || (fs::is_empty(folder, failure) && !failure);
}

void clear(const fs::path& path) {
  std::error_code failure;
  fs::remove_all(path, failure);
  if (failure) throw_errno(failure.value(), path.string(), "kernel.write_failed");
}

/// Everything but the lock: as long as it stands, the folder is known for ours.
std::vector<fs::path> content_of(const fs::path& folder) {
  std::vector<fs::path> content;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    if (entry.path().filename() != kLock) content.push_back(entry.path());
  }
  return content;
}

}  // namespace

PartFolder::PartFolder(const fs::path& out) : folder_(out.string() + ".part") {
  if (is_there(out)) refuse(ErrorCode::kConflict, "export.out_exists", out);
  const fs::path parent = fs::absolute(out).parent_path();
  std::error_code failure;
  if (!fs::is_directory(parent, failure)) {
    refuse(ErrorCode::kNotFound, "export.no_folder", parent);
  }
  if (::mkdir(folder_.c_str(), 0755) != 0) {
    if (errno != EEXIST) throw_errno(errno, folder_.string(), "kernel.write_failed");
    if (!is_ours(folder_)) refuse(ErrorCode::kConflict, "export.part_of_others", folder_);
  }
  lock_ = FileLock::take(folder_ / kLock);
  for (const fs::path& left : content_of(folder_)) clear(left);
}

PartFolder::~PartFolder() {
  std::error_code ignored;  // What stays is cleared when the same export runs again.
  for (const fs::path& left : content_of(folder_)) fs::remove_all(left, ignored);
  fs::remove(folder_ / kLock, ignored);
  fs::remove(folder_, ignored);
}

void PartFolder::place(std::string_view name, const fs::path& target) {
  rename_durably(folder_ / name, target);
}

}  // namespace anjuan::packager
