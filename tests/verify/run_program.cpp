#include "tests/verify/run_program.h"

#include <fstream>
#include <iterator>

#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/denied_calls.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

constexpr int kCannotPrepare = 125;

bool restrict_sockets(Sockets sockets) {
  const auto forbid = [](std::uint32_t family) {
    return filter_call(SYS_socket, kKillProcess, {0, ~0U, family});
  };
  if (sockets == Sockets::kNone) return filter_call(SYS_socket, kKillProcess);
  return sockets == Sockets::kAny ||
         (forbid(AF_INET) && forbid(AF_INET6) && forbid(AF_NETLINK) && forbid(AF_PACKET));
}

[[noreturn]] void become(const std::vector<std::string>& words, const RunOptions& options) {
  if (options.without_network && ::unshare(CLONE_NEWNET) != 0) ::_exit(kCannotPrepare);
  if (!options.new_root.empty() && (::chroot(options.new_root.c_str()) != 0 || ::chdir("/") != 0)) {
    ::_exit(kCannotPrepare);
  }
  if (!restrict_sockets(options.sockets)) ::_exit(kCannotPrepare);
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  char* no_environment[] = {nullptr};
  ::execve(arguments[0], arguments.data(), no_environment);
  ::_exit(kCannotPrepare);
}

}  // namespace

Ran run(const std::vector<std::string>& words, const RunOptions& options) {
  const TemporaryFolder folder;
  const auto out = folder / "out";
  const auto err = folder / "err";
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    if (std::freopen(out.c_str(), "wb", stdout) == nullptr) ::_exit(kCannotPrepare);
    if (std::freopen(err.c_str(), "wb", stderr) == nullptr) ::_exit(kCannotPrepare);
    become(words, options);
  }
  int status = 0;
  if (::waitpid(child, &status, 0) != child) throw std::runtime_error("waitpid failed");
  Ran ran;
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ran.output = content(out);
  ran.errors = content(err);
  return ran;
}

}  // namespace anjuan::test
