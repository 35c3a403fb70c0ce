#include "tests/support/killed_child.h"

#include <cstdio>
#include <exception>
#include <fstream>

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/fault_point.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

namespace {

constexpr int kException = 99;

/// How many points this process has passed: the child goes on counting from there.
long points_passed() {
  const TemporaryFolder folder;
  const std::string file = folder / "points";
  ::setenv("ANJUAN_COUNT_POINTS", file.c_str(), 1);
  fault_point("test:probe");
  ::unsetenv("ANJUAN_COUNT_POINTS");
  long number = 0;
  std::ifstream(file) >> number;
  return number;
}

int status_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

pid_t start(const std::function<int()>& action) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child != 0) return child;
  int status = kException;
  try {
    status = action();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "child: %s\n", error.what());
  }
  std::fflush(nullptr);
  ::_exit(status);
}

}  // namespace

bool has_fault_points() {
#ifdef ANJUAN_FAULT_POINTS
  return true;
#else
  return false;
#endif
}

ChildEnd run_killed_at(long number, const std::function<void()>& action) {
  const long point = number == 0 ? 0 : points_passed() + number;
  const int status = status_of(start([&] {
    ::setenv("ANJUAN_KILL_AT", std::to_string(point).c_str(), 1);
    action();
    return 0;
  }));
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return ChildEnd::kKilled;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? ChildEnd::kFinished : ChildEnd::kFailed;
}

int run_in_child(const std::function<int()>& action) {
  const int status = status_of(start(action));
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace anjuan::test
