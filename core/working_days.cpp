#include "core/working_days.h"

#include <algorithm>

#include "core/day_walk.h"
#include "core/durable.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

namespace fs = std::filesystem;
using std::chrono::days;

constexpr std::chrono::hours kOffset{8};
constexpr Day kFirstDay = std::chrono::year{-9999} / 1 / 1;
constexpr Day kLastDay = std::chrono::year{19999} / 12 / 31;

bool is_weekday(Day day) {
  const std::chrono::weekday weekday{day};
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

/// Mondays to Fridays in (after, until].
std::int64_t weekdays_between(Day after, Day until) {
  const auto weeks = (until - after) / days{7};
  std::int64_t count = weeks * 5;
  for (Day day = after + days{weeks * 7 + 1}; day <= until; day += days{1}) {
    if (is_weekday(day)) ++count;
  }
  return count;
}

/// A home's notices; other files are none, and there may be no folder.
std::vector<fs::path> notices_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (entry->path().extension() == ".json") files.push_back(entry->path());
  }
  if (failure && failure != std::errc::no_such_file_or_directory) {
    throw_errno(failure.value(), folder.string(), "kernel.read_failed");
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Named as it lies in a home: "data/calendar/2027.json".
CalendarYear read_notice(const fs::path& file) {
  const std::string name =
      (fs::path("data") / file.parent_path().filename() / file.filename()).string();
  CalendarYear year = CalendarYear::parse(read_file(file, kNoticeBytesMax), name);
  if (file.stem() != std::to_string(year.year)) {
    throw Error(ErrorCode::kInvalid, name,
                say("calendar.wrong_name", {{"file", name}, {"year", std::to_string(year.year)}}));
  }
  return year;
}

}  // namespace

Day day_of(Instant instant) {
  const Instant local = std::clamp(instant, Instant{kFirstDay}, Instant{kLastDay}) + kOffset;
  return std::chrono::floor<days>(local);
}

Instant start_of(Day day) { return Instant{day} - kOffset; }

Instant end_of(Day day) { return start_of(day + days{1}) - std::chrono::seconds{1}; }

std::string to_text(Day day) { return to_date_text(start_of(day)); }

std::string_view unit_word(TimeUnit unit) {
  constexpr std::string_view kWords[] = {"hour", "day", "workday"};
  return kWords[static_cast<std::size_t>(unit)];
}

WorkCalendar WorkCalendar::built_in() {
  static const WorkCalendar notices = [] {
    WorkCalendar calendar;
    for (const auto path : embedded_paths("calendar/")) {
      calendar.add(CalendarYear::parse(embedded(path), std::string(path)));
    }
    return calendar;
  }();
  return notices;
}

WorkCalendar WorkCalendar::load(const std::optional<fs::path>& folder) {
  WorkCalendar calendar = built_in();
  if (!folder) return calendar;
  for (const fs::path& file : notices_in(*folder)) calendar.add(read_notice(file));
  return calendar;
}

void WorkCalendar::add(CalendarYear year) {
  const int number = year.year;
  years_.insert_or_assign(number, std::move(year));
  listed_as_work_.clear();
  for (const auto& [ignored, notice] : years_) {
    for (const Day day : notice.off) listed_as_work_[day] = false;
    for (const Day day : notice.work) listed_as_work_[day] = true;
  }
}

bool WorkCalendar::is_working(Day day) const {
  const auto listed = listed_as_work_.find(day);
  return listed != listed_as_work_.end() ? listed->second : is_weekday(day);
}

bool WorkCalendar::is_statutory_holiday(Day day) const {
  return std::any_of(years_.begin(), years_.end(), [day](const auto& entry) {
    const auto& statutory = entry.second.statutory;
    return std::binary_search(statutory.begin(), statutory.end(), day);
  });
}

bool WorkCalendar::is_known(Day day) const {
  return listed_as_work_.contains(day) || years_.contains(year_of(day));
}

std::string WorkCalendar::name(Day day) const {
  for (auto notice = years_.rbegin(); notice != years_.rend(); ++notice) {
    const auto found = notice->second.names.find(day);
    if (found != notice->second.names.end()) return found->second;
  }
  return "";
}

std::optional<std::string> missing_notice(const WorkCalendar& calendar, Instant now) {
  const std::chrono::year_month_day today{day_of(now)};
  const int year = static_cast<int>(today.year());
  const int last = today.month() == std::chrono::December ? year + 1 : year;
  for (int wanted = year; wanted <= last; ++wanted) {
    if (calendar.years().contains(wanted)) continue;
    return say("calendar.alarm", {{"year", std::to_string(wanted)}});
  }
  return std::nullopt;
}

DueDate due_date(Instant from, std::int64_t count, TimeUnit unit, const WorkCalendar& calendar) {
  if (unit != TimeUnit::kHour) return walk_days(from, count, unit, calendar);
  require_countable(from, count);
  DueDate due;
  due.from = from;
  due.unit = unit;
  due.due = from + std::chrono::hours{count};
  due.steps = {{DueStep::Kind::kStart, day_of(from), day_of(from), 0, ""},
               {DueStep::Kind::kDue, due.day(), due.day(), count, ""}};
  mark_provisional(due, calendar);
  return due;
}

std::int64_t workdays_between(Day after, Day until, const WorkCalendar& calendar) {
  if (until <= after) return 0;
  std::int64_t count = weekdays_between(after, until);
  const auto& listed = calendar.listed_as_work();
  const auto end = listed.upper_bound(until);
  for (auto day = listed.upper_bound(after); day != end; ++day) {
    if (day->second != is_weekday(day->first)) count += day->second ? 1 : -1;
  }
  return count;
}

}  // namespace anjuan
