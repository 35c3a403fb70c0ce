#include "packager/output_file.h"

#include <cerrno>

#include <unistd.h>

#include "core/error.h"

namespace anjuan::packager {

namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

}  // namespace

OutputFile::OutputFile(const std::filesystem::path& path)
    : subject_(path.string()), file_(FileHandle::create(path)) {
  buffer_.reserve(kBufferBytes);
}

void OutputFile::write(std::span<const std::byte> bytes) {
  write(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

void OutputFile::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kBufferBytes) flush();
  if (bytes.size() < kBufferBytes) {
    buffer_ += bytes;
    return;
  }
  file_.write_all(std::as_bytes(std::span(bytes)), subject_);
  written_ += bytes.size();
}

void OutputFile::patch(std::uint64_t offset, std::string_view bytes) {
  flush();
  while (!bytes.empty()) {
    const ssize_t count =
        ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_errno(errno, subject_, "kernel.write_failed");
    bytes.remove_prefix(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
}

void OutputFile::finish() {
  flush();
  file_.sync(subject_);
}

void OutputFile::flush() {
  file_.write_all(std::as_bytes(std::span(buffer_)), subject_);
  written_ += buffer_.size();
  buffer_.clear();
}

}  // namespace anjuan::packager
