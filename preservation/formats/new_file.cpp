#include "preservation/formats/new_file.h"

#include <cerrno>

#include <fcntl.h>

#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"

namespace anjuan::formats {

NewFile::NewFile(const std::filesystem::path& path)
    : path_(path),
      file_(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644)) {
  if (file_.get() >= 0) return;
  if (errno == EEXIST) {
    throw Error(ErrorCode::kConflict, path.string(),
                say("transcode.exists", {{"path", path.string()}}));
  }
  throw_errno(errno, path.string(), "kernel.write_failed");
}

NewFile::~NewFile() {
  if (kept_) return;
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void NewFile::keep() {
  file_.sync(path_.string());
  kept_ = true;
  fault_point("new-file:kept");
}

void NewFile::write(std::string_view text) {
  file_.write_all(std::as_bytes(std::span(text)), path_.string());
}

}  // namespace anjuan::formats
