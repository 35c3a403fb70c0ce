#pragma once
// A new file that is written from front to back, with a place or two filled in afterwards.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/durable.h"

namespace anjuan::packager {

class OutputFile {
 public:
  /// Throws Error(kConflict) if it exists, kIo, kNoSpace.
  explicit OutputFile(const std::filesystem::path& path);

  void write(std::span<const std::byte> bytes);
  void write(std::string_view bytes);
  /// Overwrites what was written at `offset`.
  void patch(std::uint64_t offset, std::string_view bytes);

  /// Where the next byte comes.
  std::uint64_t at() const { return written_ + buffer_.size(); }

  /// Writes out what waits and makes all durable.
  void finish();

 private:
  void flush();

  std::string subject_;
  FileHandle file_;
  std::string buffer_;
  std::uint64_t written_ = 0;
};

}  // namespace anjuan::packager
