#pragma once
// Runs a part of a test in a forked child: one that is killed, limited or given another world.

#include <exception>
#include <iostream>

#include <sys/wait.h>
#include <unistd.h>

namespace anjuan::test {

/// What a child returns when its world cannot be made here; the test then skips.
inline constexpr int kChildCannot = 77;
inline constexpr int kChildThrew = 99;

/// The child's wait status. `action` returns the exit code; what it throws is printed.
template <typename Action>
int wait_status_of(Action&& action) {
  const pid_t child = ::fork();
  if (child == 0) {
    int code = kChildThrew;
    try {
      code = action();
    } catch (const std::exception& error) {
      std::cerr << "child: " << error.what() << std::endl;
    }
    ::_exit(code);
  }
  int status = -1;
  if (child < 0 || ::waitpid(child, &status, 0) != child) return -1;
  return status;
}

/// The child's exit code, or -1 if it was killed.
template <typename Action>
int exit_code_of(Action&& action) {
  const int status = wait_status_of(std::forward<Action>(action));
  return status >= 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace anjuan::test
