#pragma once
// Where the unpacking child reads its bytes: the descriptor, memory, or what a compression gives.
//
// Everything here runs in the child and throws only UnpackError.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "packager/container_frames.h"

namespace anjuan::packager {

/// Ends the unpacking; becomes the fault frame.
struct UnpackError {
  UnpackFault fault = UnpackFault::kDamaged;
  std::string detail;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills `buffer` as far as it can; 0 only at the end.
  virtual std::size_t read(std::span<std::byte> buffer) = 0;
};

class SeekableSource : public ByteSource {
 public:
  virtual std::uint64_t size() const = 0;
  virtual void seek(std::uint64_t offset) = 0;

  /// Reads exactly buffer.size() bytes from `offset`, or says false.
  bool read_at(std::uint64_t offset, std::span<std::byte> buffer);
};

/// A file that is open for reading; the descriptor stays the caller's.
class DescriptorSource final : public SeekableSource {
 public:
  explicit DescriptorSource(int descriptor);
  std::size_t read(std::span<std::byte> buffer) override;

  std::uint64_t size() const override { return size_; }

  void seek(std::uint64_t offset) override;

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

class MemorySource final : public SeekableSource {
 public:
  explicit MemorySource(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::size_t read(std::span<std::byte> buffer) override;

  std::uint64_t size() const override { return bytes_.size(); }

  void seek(std::uint64_t offset) override { at_ = std::min<std::uint64_t>(offset, bytes_.size()); }

 private:
  std::span<const std::byte> bytes_;
  std::uint64_t at_ = 0;
};

/// The bytes of another source with some bits cleared on the way.
class MaskedSource final : public SeekableSource {
 public:
  /// Clears `mask` in the bytes at `offsets` (ascending).
  MaskedSource(SeekableSource& inner, std::vector<std::uint64_t> offsets, std::uint8_t mask);
  std::size_t read(std::span<std::byte> buffer) override;

  std::uint64_t size() const override { return inner_.size(); }

  void seek(std::uint64_t offset) override;

 private:
  SeekableSource& inner_;
  std::vector<std::uint64_t> offsets_;
  std::uint8_t mask_;
  std::uint64_t at_ = 0;
};

/// What gzip (RFC 1952) unpacks to, with the check of CRC and length that libarchive leaves out.
/// More than `limit_bytes` is UnpackFault::kTooLarge.
class GzipSource final : public ByteSource {
 public:
  GzipSource(ByteSource& packed, std::uint64_t limit_bytes);
  ~GzipSource() override;
  std::size_t read(std::span<std::byte> buffer) override;

 private:
  struct State;
  bool refill();
  bool next_member();

  ByteSource& packed_;
  std::uint64_t left_;
  std::unique_ptr<State> state_;
};

}  // namespace anjuan::packager
