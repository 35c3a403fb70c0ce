#pragma once
// Working days by the State Council's yearly notices, and the arithmetic of statutory periods.
//
// A day is the civil date at +08:00, whatever the zone of the machine. The start day is not
// counted; a period in days that ends on a rest day ends on the next working day; hours run
// through (行政处罚法 Art. 85, 民事诉讼法 Art. 85). Every result carries its own calculation.
// Sources: schemas/calendar/*.json; docs/formats/calendar.md.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"

namespace anjuan {

/// Most bytes of a notice; they have some 3 KB.
inline constexpr std::uint64_t kNoticeBytesMax = 256 * 1024;

/// A civil date at +08:00.
using Day = std::chrono::sys_days;

/// Times before the year -9999 or after 19999 are taken for the limit.
Day day_of(Instant instant);
/// 00:00:00 and 23:59:59 of the day at +08:00.
Instant start_of(Day day);
Instant end_of(Day day);
/// "2026-02-24".
std::string to_text(Day day);

enum class TimeUnit { kHour, kDay, kWorkday };

/// One notice: a file of schemas/calendar or of a home's data/calendar.
struct CalendarYear {
  int year = 0;
  std::string title;
  std::string doc_no;
  std::string source_url;
  std::vector<Day> off;              ///< rest days by the notice, sorted
  std::vector<Day> work;             ///< rest days that are worked (调休), sorted
  std::vector<Day> statutory;        ///< 法定节假日 proper, sorted
  std::map<Day, std::string> names;  ///< "春节"
  std::string digest;                ///< SHA-512 of the file, lower-case hexadecimal

  /// Throws Error(kInvalid) with subject, line and reason for anything that is no calendar.
  static CalendarYear parse(std::string_view json, const std::string& subject);
};

class WorkCalendar {
 public:
  /// The notices that are compiled in.
  static WorkCalendar built_in();
  /// Those, and on top the notices of a home: `folder`/YEAR.json, if there are any.
  /// Throws Error(kInvalid) with file, line and reason.
  static WorkCalendar load(const std::optional<std::filesystem::path>& folder);

  /// Replaces the notice of the same year. Where two notices list one day, the later year's counts.
  void add(CalendarYear year);

  const std::map<int, CalendarYear>& years() const { return years_; }

  bool is_working(Day day) const;
  /// 法定节假日 (行政强制法 Art. 43).
  bool is_statutory_holiday(Day day) const;
  /// False if the day's year has no file and no loaded file lists the day: what is computed over it
  /// is provisional.
  bool is_known(Day day) const;
  /// "国庆节", or "".
  std::string name(Day day) const;

  /// Days that some notice lists as rest or as worked, by day.
  const std::map<Day, bool>& listed_as_work() const { return listed_as_work_; }

 private:
  std::map<int, CalendarYear> years_;
  std::map<Day, bool> listed_as_work_;  ///< of all notices: days are looked up by date, not by file
};

/// One line of a calculation: a day, or a run of days that count alike.
struct DueStep {
  enum class Kind {
    kStart,    ///< the start day, not counted
    kCounted,  ///< counted day or days, up to `count`
    kRest,     ///< not counted: rest days
    kRolled,   ///< the period ended on a rest day and rolls on
    kPaused,   ///< not counted: the clock stood still (core/legal_clock.h)
    kDue,      ///< the result
  };
  Kind kind = Kind::kCounted;
  Day first;
  Day last;
  std::int64_t count = 0;  ///< of units after this line
  std::string note;        ///< "春节", "调休上班", why it is paused; "" for ordinary days
};

struct DueDate {
  Instant due;  ///< end of the due day; for hours the exact instant
  bool is_provisional = false;
  std::vector<DueStep> steps;
  Instant from{};
  TimeUnit unit = TimeUnit::kWorkday;
  int unknown_year = 0;  ///< where provisional: the first year that a notice is wanted of

  Day day() const { return day_of(due); }
};

inline constexpr std::int64_t kPeriodMax = 100 * 366;

/// `count` units after `from`, 0 <= count <= kPeriodMax, `from` in the years 0 to 9999 or a day
/// beside them. Throws Error(kUsage) beyond. Nought working days end with the start day itself;
/// nought days too, unless it is a rest day: then they roll on like any number of days.
DueDate due_date(Instant from, std::int64_t count, TimeUnit unit, const WorkCalendar& calendar);

/// Each line of the calculation as words in the current language; a provisional result says so.
std::vector<std::string> calculation(const DueDate& due);
/// The same as one sentence:
/// "2026-02-13（周五）起算，当日不计；…；2026-02-24（周二）第2个工作日，届满。"
std::string calculation_text(const DueDate& due);

/// From 1 December, or earlier if the year's own is missing: that a notice must be imported.
std::optional<std::string> missing_notice(const WorkCalendar& calendar, Instant now);

/// "2026-02-13 08:00" at +08:00, for people: no law counts seconds.
std::string minute_text(Instant instant);

/// "hour", "day", "workday".
std::string_view unit_word(TimeUnit unit);

/// Working days in (after, until]; 0 if until <= after.
std::int64_t workdays_between(Day after, Day until, const WorkCalendar& calendar);

}  // namespace anjuan
