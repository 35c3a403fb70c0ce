#pragma once
// Where the files of a package go when it is written out: a folder, a zip, a tar, or a test's map.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/clock.h"

namespace anjuan::packager {

class TreeSink {
 public:
  virtual ~TreeSink() = default;
  /// Starts a file; path is relative, '/' between names, UTF-8. bytes must be exact. Files come in
  /// any order; folders are implied.
  virtual void begin(const std::string& path, std::uint64_t bytes, Instant modified) = 0;
  virtual void write(std::span<const std::byte> block) = 0;
  virtual void end() = 0;
  /// All files are written; makes them durable. Nothing may be relied on before it has returned.
  virtual void finish() = 0;
};

}  // namespace anjuan::packager
