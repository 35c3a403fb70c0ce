#pragma once
// Runs code that touches foreign bytes in a child that can do nothing else.
//
// The child is this very program started again (/proc/self/exe) as a worker: main() of every
// program and of every test program calls run_if_worker() first. It gets one read-only input
// descriptor, its arguments, one pipe for its results and, if asked, one or two files to write. It
// has no network, may open nothing for writing, exec and fork nothing, and dies with its parent. At
// kFull it can read no file but the system's libraries and locale data (docs/adr: sandbox).

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan {

struct SandboxLimits {
  std::uint64_t memory_bytes = 2ULL * 1024 * 1024 * 1024;  ///< address space; off under ASan/TSan
  std::chrono::seconds cpu{3600};
  std::chrono::seconds wall{7200};
  std::uint64_t file_bytes = 0;  ///< RLIMIT_FSIZE of each file; 0 = none can grow at all
  std::uint32_t descriptors = 32;
};

/// What was reached. kLeast = no_new_privs + seccomp + rlimits + wall clock + death with parent;
/// kFull = kLeast + Landlock + own network and IPC namespaces.
enum class SandboxLevel { kNone, kLeast, kFull };

/// Of the configuration's words "none", "least" and "full".
SandboxLevel sandbox_level(std::string_view word);

struct SandboxReport {
  SandboxLevel level = SandboxLevel::kNone;
  std::string detail;  ///< e.g. "no_new_privs seccomp rlimits netns; landlock: not in this kernel"
};

/// How the child ended when it did not end well.
enum class SandboxEnd { kOk, kFailed, kKilledByLimit, kForbiddenAct, kTimeout, kCrashed };

struct SandboxResult {
  SandboxEnd end = SandboxEnd::kOk;
  int exit_code = 0;
  int signal = 0;
  SandboxReport report;
  std::string diagnostics;  ///< what the child wrote to stderr, at most 64 KiB
};

struct SandboxJob {
  /// Which program has the worker: "" = this very one, else one that lies beside it.
  std::string program;
  std::string worker;  ///< name in the worker table
  std::vector<std::string> arguments;
  int input_descriptor = -1;  ///< opened read-only; the child sees it as kWorkerInput
  int output_file = -1;       ///< a file to write, -1 = none; the child sees it as kWorkerFile
  int second_file = -1;       ///< another one; the child sees it as kWorkerSecondFile
  SandboxLimits limits;
  SandboxLevel least = SandboxLevel::kLeast;
};

inline constexpr int kWorkerInput = 3;
inline constexpr int kWorkerOutput = 4;
inline constexpr int kWorkerFile = 5;
inline constexpr int kWorkerSecondFile = 6;

/// For workers: writes the whole block to kWorkerOutput. Throws Error(kIo).
void write_worker_output(std::span<const std::byte> bytes);

/// Starts the worker, hands every block that it writes to kWorkerOutput to `on_output` (which may
/// throw: the child is then killed and the exception goes on), waits for its end.
/// Throws Error(kCannotCheck) if `least` cannot be reached here, Error(kInternal) for an unknown
/// worker or an input that is open for writing,
/// Error(kInterrupted) when the user asks to stop; the child is killed then.
SandboxResult run_sandboxed(const SandboxJob& job,
                            const std::function<void(std::span<const std::byte>)>& on_output);

using WorkerFunction = int (*)(const std::vector<std::string>& arguments);

/// Registers a worker at static initialisation: `const WorkerRegistration unpack{"unpack", run};`
struct WorkerRegistration {
  WorkerRegistration(std::string_view name, WorkerFunction function);
};

/// First line of every main(): if this process was started as a worker, confines itself, runs it
/// and returns its exit status; else returns nothing.
std::optional<int> run_if_worker(int argc, char** argv);

/// The level this machine allows (for `anjuan doctor` and PREMIS).
SandboxReport probe_sandbox();

}  // namespace anjuan
