#include "preservation/formats/media_child.h"

#include <csignal>

#include <sys/stat.h>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::formats {

namespace {

/// The first words of what a child wrote to stderr: it may have been taken over, so nothing that
/// a terminal would obey.
std::string shown(std::string text) {
  constexpr std::size_t kDiagnosticsShown = 200;
  text.resize(std::min(text.size(), kDiagnosticsShown));
  std::erase_if(text, [](char c) { return c < ' ' || c > '~'; });
  return text;
}

/// How a child ended, in a few words.
std::string end_text(const SandboxResult& result) {
  constexpr std::string_view kIds[] = {"media_child.silent",  "media_child.failed",
                                       "media_child.limit",   "media_child.forbidden",
                                       "media_child.timeout", "media_child.crashed"};
  const std::string text = say(kIds[static_cast<std::size_t>(result.end)]);
  const std::string words = shown(result.diagnostics);
  return words.empty() ? text : fmt::format("{}: {}", text, words);
}

MediaFaultKind limit_of(const SandboxResult& result) {
  if (result.signal == SIGXFSZ) return MediaFaultKind::kTooLarge;
  if (result.signal == SIGXCPU) return MediaFaultKind::kOverTime;
  return MediaFaultKind::kOverMemory;
}

MediaFaultKind kind_of(const SandboxResult& result) {
  switch (result.end) {
    case SandboxEnd::kForbiddenAct:
      return MediaFaultKind::kForbidden;
    case SandboxEnd::kKilledByLimit:
      return limit_of(result);
    case SandboxEnd::kTimeout:
      return MediaFaultKind::kOverTime;
    case SandboxEnd::kOk:
    case SandboxEnd::kFailed:
    case SandboxEnd::kCrashed:
      return MediaFaultKind::kUnreadable;
  }
  return MediaFaultKind::kUnreadable;
}

}  // namespace

std::uint64_t bytes_of(const FileHandle& file) {
  struct stat status {};

  if (::fstat(file.get(), &status) != 0) return 0;
  return static_cast<std::uint64_t>(status.st_size);
}

void tell_parent(const Json& json) {
  const std::string line = json.dump() + "\n";
  write_worker_output(std::as_bytes(std::span(line)));
}

void LineCutter::feed(std::span<const std::byte> bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  while (true) {
    const auto end = text.find('\n');
    if (rest_.size() + std::min(end, text.size()) > kLineMax) {
      throw Error(ErrorCode::kRefused, "worker", say("transcode.child_nonsense"));
    }
    if (end == text.npos) break;
    rest_ += text.substr(0, end);
    on_line_(rest_);
    rest_.clear();
    text.remove_prefix(end + 1);
  }
  rest_ += text;
}

SandboxLimits media_limits(std::uint64_t bytes, std::uint64_t decoded_bytes) {
  constexpr std::uint64_t kMb = 1'000'000;
  constexpr std::uint64_t kMbMax = 1'000'000;        // a terabyte
  constexpr std::uint64_t kDecodedMost = 7 * 86400;  // a week, whatever the file says of itself
  SandboxLimits limits;
  limits.memory_bytes = kMediaMemoryBytes;
  limits.cpu =
      kMediaBaseTime + kMediaTimePerMb * static_cast<int>(std::min(bytes / kMb, kMbMax)) +
      std::chrono::seconds(std::min(decoded_bytes / kMediaDecodedBytesPerSecond, kDecodedMost));
  limits.wall = limits.cpu;
  return limits;
}

std::optional<MediaFault> run_media_worker(const SandboxJob& job,
                                           const std::function<void(std::string_view)>& on_line,
                                           SandboxReport& report) {
  LineCutter lines(on_line);
  try {
    const SandboxResult ended =
        run_sandboxed(job, [&lines](std::span<const std::byte> block) { lines.feed(block); });
    report = ended.report;
    if (ended.end == SandboxEnd::kOk) return std::nullopt;
    return MediaFault{kind_of(ended), end_text(ended)};
  } catch (const Error& error) {
    const bool nonsense =
        error.code() == ErrorCode::kInvalid || error.code() == ErrorCode::kRefused;
    if (!nonsense) throw;
    return MediaFault{MediaFaultKind::kUnreadable, error.what()};
  }
}

}  // namespace anjuan::formats
