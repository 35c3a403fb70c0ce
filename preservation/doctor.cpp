#include "preservation/doctor.h"

#include "core/digest.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/sandbox.h"
#include "core/uuid.h"
#include "core/working_days.h"
#include "preservation/calendar_import.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

// Published test vectors: "abc" in FIPS 180-4 (SHA-512) and GB/T 32905-2016 A.1 (SM3).
constexpr std::string_view kSha512OfAbc =
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
    "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
constexpr std::string_view kSm3OfAbc =
    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";

/// This program did not exist before; a clock that says so is wrong.
constexpr std::string_view kBorn = "2026-11-01";

Checkup digests() {
  const Digests found = digest_bytes("abc");
  const bool right = found.sha512 == kSha512OfAbc && found.sm3 == kSm3OfAbc;
  return {"digest", right ? Health::kSound : Health::kFailed, "SHA-512, SM3"};
}

Checkup machine_clock(const Clock& clock) {
  const Instant now = clock.now();
  return {"clock", now >= parse_instant(kBorn) ? Health::kSound : Health::kFailed, to_text(now)};
}

Checkup disk_sync(const fs::path& folder) {
  const fs::path probe = folder / ("doctor-" + random_uuid());
  try {
    create_durably(probe, "probe");
    const bool same = read_file(probe) == "probe";
    fs::remove(probe);
    return {"disk_sync", same ? Health::kSound : Health::kFailed, folder.string()};
  } catch (const Error& error) {
    return {"disk_sync", Health::kFailed, error.what()};
  }
}

Checkup sandbox() {
  const SandboxReport report = probe_sandbox();
  const bool enough = report.level != SandboxLevel::kNone;
  return {"sandbox", enough ? Health::kSound : Health::kFailed, report.detail};
}

/// What stands between a home and periods that can be relied on.
std::vector<std::string> calendar_faults(const Home* home, const WorkCalendar& calendar,
                                         const Clock& clock) {
  std::vector<std::string> faults;
  if (home != nullptr) faults = unrecorded_notices(*home);
  if (const auto alarm = missing_notice(calendar, clock.now())) faults.push_back(*alarm);
  return faults;
}

Checkup calendar(const Home* home, const Clock& clock) {
  try {
    const auto notices =
        home != nullptr ? WorkCalendar::load(home->calendar()) : WorkCalendar::built_in();
    std::string detail;
    for (const std::string& fault : calendar_faults(home, notices, clock)) detail += fault;
    if (!detail.empty()) return {"calendar", Health::kWarning, detail};
    for (const auto& [year, ignored] : notices.years()) {
      detail += (detail.empty() ? "" : ", ") + std::to_string(year);
    }
    return {"calendar", Health::kSound, detail};
  } catch (const Error& error) {
    const bool busy = error.code() == ErrorCode::kBusy;
    return {"calendar", busy ? Health::kNotChecked : Health::kFailed, error.what()};
  }
}

}  // namespace

std::string_view health_word(Health health) {
  constexpr std::string_view kWords[] = {"sound", "warning", "failed", "not_checked"};
  return kWords[static_cast<std::size_t>(health)];
}

std::vector<Checkup> examine(const Home* home, const Clock& clock) {
  std::vector<Checkup> checkups{digests(), machine_clock(clock), sandbox(), calendar(home, clock)};
  if (home == nullptr) {
    checkups.push_back({"disk_sync", Health::kNotChecked, say("doctor.no_home")});
    return checkups;
  }
  checkups.push_back(disk_sync(home->workspace()));
  return checkups;
}

}  // namespace anjuan::preservation
