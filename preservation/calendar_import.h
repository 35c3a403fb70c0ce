#pragma once
// Import of a year's notice of working days: an act with a record. The file is checked, put into
// the home durably, and the act is written to the journal of acts with its PREMIS event.
//
// Killed at any point, the home has the old notice or the new one; the next act completes the
// record of an import that was cut in two.

#include <filesystem>
#include <functional>
#include <string>

#include "core/actor.h"
#include "core/clock.h"
#include "core/working_days.h"
#include "preservation/home.h"

namespace anjuan::preservation {

struct CalendarImport {
  std::filesystem::path file;
  std::string reason;  ///< needed where a year is replaced
  Actor actor;
};

struct ImportedCalendar {
  int year = 0;
  std::string title;
  std::string digest;
  bool is_new = false;  ///< false: the same notice was in force already
  std::size_t recomputed = 0;
};

/// Counts the stored packages that have a period which was provisional by the first calendar and
/// is not by the second.
using Recompute = std::function<std::size_t(const WorkCalendar&, const WorkCalendar&)>;

/// Throws Error(kInvalid) with file, line and reason for a bad file, Error(kConflict) where the
/// year is there in other words and no reason is given, Error(kBusy).
ImportedCalendar import_calendar(const Home& home, const CalendarImport& request,
                                 const Clock& clock, const Recompute& recompute);

/// What is amiss with a home's imported notices, as sentences: an act that was cut in two, a file
/// that no act put there. Throws Error(kInvalid) for a bad file.
std::vector<std::string> unrecorded_notices(const Home& home);

}  // namespace anjuan::preservation
