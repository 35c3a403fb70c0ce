#pragma once
// How a long operation tells what it is doing. The operation never prints.

#include <cstdint>
#include <string_view>

namespace anjuan {

class Progress {
 public:
  virtual ~Progress() = default;

  /// A named step begins; `total_bytes` 0 = unknown.
  virtual void begin(std::string_view step, std::uint64_t total_bytes) = 0;
  virtual void advance(std::uint64_t bytes) = 0;
  virtual void end() = 0;
};

/// Says nothing.
class SilentProgress final : public Progress {
 public:
  void begin(std::string_view, std::uint64_t) override {}

  void advance(std::uint64_t) override {}

  void end() override {}
};

}  // namespace anjuan
