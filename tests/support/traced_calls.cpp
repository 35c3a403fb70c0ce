#include "tests/support/traced_calls.h"

#include <map>

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace anjuan::test {

namespace {

struct Call {
  const char* name;
  bool on_descriptor;  ///< its first argument is one, and it matters what it names
};

const std::map<long, Call>& watched() {
  static const std::map<long, Call> calls{
      {SYS_write, {"write", false}},         {SYS_fsync, {"fsync", true}},
      {SYS_fdatasync, {"fdatasync", true}},  {SYS_syncfs, {"syncfs", false}},
      {SYS_linkat, {"linkat", false}},       {SYS_rename, {"rename", false}},
      {SYS_renameat2, {"renameat2", false}}, {SYS_mkdir, {"mkdir", false}},
      {SYS_unlink, {"unlink", false}},       {SYS_ftruncate, {"ftruncate", false}}};
  return calls;
}

std::string kind_of(pid_t child, std::uint64_t descriptor) {
  const std::string path = "/proc/" + std::to_string(child) + "/fd/" + std::to_string(descriptor);

  struct stat status {};

  if (::stat(path.c_str(), &status) != 0) return " ?";
  return S_ISDIR(status.st_mode) ? " folder" : " file";
}

void note(pid_t child, std::vector<std::string>& seen) {
  __ptrace_syscall_info info{};
  if (::ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info) <= 0) return;
  if (info.op != PTRACE_SYSCALL_INFO_ENTRY) return;
  const auto found = watched().find(static_cast<long>(info.entry.nr));
  if (found == watched().end()) return;
  std::string text = found->second.name;
  if (found->second.on_descriptor) text += kind_of(child, info.entry.args[0]);
  seen.push_back(text);
}

[[noreturn]] void run_traced(void (*action)(const std::string&), const std::string& folder) {
  if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(1);
  ::raise(SIGSTOP);
  action(folder);
  ::_exit(0);
}

}  // namespace

std::vector<std::string> traced_calls(void (*action)(const std::string& folder),
                                      const std::string& folder) {
  const pid_t child = ::fork();
  if (child == 0) run_traced(action, folder);
  std::vector<std::string> seen;
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return seen;
  ::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  while (::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0) {
    if (::waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) break;
    if (WSTOPSIG(status) == (SIGTRAP | 0x80)) note(child, seen);
  }
  return seen;
}

}  // namespace anjuan::test
