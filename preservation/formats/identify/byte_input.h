#pragma once
// Bytes at offsets, for the readers of containers: a descriptor in the child, memory in the fuzzer.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace anjuan::formats {

class ByteInput {
 public:
  virtual ~ByteInput() = default;
  virtual std::uint64_t size() const = 0;
  /// Fills `buffer` from `offset`, or says false: beyond the end, or a failed read.
  virtual bool read_at(std::uint64_t offset, std::span<char> buffer) = 0;
};

/// The descriptor stays the caller's; its position is not used.
class DescriptorInput final : public ByteInput {
 public:
  explicit DescriptorInput(int descriptor);

  std::uint64_t size() const override { return size_; }

  bool read_at(std::uint64_t offset, std::span<char> buffer) override;

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

class MemoryInput final : public ByteInput {
 public:
  explicit MemoryInput(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t size() const override { return bytes_.size(); }

  bool read_at(std::uint64_t offset, std::span<char> buffer) override;

 private:
  std::string_view bytes_;
};

/// The little-endian number of `width` (at most 8) bytes at `at`; 0 beyond the end.
std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t width);

}  // namespace anjuan::formats
