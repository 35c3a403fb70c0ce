#include "preservation/calendar_import.h"

#include <algorithm>

#include "core/durable.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/uuid.h"
#include "preservation/act_log.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

constexpr const char* kKind = "calendar import";

std::string file_name(int year) { return fmt::format("{}.json", year); }

std::string object_of(int year) { return "data/calendar/" + file_name(year); }

/// Where a notice that was replaced is kept: under its digest.
fs::path kept(const Home& home, const std::string& digest) {
  return home.calendar() / "replaced" / (digest + ".json");
}

/// The bytes of the notice in force: the home's own, else the one that is compiled in.
std::string bytes_in_force(const Home& home, int year) {
  const fs::path own = home.calendar() / file_name(year);
  if (fs::exists(own)) return read_file(own, kNoticeBytesMax);
  return std::string(embedded("calendar/" + file_name(year)));
}

void keep_replaced(const Home& home, const CalendarYear& notice) {
  const fs::path place = kept(home, notice.digest);
  create_folders_durably(place.parent_path());
  if (!fs::exists(place)) create_durably(place, bytes_in_force(home, notice.year));
}

std::vector<fs::path> files_of(const Home& home, const Act& act) {
  std::vector<fs::path> files{home.path() / act.object};
  if (!act.replaced.empty()) files.push_back(kept(home, act.replaced));
  return files;
}

/// An import that a crash cut in two took place if its file is there.
void settle(ActLog& acts, const Home& home) {
  sweep_unfinished(home.calendar());
  if (!acts.pending()) return;
  const Act act = *acts.pending();
  const fs::path file = home.path() / act.object;
  if (fs::exists(file) && digest_file(file).sha512 == act.digest) {
    acts.finish(files_of(home, act));
  } else {
    acts.abandon();
  }
}

/// True where a file lies in the home that no act put there, or that was changed since.
bool is_unrecorded(const Act* last, const Home& home, const CalendarYear& notice) {
  if (!fs::exists(home.path() / object_of(notice.year))) return false;
  return last == nullptr || last->digest != notice.digest;
}

void require_reason(const CalendarYear& notice, const CalendarImport& request) {
  if (!request.reason.empty()) return;
  const std::string year = std::to_string(notice.year);
  throw Error(ErrorCode::kConflict, year, say("calendar.reason_needed", {{"year", year}}));
}

}  // namespace

ImportedCalendar import_calendar(const Home& home, const CalendarImport& request,
                                 const Clock& clock, const Recompute& recompute) {
  const std::string bytes = read_file(request.file, kNoticeBytesMax);
  const CalendarYear notice = CalendarYear::parse(bytes, request.file.string());
  create_folders_durably(home.calendar());
  ActLog acts = ActLog::open(home);
  settle(acts, home);
  const WorkCalendar before = WorkCalendar::load(home.calendar());
  ImportedCalendar imported{notice.year, notice.title, notice.digest, true, 0};
  Act act{random_uuid(), kKind, request.actor, clock.now(), object_of(notice.year),
          notice.digest, "",    request.reason};
  if (const auto old = before.years().find(notice.year); old != before.years().end()) {
    const bool is_same = old->second.digest == notice.digest;
    imported.is_new = !is_same || is_unrecorded(acts.last_on(act.object), home, notice);
    if (!imported.is_new) return imported;
    if (!is_same) {
      require_reason(notice, request);
      keep_replaced(home, old->second);
      act.replaced = old->second.digest;
    }
  }
  acts.begin(act);
  replace_durably(home.path() / act.object, bytes);
  acts.finish(files_of(home, act));
  imported.recomputed = recompute(before, WorkCalendar::load(home.calendar()));
  return imported;
}

std::vector<std::string> unrecorded_notices(const Home& home) {
  std::vector<std::string> sentences;
  const auto acts = ActLog::open_if_any(home);
  const std::string pending = acts && acts->pending() ? acts->pending()->object : "";
  if (!pending.empty()) sentences.push_back(say("calendar.cut_in_two", {{"object", pending}}));
  const WorkCalendar in_force = WorkCalendar::load(home.calendar());
  for (const auto& [year, notice] : in_force.years()) {
    const std::string object = object_of(year);
    const Act* last = acts ? acts->last_on(object) : nullptr;
    if (object == pending || !is_unrecorded(last, home, notice)) continue;
    sentences.push_back(say("calendar.unrecorded", {{"object", object}}));
  }
  return sentences;
}

}  // namespace anjuan::preservation
