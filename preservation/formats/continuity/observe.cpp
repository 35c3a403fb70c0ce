#include "preservation/formats/continuity/observe.h"

#include <cerrno>

#include <sys/stat.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/continuity/observation_json.h"
#include "preservation/formats/media_program.h"

namespace anjuan::formats {

namespace {

constexpr std::uint64_t kMemoryBytes = 3ULL * 1024 * 1024 * 1024;
/// A slow disk and a busy processor still get through so much in a second.
constexpr std::uint64_t kSlowestBytesPerSecond = 64ULL * 1024;
constexpr std::int64_t kLeastSeconds = 600;
constexpr std::int64_t kMostSeconds = 6 * 3600;

std::uint64_t size_of(int descriptor) {
  struct stat status {};

  if (::fstat(descriptor, &status) != 0) throw_errno(errno, "recording", "gather.read_failed");
  return static_cast<std::uint64_t>(status.st_size);
}

std::string_view end_message(SandboxEnd end) {
  switch (end) {
    case SandboxEnd::kOk:
      return "continuity.child_silent";
    case SandboxEnd::kKilledByLimit:
    case SandboxEnd::kTimeout:
      return "continuity.child_limit";
    case SandboxEnd::kForbiddenAct:
      return "continuity.child_forbidden";
    case SandboxEnd::kFailed:
    case SandboxEnd::kCrashed:
      return "continuity.child_crashed";
  }
  return "continuity.child_crashed";
}

SandboxJob job_for(const FileHandle& file, const ObserverOptions& options, SandboxLevel least) {
  const auto seconds = static_cast<std::int64_t>(size_of(file.get()) / kSlowestBytesPerSecond);
  SandboxJob job;
  job.worker = "observe";
  job.program = kMediaProgram;
  job.arguments = {std::to_string(options.whole_s), std::to_string(options.tick_every_s),
                   std::to_string(options.packets_max)};
  job.input_descriptor = file.get();
  job.limits.memory_bytes = kMemoryBytes;
  job.limits.cpu = std::chrono::seconds(std::min(kLeastSeconds + seconds, kMostSeconds));
  job.limits.wall = 2 * job.limits.cpu;
  job.least = least;
  return job;
}

}  // namespace

Observed observe(const std::filesystem::path& path, const ObserverOptions& options,
                 SandboxLevel least, Progress& progress) {
  const FileHandle file = FileHandle::open_read(path);
  const std::uint64_t size = size_of(file.get());
  progress.begin(say("transcode.observe_step"), size);
  std::uint64_t told = 0;
  ObservationReader reader([&](double part) {
    const auto at = static_cast<std::uint64_t>(std::clamp(part, 0.0, 1.0) * double(size));
    if (at > told) progress.advance(at - told);
    told = std::max(told, at);
  });
  SandboxResult result;
  try {
    result = run_sandboxed(job_for(file, options, least), [&](std::span<const std::byte> bytes) {
      reader.take({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    });
  } catch (const Error& error) {
    // It wrote what no worker of ours writes, and is stopped.
    if (error.code() != ErrorCode::kInvalid && error.code() != ErrorCode::kRefused) throw;
    result.end = SandboxEnd::kCrashed;
  }
  progress.end();
  Observed observed{reader.observation(), result.report};
  if (result.end != SandboxEnd::kOk || !reader.complete()) {
    observed.seen.failure = say(end_message(result.end));
  } else if (!observed.seen.failure.empty()) {
    observed.seen.failure = say("continuity.not_readable", {{"reason", observed.seen.failure}});
  }
  return observed;
}

Observed observe(const std::filesystem::path& path, const ObserverOptions& options,
                 SandboxLevel least) {
  SilentProgress silent;
  return observe(path, options, least, silent);
}

}  // namespace anjuan::formats
