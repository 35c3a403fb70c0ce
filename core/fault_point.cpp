#include "core/fault_point.h"

#ifdef ANJUAN_FAULT_POINTS

#include <atomic>
#include <cstdlib>
#include <fstream>

#include <signal.h>

namespace anjuan {

void fault_point(std::string_view name) {
  static std::atomic<long> passed{0};
  const long number = ++passed;
  if (const char* file = std::getenv("ANJUAN_COUNT_POINTS")) {
    std::ofstream(file, std::ios::app) << number << ' ' << name << '\n';
  }
  const char* kill_at = std::getenv("ANJUAN_KILL_AT");
  if (kill_at != nullptr && std::strtol(kill_at, nullptr, 10) == number) ::raise(SIGKILL);
}

}  // namespace anjuan

#endif
