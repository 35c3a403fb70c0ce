#pragma once
// Runs an action in a child process that is killed at its n-th fault point (core/fault_point.h).

#include <functional>

namespace anjuan::test {

enum class ChildEnd {
  kFinished,  ///< the action returned
  kKilled,    ///< SIGKILL at the fault point
  kFailed,    ///< an exception or another signal
};

/// False if the fault points are not compiled in (their tests are then skipped).
bool has_fault_points();

/// Kills at fault point `number` from the start of the action; 0 = never.
ChildEnd run_killed_at(long number, const std::function<void()>& action);

/// Runs the action in a child; returns its exit status (what `action` returns), or -1.
int run_in_child(const std::function<int()>& action);

}  // namespace anjuan::test
