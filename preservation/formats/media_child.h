#pragma once
// How parent and sandboxed child talk about media: lines over the pipe, JSON or text, and what
// becomes of a child that ends badly or talks nonsense.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/durable.h"
#include "core/json.h"
#include "core/sandbox.h"
#include "preservation/formats/av_source.h"

namespace anjuan::formats {

/// What one recording of so many bytes may take: memory for all threads together, and time.
/// Measured: lossless copies of 1080p take 5 CPU-seconds a MB of H.264; six times that is allowed.
inline constexpr std::uint64_t kMediaMemoryBytes = 4ULL * 1024 * 1024 * 1024;
inline constexpr std::chrono::seconds kMediaBaseTime{600};
inline constexpr std::chrono::seconds kMediaTimePerMb{30};
/// And for a camera that packs an hour into few bytes. Measured: FFV1 of 1080p takes 3 CPU-seconds
/// a GB as decoded_bytes_max() counts, x264 2; eight times that is allowed.
inline constexpr std::uint64_t kMediaDecodedBytesPerSecond = 40'000'000;
SandboxLimits media_limits(std::uint64_t bytes, std::uint64_t decoded_bytes = 0);

/// Runs the worker and hands every line that it writes to `on_line`. Gives the reason if there is
/// no result to rely on: killed by a limit or timed out (kTooLarge, kOverTime, kOverMemory), killed
/// for a forbidden act (kForbidden), crashed, or a line that is nonsense (`on_line` threw
/// Error(kInvalid | kRefused)): kUnreadable. Never an end of the caller's work. Throws
/// Error(kCannotCheck | kIo | kInterrupted).
std::optional<MediaFault> run_media_worker(const SandboxJob& job,
                                           const std::function<void(std::string_view)>& on_line,
                                           SandboxReport& report);

/// Length of an open file.
std::uint64_t bytes_of(const FileHandle& file);

/// One object on a line of the worker's pipe.
void tell_parent(const Json& json);

/// Cuts what comes from a child into lines; refuses lines without end.
class LineCutter {
 public:
  static constexpr std::size_t kLineMax = 4 * 1024 * 1024;

  explicit LineCutter(std::function<void(std::string_view)> on_line)
      : on_line_(std::move(on_line)) {}

  /// Throws Error(kRefused).
  void feed(std::span<const std::byte> bytes);

 private:
  std::function<void(std::string_view)> on_line_;
  std::string rest_;
};

}  // namespace anjuan::formats
