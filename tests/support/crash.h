#pragma once
// Kills an action at every fault point in turn (core/fault_point.h).

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "core/fault_point.h"
#include "tests/support/child.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

struct CrashPoint {
  long number = 0;  ///< from 1, counted from the start of the action
  std::string name;
};

inline std::vector<CrashPoint> read_points(const std::filesystem::path& file) {
  std::vector<CrashPoint> points;
  std::ifstream in(file);
  CrashPoint point;
  while (in >> point.number && std::getline(in >> std::ws, point.name)) points.push_back(point);
  return points;
}

/// The points that `action` passes when it is not disturbed, run in a child. None if the program
/// was built without them.
template <typename Action>
std::vector<CrashPoint> crash_points_of(Action&& action) {
  const TemporaryFolder folder;
  const auto file = folder / "points";
  exit_code_of([&] {
    ::setenv("ANJUAN_COUNT_POINTS", file.c_str(), 1);
    fault_point("start");
    action();
    return 0;
  });
  auto points = read_points(file);
  if (points.empty()) return points;
  const long start = points.front().number;
  points.erase(points.begin());
  for (auto& point : points) point.number -= start;
  return points;
}

/// True if the action, run in a child, was killed at the point, as it must be.
template <typename Action>
bool killed_at(const CrashPoint& point, Action&& action) {
  const TemporaryFolder folder;
  const auto file = folder / "start";
  const int status = wait_status_of([&] {
    ::setenv("ANJUAN_COUNT_POINTS", file.c_str(), 1);
    fault_point("start");  // The child has inherited the parent's count.
    ::unsetenv("ANJUAN_COUNT_POINTS");
    const auto passed = read_points(file);
    if (passed.empty()) return 1;
    const long number = passed.front().number + point.number;
    ::setenv("ANJUAN_KILL_AT", std::to_string(number).c_str(), 1);
    action();
    return 0;
  });
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

}  // namespace anjuan::test
