#include "packager/folder_sink.h"

#include <cerrno>

#include <sys/stat.h>

#include "core/error.h"
#include "core/messages.h"
#include "packager/package_layout.h"

namespace anjuan::packager {

namespace {

namespace fs = std::filesystem;

void make_folders(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) throw_errno(failure.value(), folder.string(), "kernel.write_failed");
}

void set_modified(const FileHandle& file, Instant modified, const fs::path& path) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(modified);
  const timespec time{static_cast<time_t>(seconds.time_since_epoch().count()), 0};
  const timespec times[] = {time, time};
  if (::futimens(file.get(), times) != 0) throw_errno(errno, path.string(), "kernel.write_failed");
}

[[noreturn]] void wrong_length(const fs::path& path) {
  throw Error(ErrorCode::kInternal, path.string(), "a file is not as long as its sink was told");
}

}  // namespace

FolderSink::FolderSink(fs::path folder) : folder_(std::move(folder)) {
  if (::mkdir(folder_.c_str(), 0755) == 0) return;
  if (errno != EEXIST) throw_errno(errno, folder_.string(), "kernel.write_failed");
  throw Error(ErrorCode::kConflict, folder_.string(),
              say("kernel.exists", {{"path", folder_.string()}}));
}

void FolderSink::begin(const std::string& path, std::uint64_t bytes, Instant modified) {
  check_package_path(path);
  current_ = folder_ / path;
  make_folders(current_.parent_path());
  file_ = FileHandle::create(current_);
  left_ = bytes;
  modified_ = modified;
}

void FolderSink::write(std::span<const std::byte> block) {
  if (block.size() > left_) wrong_length(current_);
  left_ -= block.size();
  file_.write_all(block, current_.string());
}

void FolderSink::end() {
  if (left_ != 0) wrong_length(current_);
  set_modified(file_, modified_, current_);
  file_.close();
}

void FolderSink::finish() {
  sync_file_system(folder_);
  sync_folder(folder_);
}

}  // namespace anjuan::packager
