// Every way out of the sandbox that a taken-over parser would try is tried here, by workers of
// this test program, and each must be stopped and told apart.
#include "core/sandbox.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/durable.h"
#include "core/interrupt.h"
#include "core/sandbox_internal.h"
#include "tests/support/child.h"
#include "tests/support/denied_calls.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

using Arguments = std::vector<std::string>;
using test::TemporaryFolder;
using test::thrown_by;

void say_to_parent(std::string_view text) { write_worker_output(std::as_bytes(std::span(text))); }

/// The result of a system call as the worker sees it, unless it was killed for it.
int tell(long result) {
  say_to_parent(result >= 0 ? "done" : std::strerror(errno));
  return 0;
}

[[noreturn]] void spin() {
  for (volatile std::uint64_t turns = 0;;) turns = turns + 1;
}

int echo_input(const Arguments& arguments) {
  std::array<std::byte, 4096> block{};
  while (true) {
    const auto count = ::read(kWorkerInput, block.data(), block.size());
    if (count <= 0) break;
    write_worker_output(std::span(block).first(static_cast<std::size_t>(count)));
  }
  for (const auto& argument : arguments) say_to_parent("|" + argument);
  return 0;
}

int list_descriptors(const Arguments&) {
  std::string open;
  for (int fd = 0; fd < 1024; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0) open += std::to_string(fd) + " ";
  }
  say_to_parent(open);
  return 0;
}

int tell_environment(const Arguments&) {
  for (char** entry = environ; *entry != nullptr; ++entry)
    say_to_parent(std::string(*entry) + "\n");
  return 0;
}

int write_elsewhere(const Arguments& arguments) {
  return tell(::open(arguments.at(0).c_str(), O_WRONLY | O_CREAT, 0644));
}

int read_elsewhere(const Arguments& arguments) {
  return tell(::open(arguments.at(0).c_str(), O_RDONLY));
}

int hog_memory(const Arguments&) {
  std::vector<std::string> blocks;
  while (true) blocks.emplace_back(std::size_t{64} * 1024 * 1024, 'x');
}

