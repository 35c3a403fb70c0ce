#include "core/sandbox_spawn.h"

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/error.h"
#include "core/messages.h"
#include "core/sandbox_internal.h"

namespace anjuan::detail {

namespace {

/// Above every descriptor that the child sees, so that moving one into place hits no other.
constexpr int kParkedFrom = 16;

/// What a worker keeps of the environment: language, and what development builds need.
constexpr const char* kKept[] = {"LANG",         "LC_ALL",         "LC_CTYPE",
                                 "TZ",           "ASAN_OPTIONS",   "UBSAN_OPTIONS",
                                 "TSAN_OPTIONS", "LD_LIBRARY_PATH"};

[[noreturn]] void fail(int reason) {
  throw_errno(reason, "/proc/self/exe", "kernel.worker_failed");
}

FileHandle parked(int descriptor) {
  FileHandle copy(::fcntl(descriptor, F_DUPFD_CLOEXEC, kParkedFrom));
  if (copy.get() < 0) fail(errno);
  return copy;
}

struct Pipe {
  FileHandle read_end;
  FileHandle write_end;

  static Pipe make() {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) fail(errno);
    const FileHandle write_end(ends[1]);
    return {FileHandle(ends[0]), parked(write_end.get())};
  }
};

FileHandle null_device() {
  const FileHandle device(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (device.get() < 0) fail(errno);
  return parked(device.get());
}

/// posix_spawn's two C structures. It is used rather than fork because the parent has threads.
class SpawnPlan {
 public:
  SpawnPlan() {
    check(::posix_spawn_file_actions_init(&actions_));
    check(::posix_spawnattr_init(&attributes_));
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    check(::posix_spawnattr_setsigmask(&attributes_, &none));
    check(::posix_spawnattr_setsigdefault(&attributes_, &all));
    // A session of its own: Ctrl-C reaches the parent alone, which decides.
    check(::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID));
  }

  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  void place(const FileHandle& from, int to) {
    check(::posix_spawn_file_actions_adddup2(&actions_, from.get(), to));
  }

  void close_from(int first) {
    check(::posix_spawn_file_actions_addclosefrom_np(&actions_, first));
  }

  pid_t spawn(const std::string& program, std::vector<std::string>& arguments,
              std::vector<std::string>& environment) {
    auto argv = pointers(arguments);
    auto envp = pointers(environment);
    pid_t pid = -1;
    const int failure =
        ::posix_spawn(&pid, program.c_str(), &actions_, &attributes_, argv.data(), envp.data());
    const bool is_missing = failure == ENOENT;
    if (failure != 0) {
      throw_errno(failure, program, is_missing ? "kernel.worker_missing" : "kernel.worker_failed");
    }
    return pid;
  }

 private:
  static void check(int failure) {
    if (failure != 0) fail(failure);
  }

  static std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (std::string& text : texts) list.push_back(text.data());
    list.push_back(nullptr);
    return list;
  }

  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

std::vector<std::string> environment_of(const SandboxJob& job) {
  const ConfinementOrder order{::getpid(), job.limits, job.least};
  std::vector<std::string> environment{fmt::format("{}={}", kWorkerVariable, job.worker),
                                       fmt::format("{}={}", kOrderVariable, order.to_text()),
                                       // Read when the library is loaded: a worker is one thread
                                       // of work, OpenMP's own make OCR slower.
                                       "OMP_THREAD_LIMIT=1"};
  for (const char* name : kKept) {
    if (const char* value = std::getenv(name))
      environment.push_back(fmt::format("{}={}", name, value));
  }
  return environment;
}

std::string path_of(const SandboxJob& job) {
  constexpr const char* kSelf = "/proc/self/exe";
  if (job.program.empty()) return kSelf;
  std::error_code unknown;
  const auto self = std::filesystem::read_symlink(kSelf, unknown);
  return (self.parent_path() / job.program).string();
}

void refuse_writable_input(int descriptor) {
  const int flags = ::fcntl(descriptor, F_GETFL);
  if (flags < 0) fail(errno);
  if ((flags & O_ACCMODE) == O_RDONLY) return;
  throw Error(ErrorCode::kInternal, "sandbox input", "a worker's input is open for writing");
}

}  // namespace

WorkerProcess WorkerProcess::start(const SandboxJob& job) {
  if (job.input_descriptor >= 0) refuse_writable_input(job.input_descriptor);
  Pipe output = Pipe::make();
  Pipe diagnostics = Pipe::make();
  Pipe report = Pipe::make();
  const FileHandle null = null_device();
  const FileHandle input = parked(job.input_descriptor >= 0 ? job.input_descriptor : null.get());
  const FileHandle file = parked(job.output_file >= 0 ? job.output_file : null.get());
  const FileHandle second = parked(job.second_file >= 0 ? job.second_file : null.get());
  SpawnPlan plan;
  plan.place(null, STDIN_FILENO);
  plan.place(null, STDOUT_FILENO);
  plan.place(diagnostics.write_end, STDERR_FILENO);
  plan.place(input, kWorkerInput);
  plan.place(output.write_end, kWorkerOutput);
  plan.place(file, kWorkerFile);
  plan.place(second, kWorkerSecondFile);
  plan.place(report.write_end, kWorkerReport);
  plan.close_from(kFirstClosedDescriptor);
  std::vector<std::string> arguments{"anjuan-worker"};
  arguments.insert(arguments.end(), job.arguments.begin(), job.arguments.end());
  std::vector<std::string> environment = environment_of(job);
  WorkerProcess process(plan.spawn(path_of(job), arguments, environment));
  process.output = std::move(output.read_end);
  process.diagnostics = std::move(diagnostics.read_end);
  process.report = std::move(report.read_end);
  return process;
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : output(std::move(other.output)),
      diagnostics(std::move(other.diagnostics)),
      report(std::move(other.report)),
      pid_(std::exchange(other.pid_, -1)) {}

WorkerProcess::~WorkerProcess() {
  if (pid_ < 0) return;
  kill();
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void WorkerProcess::kill() { ::kill(pid_, SIGKILL); }

std::optional<int> WorkerProcess::ended() {
  int status = 0;
  const pid_t pid = ::waitpid(pid_, &status, WNOHANG);
  if (pid == 0 || (pid < 0 && errno == EINTR)) return std::nullopt;
  if (pid < 0) fail(errno);
  pid_ = -1;
  return status;
}

}  // namespace anjuan::detail
