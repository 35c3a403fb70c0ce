#include "preservation/formats/identify/byte_input.h"

#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace anjuan::formats {

DescriptorInput::DescriptorInput(int descriptor) : descriptor_(descriptor) {
  struct stat status {};

  if (::fstat(descriptor_, &status) == 0) size_ = static_cast<std::uint64_t>(status.st_size);
}

bool DescriptorInput::read_at(std::uint64_t offset, std::span<char> buffer) {
  if (offset > size_ || buffer.size() > size_ - offset) return false;
  while (!buffer.empty()) {
    const ssize_t count =
        ::pread(descriptor_, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    buffer = buffer.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return true;
}

bool MemoryInput::read_at(std::uint64_t offset, std::span<char> buffer) {
  if (offset > bytes_.size() || buffer.size() > bytes_.size() - offset) return false;
  const auto part = bytes_.substr(static_cast<std::size_t>(offset), buffer.size());
  std::copy(part.begin(), part.end(), buffer.begin());
  return true;
}

std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t width) {
  if (at > bytes.size() || width > bytes.size() - at) return 0;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return value;
}

}  // namespace anjuan::formats
