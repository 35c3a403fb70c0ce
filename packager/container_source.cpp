#include "packager/container_source.h"

#include <cerrno>
#include <cstring>
#include <limits>

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace anjuan::packager {

bool SeekableSource::read_at(std::uint64_t offset, std::span<std::byte> buffer) {
  if (offset > size() || buffer.size() > size() - offset) return false;
  seek(offset);
  while (!buffer.empty()) {
    const std::size_t count = read(buffer);
    if (count == 0) return false;
    buffer = buffer.subspan(count);
  }
  return true;
}

DescriptorSource::DescriptorSource(int descriptor) : descriptor_(descriptor) {
  struct stat status {};

  if (::fstat(descriptor_, &status) != 0) {
    throw UnpackError{UnpackFault::kReadFailed, std::strerror(errno)};
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
}

std::size_t DescriptorSource::read(std::span<std::byte> buffer) {
  while (true) {
    const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) throw UnpackError{UnpackFault::kReadFailed, std::strerror(errno)};
  }
}

void DescriptorSource::seek(std::uint64_t offset) {
  if (::lseek(descriptor_, static_cast<off_t>(std::min(offset, size_)), SEEK_SET) < 0) {
    throw UnpackError{UnpackFault::kReadFailed, std::strerror(errno)};
  }
}

std::size_t MemorySource::read(std::span<std::byte> buffer) {
  const auto left = bytes_.subspan(static_cast<std::size_t>(at_));
  const auto part = left.first(std::min(left.size(), buffer.size()));
  std::copy(part.begin(), part.end(), buffer.begin());
  at_ += part.size();
  return part.size();
}

MaskedSource::MaskedSource(SeekableSource& inner, std::vector<std::uint64_t> offsets,
                           std::uint8_t mask)
    : inner_(inner), offsets_(std::move(offsets)), mask_(mask) {
  inner_.seek(0);
}

std::size_t MaskedSource::read(std::span<std::byte> buffer) {
  const std::size_t count = inner_.read(buffer);
  auto next = std::lower_bound(offsets_.begin(), offsets_.end(), at_);
  for (; next != offsets_.end() && *next < at_ + count; ++next) {
    buffer[static_cast<std::size_t>(*next - at_)] &= static_cast<std::byte>(~mask_);
  }
  at_ += count;
  return count;
}

void MaskedSource::seek(std::uint64_t offset) {
  at_ = std::min(offset, inner_.size());
  inner_.seek(at_);
}

struct GzipSource::State {
  z_stream stream{};
  std::vector<std::byte> packed = std::vector<std::byte>(128UL * 1024);
  bool in_member = true;
};

GzipSource::GzipSource(ByteSource& packed, std::uint64_t limit_bytes)
    : packed_(packed), left_(limit_bytes), state_(std::make_unique<State>()) {
  constexpr int kGzipWindow = 15 + 16;  // largest window; gzip header and trailer demanded
  if (::inflateInit2(&state_->stream, kGzipWindow) != Z_OK) {
    throw UnpackError{UnpackFault::kUnsupported, "zlib cannot start"};
  }
}

GzipSource::~GzipSource() { ::inflateEnd(&state_->stream); }

/// False at the end of the packed bytes.
bool GzipSource::refill() {
  z_stream& stream = state_->stream;
  if (stream.avail_in > 0) return true;
  const std::size_t count = packed_.read(state_->packed);
  stream.next_in = reinterpret_cast<Bytef*>(state_->packed.data());
  stream.avail_in = static_cast<uInt>(count);
  return count > 0;
}

/// A gzip file may be several, one after the other (RFC 1952 2.2).
bool GzipSource::next_member() {
  if (!refill()) return false;
  if (::inflateReset(&state_->stream) != Z_OK) {
    throw UnpackError{UnpackFault::kDamaged, "gzip: cannot go on"};
  }
  state_->in_member = true;
  return true;
}

std::size_t GzipSource::read(std::span<std::byte> buffer) {
  z_stream& stream = state_->stream;
  const std::size_t want = std::min<std::size_t>(buffer.size(), std::numeric_limits<uInt>::max());
  stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
  stream.avail_out = static_cast<uInt>(want);
  while (stream.avail_out == want) {
    if (!state_->in_member && !next_member()) break;
    if (!refill()) throw UnpackError{UnpackFault::kDamaged, "gzip: cut short"};
    const int status = ::inflate(&stream, Z_NO_FLUSH);
    if (status == Z_STREAM_END) state_->in_member = false;
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      throw UnpackError{UnpackFault::kDamaged,
                        fmt::format("gzip: {}", stream.msg ? stream.msg : "damaged")};
    }
  }
  const std::size_t count = want - stream.avail_out;
  if (count > left_) throw UnpackError{UnpackFault::kTooLarge, "gzip"};
  left_ -= count;
  return count;
}

}  // namespace anjuan::packager
