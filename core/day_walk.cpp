#include "core/day_walk.h"

#include <algorithm>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

using std::chrono::days;

// parse_instant() reads the years 0 to 9999; an offset may lead a day beyond them.
constexpr Day kFirstStart = std::chrono::year{-1} / 12 / 30;
constexpr Day kLastStart = std::chrono::year{10000} / 1 / 2;

class DayWalk {
 public:
  DayWalk(Day start, const WorkCalendar& calendar, const std::vector<PausedDays>& pauses)
      : calendar_(calendar), pauses_(pauses), day_(start) {}

  std::vector<DueStep> count(std::int64_t wanted, TimeUnit unit) {
    if (wanted > 0) step(DueStep::Kind::kStart, day_, "");
    if (unit == TimeUnit::kWorkday) {
      count_workdays(wanted);
    } else {
      count_days(wanted);
      roll_on();
    }
    step(DueStep::Kind::kDue, day_, work_note());
    return std::move(steps_);
  }

  Day day() const { return day_; }

 private:
  void count_workdays(std::int64_t wanted) {
    while (counted_ < wanted) {
      if (stood_still()) continue;
      day_ += days{1};
      if (!calendar_.is_working(day_)) {
        step(DueStep::Kind::kRest, day_, rest_note());
        continue;
      }
      ++counted_;
      if (counted_ < wanted) step(DueStep::Kind::kCounted, day_, work_note());
    }
  }

  void count_days(std::int64_t wanted) {
    while (counted_ < wanted) {
      if (stood_still()) continue;
      day_ += days{1};
      ++counted_;
      // The last day has a line of its own, unless the period rolls on from it.
      if (counted_ < wanted || !calendar_.is_working(day_)) {
        step(DueStep::Kind::kCounted, day_, "");
      }
    }
  }

  void roll_on() {
    while (!calendar_.is_working(day_)) {
      step(DueStep::Kind::kRolled, day_, rest_note());
      while (stood_still()) {
      }
      day_ += days{1};
    }
  }

  /// True if the next day lies in a pause, which is then left behind.
  bool stood_still() {
    const Day next = day_ + days{1};
    while (pause_ < pauses_.size() && pauses_[pause_].until < next) ++pause_;
    if (pause_ == pauses_.size() || pauses_[pause_].after >= next) return false;
    const PausedDays& pause = pauses_[pause_];
    steps_.push_back({DueStep::Kind::kPaused, next, pause.until, counted_, pause.reason});
    day_ = pause.until;
    return true;
  }

  /// Days that count alike, one after the other, share a line.
  void step(DueStep::Kind kind, Day day, const std::string& note) {
    if (!steps_.empty() && steps_.back().kind == kind && steps_.back().note == note &&
        steps_.back().last + days{1} == day) {
      steps_.back().last = day;
      steps_.back().count = counted_;
      return;
    }
    steps_.push_back({kind, day, day, counted_, note});
  }

  bool is_weekend() const {
    const std::chrono::weekday weekday{day_};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
  }

  std::string rest_note() const {
    std::string name = calendar_.name(day_);
    if (!name.empty() || is_weekend()) return name;
    return say_in(Language::kChinese, "calendar.name_holiday");
  }

  std::string work_note() const {
    if (!is_weekend() || !calendar_.is_working(day_)) return "";
    return say_in(Language::kChinese, "calendar.make_up");
  }

  const WorkCalendar& calendar_;
  const std::vector<PausedDays>& pauses_;
  std::size_t pause_ = 0;
  Day day_;
  std::int64_t counted_ = 0;
  std::vector<DueStep> steps_;
};

}  // namespace

bool is_countable(Instant from) {
  const Day start = day_of(from);
  return start >= kFirstStart && start <= kLastStart;
}

void require_countable(Instant from, std::int64_t count) {
  if (count < 0 || count > kPeriodMax) {
    throw Error(ErrorCode::kUsage, std::to_string(count),
                say("calendar.bad_count",
                    {{"count", std::to_string(count)}, {"most", std::to_string(kPeriodMax)}}));
  }
  if (!is_countable(from)) {
    throw Error(ErrorCode::kUsage, to_text(day_of(from)),
                say("calendar.bad_start", {{"day", to_text(day_of(from))}}));
  }
}

void mark_provisional(DueDate& due, const WorkCalendar& calendar) {
  const Day last = due.day();
  // Ends at the first day of a year without notice: never longer than the notices themselves.
  for (Day day = day_of(due.from) + days{1}; day <= last; day += days{1}) {
    if (calendar.is_known(day)) continue;
    due.is_provisional = true;
    due.unknown_year = static_cast<int>(std::chrono::year_month_day{day}.year());
    return;
  }
}

DueDate walk_days(Instant from, std::int64_t count, TimeUnit unit, const WorkCalendar& calendar,
                  const std::vector<PausedDays>& pauses) {
  require_countable(from, count);
  DayWalk walk(day_of(from), calendar, pauses);
  DueDate due;
  due.from = from;
  due.unit = unit;
  due.steps = walk.count(count, unit);
  due.due = end_of(walk.day());
  mark_provisional(due, calendar);
  return due;
}

}  // namespace anjuan
