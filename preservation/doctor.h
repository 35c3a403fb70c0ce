#pragma once
// A self-test of what everything else rests on: digests, clock, disk sync, sandbox, the store.

#include <string>
#include <vector>

#include "core/clock.h"
#include "preservation/home.h"

namespace anjuan::preservation {

enum class Health { kSound, kWarning, kFailed, kNotChecked };

std::string_view health_word(Health health);  ///< "sound", "warning", "failed", "not_checked"

struct Checkup {
  std::string check;  ///< "digest", "clock", "disk_sync", "sandbox", "calendar", "replica"
  Health state = Health::kNotChecked;
  std::string detail;
};

/// Runs all checks; `home` nullptr = only those that need none. Takes about a second at most.
std::vector<Checkup> examine(const Home* home, const Clock& clock);

}  // namespace anjuan::preservation