int write_far_away(const Arguments&) {
  return tell(::pwrite(kWorkerFile, "x", 1, 100'000'000'000));
}

int write_file(const Arguments&) {
  const FileHandle file(kWorkerFile);
  file.write_all(std::as_bytes(std::span(std::string_view("made"))), "file");
  return 0;
}

int write_both_files(const Arguments&) {
  const FileHandle first(kWorkerFile);
  const FileHandle second(kWorkerSecondFile);
  first.write_all(std::as_bytes(std::span(std::string_view("one"))), "file");
  second.write_all(std::as_bytes(std::span(std::string_view("two"))), "file");
  return tell(::pwrite(kWorkerSecondFile, "x", 1, 100));
}

int flood(const Arguments&) {
  const std::string block(64 * 1024, 'x');
  for (int i = 0; i < 1024; ++i) say_to_parent(block);
  for (int i = 0; i < 64; ++i) std::fwrite(block.data(), 1, block.size(), stderr);
  return 0;
}

int run_thread(const Arguments&) {
  std::thread([] { say_to_parent("from a thread"); }).join();
  return 0;
}

int tell_pid_and_spin(const Arguments&) {
  say_to_parent(std::to_string(::getpid()));
  spin();
}

int close_and_spin(const Arguments&) {
  ::close(kWorkerOutput);
  ::close(STDERR_FILENO);
  spin();
}

int touch_forbidden_memory(const Arguments&) {
  void* page = ::mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  *static_cast<volatile char*>(page) = 1;
  return 0;
}

int connect_somewhere(const Arguments&) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  return tell(::connect(kWorkerInput, reinterpret_cast<sockaddr*>(&address), sizeof address));
}

int raise_limits(const Arguments&) {
  const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
  return tell(::setrlimit(RLIMIT_CPU, &none));
}

const WorkerRegistration kWorkers[] = {
    {"echo", echo_input},
    {"descriptors", list_descriptors},
    {"environment", tell_environment},
    {"fails", [](const Arguments&) { return 7; }},
    {"throws", [](const Arguments&) -> int { throw std::runtime_error("坏文件"); }},
    {"write", write_elsewhere},
    {"read", read_elsewhere},
    {"unlink", [](const Arguments& arguments) { return tell(::unlink(arguments.at(0).c_str())); }},
    {"socket", [](const Arguments&) { return tell(::socket(AF_INET, SOCK_STREAM, 0)); }},
    {"socket-unix", [](const Arguments&) { return tell(::socket(AF_UNIX, SOCK_STREAM, 0)); }},
    {"connect", connect_somewhere},
    {"exec", [](const Arguments&) { return tell(::execl("/bin/true", "true", nullptr)); }},
    {"fork", [](const Arguments&) { return tell(::fork()); }},
    {"vfork-call", [](const Arguments&) { return tell(::syscall(SYS_vfork)); }},
    {"clone3", [](const Arguments&) { return tell(::syscall(SYS_clone3, nullptr, 0)); }},
    {"ptrace",
     [](const Arguments&) { return tell(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }},
    {"kill-parent", [](const Arguments&) { return tell(::kill(::getppid(), SIGKILL)); }},
    {"io-uring", [](const Arguments&) { return tell(::syscall(SYS_io_uring_setup, 1, nullptr)); }},
    {"memfd", [](const Arguments&) { return tell(::syscall(SYS_memfd_create, "x", 0)); }},
    {"setuid", [](const Arguments&) { return tell(::setuid(0)); }},
    {"raise-limits", raise_limits},
    {"spin", [](const Arguments&) -> int { spin(); }},
    {"close-and-spin", close_and_spin},
    {"pid-and-spin", tell_pid_and_spin},
    {"memory", hog_memory},
    {"far", write_far_away},
    {"file", write_file},
    {"both-files", write_both_files},
    {"flood", flood},
    {"thread", run_thread},
    {"crash", touch_forbidden_memory},
    {"abort", [](const Arguments&) -> int { std::abort(); }},
};

struct Outcome {
  SandboxResult result;
  std::string output;
};

Outcome run(const SandboxJob& job) {
  Outcome outcome;
  outcome.result = run_sandboxed(job, [&](std::span<const std::byte> bytes) {
    outcome.output.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  });
  return outcome;
}

SandboxJob job_of(std::string worker, Arguments arguments = {}) {
  SandboxJob job;
  job.worker = std::move(worker);
  job.arguments = std::move(arguments);
  job.limits.wall = std::chrono::seconds{60};
  job.limits.cpu = std::chrono::seconds{20};  // Whatever breaks, no test leaves a loop behind.
  return job;
}

/// Skips where the machine cannot confine at all; the skip is seen, never a pass.
class Sandbox : public testing::Test {
 protected:
  void SetUp() override {
    const auto reached = probe_sandbox();
    if (reached.level < SandboxLevel::kLeast) GTEST_SKIP() << "no sandbox here: " << reached.detail;
  }
};

TEST(SandboxProbe, TellsTheLevelAndTheSteps) {
  const auto reached = probe_sandbox();
  RecordProperty("level", static_cast<int>(reached.level));
  RecordProperty("detail", reached.detail);
  EXPECT_NE(reached.detail.find("no_new_privs"), std::string::npos) << reached.detail;
  EXPECT_NE(reached.detail.find("landlock"), std::string::npos) << reached.detail;
  EXPECT_NE(reached.detail.find("seccomp"), std::string::npos) << reached.detail;
}

TEST_F(Sandbox, HandsInputAndArgumentsInAndOutputOut) {
  const TemporaryFolder folder;
  const std::string text = test::random_bytes(3 * 1024 * 1024);
  test::write_text(folder / "in", text);
  const auto input = FileHandle::open_read(folder / "in");
  auto job = job_of("echo", {"甲", "b c"});
  job.input_descriptor = input.get();
  const Outcome outcome = run(job);
  EXPECT_EQ(outcome.result.end, SandboxEnd::kOk);
  EXPECT_EQ(outcome.output, text + "|甲|b c");
}

TEST_F(Sandbox, GivesTheWorkerItsOwnDescriptorsOnly) {
  const TemporaryFolder folder;
  const FileHandle secret(::open("/etc/passwd", O_RDONLY));  // not O_CLOEXEC on purpose
  EXPECT_EQ(run(job_of("descriptors")).output, "0 1 2 3 4 5 6 ");
}

TEST_F(Sandbox, HidesTheEnvironment) {
  ::setenv("ANJUAN_TEST_SECRET", "secret", 1);
  const std::string environment = run(job_of("environment")).output;
  ::unsetenv("ANJUAN_TEST_SECRET");
  EXPECT_NE(environment.find("ANJUAN_WORKER="), std::string::npos);
  EXPECT_EQ(environment.find("secret"), std::string::npos);
}

TEST_F(Sandbox, LetsWorkersUseThreads) { EXPECT_EQ(run(job_of("thread")).output, "from a thread"); }

TEST_F(Sandbox, LetsAWorkerWriteTheHandedFileUpToItsLimit) {
  const TemporaryFolder folder;
  const auto file = FileHandle::create(folder / "out");
  auto job = job_of("file");
  job.output_file = file.get();
  job.limits.file_bytes = 4;
  EXPECT_EQ(run(job).result.end, SandboxEnd::kOk);
  EXPECT_EQ(test::read_text(folder / "out"), "made");
  job.limits.file_bytes = 3;
  EXPECT_EQ(run(job).result.end, SandboxEnd::kKilledByLimit);
}

TEST_F(Sandbox, LetsAWorkerWriteTwoHandedFilesEachUpToTheLimit) {
  const TemporaryFolder folder;
  const auto first = FileHandle::create(folder / "one");
  const auto second = FileHandle::create(folder / "two");
  auto job = job_of("both-files");
  job.output_file = first.get();
  job.second_file = second.get();
  job.limits.file_bytes = 3;
  EXPECT_EQ(run(job).result.end, SandboxEnd::kKilledByLimit);
  EXPECT_EQ(test::read_text(folder / "one"), "one");
  EXPECT_EQ(test::read_text(folder / "two"), "two");
}

TEST_F(Sandbox, RefusesAnInputThatIsOpenForWriting) {
  const TemporaryFolder folder;
  const auto file = FileHandle::create(folder / "in");
  auto job = job_of("echo");
  job.input_descriptor = file.get();
  EXPECT_EQ(thrown_by([&] { run(job); }).word, "internal");
}

TEST_F(Sandbox, SaysWhichProgramIsMissing) {
  auto job = job_of("echo");
  job.program = "no-such-program";
  try {
    run(job);
    FAIL() << "a program that is not there was started";
  } catch (const Error& error) {
    EXPECT_NE(error.subject().find("no-such-program"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("重新安装"), std::string::npos) << error.what();
  }
}

TEST_F(Sandbox, RefusesAnUnknownWorker) {
  EXPECT_EQ(thrown_by([&] { run(job_of("nobody-registered-this")); }).word, "internal");
}

TEST_F(Sandbox, TellsFailureWithItsCodeAndWords) {
  const Outcome failed = run(job_of("fails"));
  EXPECT_EQ(failed.result.end, SandboxEnd::kFailed);
  EXPECT_EQ(failed.result.exit_code, 7);
  const Outcome thrown = run(job_of("throws"));
  EXPECT_EQ(thrown.result.end, SandboxEnd::kFailed);
  EXPECT_EQ(thrown.result.diagnostics, "坏文件");
}

TEST_F(Sandbox, KillsForForbiddenActs) {
  for (const char* worker : {"socket", "socket-unix", "connect", "exec", "fork", "vfork-call",
                             "ptrace", "kill-parent", "io-uring", "setuid"}) {
    const Outcome outcome = run(job_of(worker));
    EXPECT_EQ(outcome.result.end, SandboxEnd::kForbiddenAct) << worker << ": " << outcome.output;
    EXPECT_EQ(outcome.result.signal, SIGSYS) << worker;
  }
}

TEST_F(Sandbox, RefusesWhatLibrariesTryByThemselves) {
  for (const char* worker : {"clone3", "memfd"}) {
    const Outcome outcome = run(job_of(worker));
    EXPECT_EQ(outcome.output, std::strerror(ENOSYS)) << worker;
  }
  EXPECT_NE(run(job_of("raise-limits")).output, "done");
}

TEST_F(Sandbox, StopsWritingAndDeletingElsewhere) {
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  test::write_text(folder / "kept", "x");
  const auto inside = [&](const char* name) { return Arguments{(folder / name).string()}; };
  EXPECT_EQ(run(job_of("write", inside("new"))).result.end, SandboxEnd::kForbiddenAct);
  EXPECT_EQ(run(job_of("write", inside("kept"))).result.end, SandboxEnd::kForbiddenAct);
  EXPECT_EQ(run(job_of("unlink", inside("kept"))).result.end, SandboxEnd::kForbiddenAct);
  EXPECT_EQ(test::names_in(folder.path()), std::set<std::string>{"kept"});
}

TEST_F(Sandbox, AtFullLevelHidesAllFilesButTheSystems) {
  const auto reached = probe_sandbox();
  if (reached.level < SandboxLevel::kFull) GTEST_SKIP() << "not full here: " << reached.detail;
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  test::write_text(folder / "case", "x");
  EXPECT_EQ(run(job_of("read", {(folder / "case").string()})).output, std::strerror(EACCES));
  EXPECT_EQ(run(job_of("read", {"/etc/passwd"})).output, std::strerror(EACCES));
  EXPECT_EQ(run(job_of("read", {"/dev/urandom"})).output, "done");
}

TEST_F(Sandbox, StopsAnEndlessLoopByWallClock) {
  for (const char* worker : {"spin", "close-and-spin"}) {
    auto job = job_of(worker);
    job.limits.wall = std::chrono::seconds{1};
    EXPECT_EQ(run(job).result.end, SandboxEnd::kTimeout) << worker;
  }
}

TEST_F(Sandbox, StopsAnEndlessLoopByCpuTime) {
  auto job = job_of("spin");
  job.limits.cpu = std::chrono::seconds{1};
  EXPECT_EQ(run(job).result.end, SandboxEnd::kKilledByLimit);
}

TEST_F(Sandbox, StopsAMemoryHog) {
  if (detail::kSanitized) GTEST_SKIP() << "sanitizers need all the address space";
  auto job = job_of("memory");
  job.limits.memory_bytes = 512ULL * 1024 * 1024;
  EXPECT_EQ(run(job).result.end, SandboxEnd::kKilledByLimit);
}

TEST_F(Sandbox, StopsAHugeSparseFile) {
  const TemporaryFolder folder;
  const auto file = FileHandle::create(folder / "out");
  auto job = job_of("far");
  job.output_file = file.get();
  job.limits.file_bytes = 1'000'000;
  EXPECT_EQ(run(job).result.end, SandboxEnd::kKilledByLimit);
  EXPECT_EQ(std::filesystem::file_size(folder / "out"), 0U);
}

TEST_F(Sandbox, TellsACrashFromTheRest) {
  EXPECT_EQ(run(job_of("abort")).result.end, SandboxEnd::kCrashed);
  if (detail::kSanitized) GTEST_SKIP() << "sanitizers turn SIGSEGV into an exit";
  const Outcome outcome = run(job_of("crash"));
  EXPECT_EQ(outcome.result.end, SandboxEnd::kCrashed);
  EXPECT_EQ(outcome.result.signal, SIGSEGV);
}

TEST_F(Sandbox, TakesHugeOutputAndCutsHugeDiagnostics) {
  std::uint64_t bytes = 0;
  const auto result = run_sandboxed(job_of("flood"), [&](auto block) { bytes += block.size(); });
  EXPECT_EQ(result.end, SandboxEnd::kOk);
  EXPECT_EQ(bytes, 64ULL * 1024 * 1024);
  EXPECT_EQ(result.diagnostics.size(), 64U * 1024);
}

bool is_gone(pid_t pid) { return ::kill(pid, 0) != 0 && errno == ESRCH; }

TEST_F(Sandbox, KillsTheWorkerWhenTheParentStops) {
  struct Stop {};

  pid_t worker = 0;
  EXPECT_THROW(run_sandboxed(job_of("pid-and-spin"),
                             [&](std::span<const std::byte> bytes) {
                               const std::string text(reinterpret_cast<const char*>(bytes.data()),
                                                      bytes.size());
                               worker = std::stoi(text);
                               throw Stop();
                             }),
               Stop);
  ASSERT_GT(worker, 0);
  EXPECT_TRUE(is_gone(worker));
}

TEST_F(Sandbox, EndsTheWorkerWhenTheUserAsksToStop) {
  const int code = test::exit_code_of([] {
    install_interrupt_handler();
    const auto interrupt = [](std::span<const std::byte>) { std::raise(SIGINT); };
    const auto error = thrown_by([&] { run_sandboxed(job_of("pid-and-spin"), interrupt); });
    return error.word == "interrupted" ? 0 : 1;
  });
  EXPECT_EQ(code, 0);
}

/// A process that runs a worker which never ends; the worker's process id comes through `pipe`.
pid_t start_parent_of_endless_worker(int pipe) {
  const pid_t parent = ::fork();
  if (parent != 0) return parent;
  try {
    run_sandboxed(job_of("pid-and-spin"), [&](std::span<const std::byte> bytes) {
      if (::write(pipe, bytes.data(), bytes.size()) < 0) ::_exit(1);
    });
  } catch (const std::exception&) {
    ::_exit(1);
  }
  ::_exit(0);
}

TEST_F(Sandbox, TheWorkerDiesWithAKilledParent) {
  // The orphan is handed to this process, which can then wait for its end without polling.
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const FileHandle read_end(ends[0]);
  const FileHandle write_end(ends[1]);
  const pid_t parent = start_parent_of_endless_worker(write_end.get());
  std::array<char, 32> text{};
  ASSERT_GT(::read(read_end.get(), text.data(), text.size() - 1), 0);
  const pid_t worker = std::stoi(text.data());
  ASSERT_EQ(::kill(parent, SIGKILL), 0);
  ASSERT_EQ(::waitpid(parent, nullptr, 0), parent);
  int status = 0;
  ASSERT_EQ(::waitpid(worker, &status, 0), worker);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGKILL);
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

/// A kernel without Landlock that lends no namespaces, as far as this process can tell.
bool poorer_kernel() {
  return test::deny_call(SYS_landlock_create_ruleset, ENOSYS) &&
         test::deny_call(SYS_unshare, EPERM);
}

bool kernel_without_seccomp() {
  return test::deny_call(SYS_seccomp, ENOSYS) &&
         test::deny_call(SYS_prctl, EINVAL, {0, ~0U, PR_SET_SECCOMP});
}

TEST_F(Sandbox, OnAPoorerKernelReachesTheLeastLevelAndSaysWhatIsMissing) {
  const int code = test::exit_code_of([] {
    if (!poorer_kernel()) return test::kChildCannot;
    const auto reached = probe_sandbox();
    if (reached.level != SandboxLevel::kLeast) return 1;
    return reached.detail.find("landlock: not in this kernel") != std::string::npos ? 0 : 2;
  });
  EXPECT_EQ(code, 0);
}

TEST_F(Sandbox, AtTheLeastLevelStillStopsEveryForbiddenAct) {
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  const int code = test::exit_code_of([&] {
    if (!poorer_kernel()) return test::kChildCannot;
    for (const char* worker : {"socket", "connect", "exec", "fork", "write", "unlink"}) {
      const auto result = run(job_of(worker, {(folder / "new").string()})).result;
      if (result.end != SandboxEnd::kForbiddenAct) return 1;
    }
    return 0;
  });
  EXPECT_EQ(code, 0);
}

TEST_F(Sandbox, IsRefusedBelowTheLeastLevelThatIsAskedFor) {
  const int code = test::exit_code_of([] {
    if (!poorer_kernel()) return test::kChildCannot;
    auto job = job_of("echo");
    job.least = SandboxLevel::kFull;
    const auto error = thrown_by([&] { run(job); });
    if (error.word != "cannot_check") return 1;
    return error.message.find("sandbox_least") != std::string::npos ? 0 : 2;
  });
  EXPECT_EQ(code, 0);
}

TEST_F(Sandbox, WithoutSeccompRunsNothingUnlessThatIsAllowed) {
  const int code = test::exit_code_of([] {
    if (!kernel_without_seccomp()) return test::kChildCannot;
    auto job = job_of("echo", {"ran"});
    if (thrown_by([&] { run(job); }).word != "cannot_check") return 1;
    job.least = SandboxLevel::kNone;
    const Outcome outcome = run(job);
    return outcome.output == "|ran" && outcome.result.report.level == SandboxLevel::kNone ? 0 : 2;
  });
  EXPECT_EQ(code, 0);
}

}  // namespace
}  // namespace anjuan
