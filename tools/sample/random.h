#pragma once
// Repeatable chance: the same seed gives the same picture, sound and handwriting on every run.

#include <cstdint>
#include <string_view>

namespace anjuan::sample {

/// SplitMix64. Not for secrets.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  /// Seeded by a name, e.g. the path of the file that is drawn (FNV-1a).
  explicit Random(std::string_view name) : state_(14695981039346656037ULL) {
    for (const char byte : name) {
      state_ = (state_ ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    }
  }

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
  }

  /// Uniform in [0, bound); `bound` > 0.
  int below(int bound) { return static_cast<int>(next() % static_cast<std::uint64_t>(bound)); }

  /// Uniform in [low, high).
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(next() >> 11) * 0x1.0p-53;
  }

 private:
  std::uint64_t state_;
};

}  // namespace anjuan::sample
