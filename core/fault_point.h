#pragma once
// Points at which the crash tests kill the program. Compiled in only for tests
// (ANJUAN_FAULT_POINTS); in a release this is nothing.

#include <string_view>

namespace anjuan {

#ifdef ANJUAN_FAULT_POINTS
/// Counts the points passed. ANJUAN_KILL_AT=N kills this process (SIGKILL) at the N-th point;
/// ANJUAN_COUNT_POINTS=FILE appends "N name" for each point passed to FILE.
void fault_point(std::string_view name);
#else
inline void fault_point(std::string_view) {}
#endif

}  // namespace anjuan
