#include "core/sandbox.h"

#include <cerrno>
#include <thread>

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "core/sandbox_internal.h"
#include "core/sandbox_spawn.h"

namespace anjuan {

namespace {

using Bytes = std::span<const std::byte>;
using OnOutput = std::function<void(Bytes)>;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t kBlockBytes = 64 * 1024;
constexpr std::size_t kDiagnosticsBytes = 64 * 1024;
constexpr std::size_t kReportBytes = 4 * 1024;
/// Between the end of a child's output and its own end: normally none at all.
constexpr std::chrono::milliseconds kReapEvery{2};

/// Appends to `text` and drops what goes beyond `limit`.
OnOutput keep(std::string& text, std::size_t limit) {
  return [&text, limit](Bytes bytes) {
    const std::size_t count = std::min(bytes.size(), limit - text.size());
    text.append(reinterpret_cast<const char*>(bytes.data()), count);
  };
}

/// Reads the child's three pipes until all are closed, then waits for its end.
class Supervisor {
 public:
  Supervisor(const SandboxJob& job, const OnOutput& on_output)
      : process_(detail::WorkerProcess::start(job)),
        deadline_(std::chrono::steady_clock::now() + job.limits.wall),
        on_output_(on_output) {}

  /// The wait status.
  int run() {
    while (any_open() && !late_) read_ready();
    while (true) {
      const auto status = process_.ended();
      stop_if_interrupted();  // Ctrl-C ends the child as well: that tells nothing of its work.
      if (status) return *status;
      if (late_ || left().count() == 0) stop();
      std::this_thread::sleep_for(kReapEvery);
    }
  }

  bool late() const { return late_; }

  const std::string& diagnostics() const { return diagnostics_; }

  const std::string& report() const { return report_; }

 private:
  bool any_open() const {
    return process_.output.get() >= 0 || process_.diagnostics.get() >= 0 ||
           process_.report.get() >= 0;
  }

  std::chrono::milliseconds left() const {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
    return std::max(left, std::chrono::milliseconds{0});
  }

  void stop() {
    late_ = true;
    process_.kill();
  }

  void read_ready() {
    std::array<pollfd, 3> pipes{{{process_.output.get(), POLLIN, 0},
                                 {process_.diagnostics.get(), POLLIN, 0},
                                 {process_.report.get(), POLLIN, 0}}};
    stop_if_interrupted();
    constexpr std::int64_t kLongestWaitMs = 500;  // Ctrl-C may reach another thread than this.
    const auto wait_ms = static_cast<int>(std::min<std::int64_t>(left().count(), kLongestWaitMs));
    const int ready = ::poll(pipes.data(), pipes.size(), wait_ms);
    if (ready < 0 && errno != EINTR) throw_errno(errno, "worker", "kernel.worker_failed");
    if (left().count() == 0) return stop();
    if (ready <= 0) return;
    if (pipes[2].revents != 0) read(process_.report, keep(report_, kReportBytes));
    if (pipes[1].revents != 0) read(process_.diagnostics, keep(diagnostics_, kDiagnosticsBytes));
    if (pipes[0].revents != 0) read(process_.output, on_output_);
  }

  void read(FileHandle& pipe, const OnOutput& take) {
    const std::size_t count = pipe.read_some(buffer_, "worker");
    if (count == 0) return pipe.close();
    if (take) take(Bytes(buffer_).first(count));
  }

  detail::WorkerProcess process_;
  SteadyTime deadline_;
  const OnOutput& on_output_;
  bool late_ = false;
  std::string diagnostics_;
  std::string report_;
  std::vector<std::byte> buffer_ = std::vector<std::byte>(kBlockBytes);
};

SandboxEnd end_by_signal(int signal) {
  switch (signal) {
    case SIGSYS:
      return SandboxEnd::kForbiddenAct;
    case SIGXCPU:
    case SIGXFSZ:
    case SIGKILL:  // Not ours: the hard CPU limit, or the kernel is out of memory.
      return SandboxEnd::kKilledByLimit;
    default:
      return SandboxEnd::kCrashed;
  }
}

SandboxEnd end_of(int status, bool late) {
  if (late) return SandboxEnd::kTimeout;
  if (WIFSIGNALED(status)) return end_by_signal(WTERMSIG(status));
  if (WEXITSTATUS(status) == detail::kExitOutOfMemory) return SandboxEnd::kKilledByLimit;
  return WEXITSTATUS(status) == 0 ? SandboxEnd::kOk : SandboxEnd::kFailed;
}

SandboxReport parse_report(const std::string& text) {
  if (text.empty()) return {};
  return {static_cast<SandboxLevel>(text.front() - '0'), text.substr(1)};
}

/// A child that never ran the worker: nothing was checked, and the caller must know why.
void refuse_unless_run(const SandboxJob& job, const SandboxResult& result) {
  if (result.exit_code == detail::kExitUnknownWorker && result.report.detail.empty()) {
    throw Error(ErrorCode::kInternal, job.worker, "no worker of this name in this program");
  }
  const bool ran = !result.report.detail.empty() && result.report.level >= job.least;
  if (ran || result.end == SandboxEnd::kTimeout) return;
  const std::string detail =
      result.report.detail.empty()
          ? fmt::format("exit {} signal {} {}", result.exit_code, result.signal, result.diagnostics)
          : result.report.detail;
  throw Error(ErrorCode::kCannotCheck, job.worker,
              say("kernel.sandbox_below_least", {{"worker", job.worker}, {"detail", detail}}));
}

}  // namespace

SandboxResult run_sandboxed(const SandboxJob& job, const OnOutput& on_output) {
  Supervisor supervisor(job, on_output);
  const int status = supervisor.run();
  SandboxResult result;
  result.end = end_of(status, supervisor.late());
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  result.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  result.report = parse_report(supervisor.report());
  result.diagnostics = supervisor.diagnostics();
  refuse_unless_run(job, result);
  return result;
}

SandboxReport probe_sandbox() {
  SandboxJob job;
  job.worker = detail::kProbeWorker;
  job.least = SandboxLevel::kNone;
  return run_sandboxed(job, {}).report;
}

SandboxLevel sandbox_level(std::string_view word) {
  if (word == "full") return SandboxLevel::kFull;
  return word == "none" ? SandboxLevel::kNone : SandboxLevel::kLeast;
}

}  // namespace anjuan
