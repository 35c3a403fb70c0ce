#pragma once
// Where a package that leaves is written: a folder, a zip, a tar.
//
// The writer calls begin(), write() any number of times and end() for each file, then finish().

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
