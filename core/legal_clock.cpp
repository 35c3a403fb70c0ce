#include "core/legal_clock.h"

#include <algorithm>

#include "core/day_walk.h"
#include "core/messages.h"

namespace anjuan {

namespace {

using std::chrono::days;
using std::chrono::hours;

/// Where a pause without end is taken to end: beyond all that any period reaches.
constexpr Instant kNoEnd = Instant{std::chrono::sys_days{std::chrono::year{19999} / 1 / 1}};

std::string length_text(std::int64_t count, TimeUnit unit) {
  return say(fmt::format("calendar.length_{}", unit_word(unit)),
             {{"count", std::to_string(count)}});
}

std::string day_text(Instant instant) { return to_text(day_of(instant)); }

/// A pause as it stands against the clock: sorted, within it, with an end.
struct Standstill {
  Instant from;
  Instant until;
  std::string reason;

  bool is_open() const { return until == kNoEnd; }
};

class ClockReader {
 public:
  ClockReader(const LegalClock& clock, const WorkCalendar& calendar)
      : clock_(clock), calendar_(calendar), start_(clock.restarted.value_or(clock.from)) {}

  ClockReading read() {
    reading_.count = clock_.count;
    check_numbers();
    if (reading_.problems.empty()) check_times();
    if (reading_.problems.empty()) order_pauses();
    if (reading_.problems.empty()) extend();
    if (!reading_.problems.empty()) return std::move(reading_);
    conclude(count_to(reading_.count));
    return std::move(reading_);
  }

 private:
  void problem(std::string_view id, std::initializer_list<MessageArgument> arguments = {}) {
    reading_.problems.push_back(say(id, arguments));
  }

  void check_numbers() {
    if (clock_.count < 0 || clock_.count > kPeriodMax) {
      problem("calendar.bad_count",
              {{"count", std::to_string(clock_.count)}, {"most", std::to_string(kPeriodMax)}});
    }
    if (clock_.pauses.size() > kClockPausesMax || clock_.extensions.size() > kClockExtensionsMax) {
      problem("calendar.clock_too_many", {{"pauses", std::to_string(kClockPausesMax)},
                                          {"extensions", std::to_string(kClockExtensionsMax)}});
    }
  }

  void check_times() {
    check_time(clock_.from);
    if (clock_.restarted) check_time(*clock_.restarted);
    for (const ClockPause& pause : clock_.pauses) {
      check_time(pause.from);
      if (pause.until) check_time(*pause.until);
      if (pause.until && *pause.until < pause.from) {
        problem("calendar.clock_reversed", {{"reason", pause.reason},
                                            {"from", day_text(pause.from)},
                                            {"until", day_text(*pause.until)}});
      }
    }
    for (const ClockExtension& extension : clock_.extensions) check_time(extension.decided);
    if (start_ < clock_.from) {
      problem("calendar.clock_restart_early",
              {{"from", day_text(clock_.from)}, {"restarted", day_text(start_)}});
    }
  }

  void check_time(Instant instant) {
    if (!is_countable(instant)) problem("calendar.bad_start", {{"day", day_text(instant)}});
  }

  void order_pauses() {
    for (const ClockPause& pause : clock_.pauses) {
      if (pause.from < clock_.from) {
        problem("calendar.clock_pause_early", {{"reason", pause.reason},
                                               {"from", day_text(clock_.from)},
                                               {"pause", day_text(pause.from)}});
      }
      pauses_.push_back({pause.from, pause.until.value_or(kNoEnd), pause.reason});
    }
    std::stable_sort(pauses_.begin(), pauses_.end(), [](const auto& one, const auto& other) {
      return std::pair(one.from, one.until) < std::pair(other.from, other.until);
    });
    for (std::size_t i = 1; i < pauses_.size(); ++i) {
      if (pauses_[i].from >= pauses_[i - 1].until) continue;
      problem("calendar.clock_overlap", {{"one", pauses_[i - 1].reason},
                                         {"other", pauses_[i].reason},
                                         {"day", day_text(pauses_[i].from)}});
    }
    // What paused before the new start is of no account.
    std::erase_if(pauses_, [this](const Standstill& pause) { return pause.until <= start_; });
    for (Standstill& pause : pauses_) pause.from = std::max(pause.from, start_);
  }

  void extend() {
    auto extensions = clock_.extensions;
    std::stable_sort(extensions.begin(), extensions.end(), [](const auto& one, const auto& other) {
      return one.decided < other.decided;
    });
    for (const ClockExtension& extension : extensions) {
      if (extension.count <= 0 || extension.count > kPeriodMax - reading_.count) {
        return problem("calendar.bad_count", {{"count", std::to_string(extension.count)},
                                              {"most", std::to_string(kPeriodMax)}});
      }
      const DueDate before = count_to(reading_.count);
      if (extension.decided < start_ || extension.decided > before.due) {
        return problem("calendar.clock_extension_late", {{"decided", day_text(extension.decided)},
                                                         {"from", day_text(start_)},
                                                         {"due", to_text(before.day())}});
      }
      reading_.count += extension.count;
      extension_lines_.push_back(
          say("calendar.clock_extended", {{"day", day_text(extension.decided)},
                                          {"reason", extension.reason},
                                          {"length", length_text(extension.count, clock_.unit)},
                                          {"whole", length_text(reading_.count, clock_.unit)}}));
    }
  }

  DueDate count_to(std::int64_t count) const {
    if (clock_.unit == TimeUnit::kHour) return count_hours(count);
    std::vector<PausedDays> paused;
    for (const Standstill& pause : pauses_) {
      paused.push_back({day_of(pause.from), day_of(pause.until), pause.reason});
    }
    return walk_days(start_, count, clock_.unit, calendar_, paused);
  }

  DueDate count_hours(std::int64_t count) const {
    DueDate due = due_date(start_, 0, TimeUnit::kHour, calendar_);
    due.steps.pop_back();
    due.due = start_ + hours{count};
    auto running_since = start_;
    std::chrono::milliseconds run{0};
    for (const Standstill& pause : pauses_) {
      if (pause.from >= due.due) break;
      run += pause.from - running_since;
      running_since = pause.until;
      due.steps.push_back({DueStep::Kind::kPaused, day_of(pause.from), day_of(pause.until),
                           std::chrono::floor<hours>(run).count(), pause.reason});
      due.due += pause.until - pause.from;
    }
    due.steps.push_back({DueStep::Kind::kDue, due.day(), due.day(), count, ""});
    mark_provisional(due, calendar_);
    return due;
  }

  /// The step at which a pause without end was met, if it was.
  static const DueStep* open_pause(const DueDate& due) {
    for (const DueStep& step : due.steps) {
      if (step.kind == DueStep::Kind::kPaused && step.last == day_of(kNoEnd)) return &step;
    }
    return nullptr;
  }

  /// A pause that begins when the period runs out changes nothing.
  bool is_late(const Standstill& pause, const DueDate& due) const {
    if (clock_.unit == TimeUnit::kHour) return pause.from >= due.due;
    return day_of(pause.from) >= due.day();
  }

  void conclude(DueDate due) {
    const DueStep* open = open_pause(due);
    reading_.is_paused = open != nullptr;
    reading_.counted = open != nullptr ? open->count : reading_.count;
    list_intervals(due);
    begin_lines();
    if (open != nullptr) return stand_still(std::move(due), *open);
    for (const Standstill& pause : pauses_) {
      if (!is_late(pause, due)) continue;
      reading_.remarks.push_back(say(
          "calendar.clock_pause_late",
          {{"reason", pause.reason}, {"day", day_text(pause.from)}, {"due", to_text(due.day())}}));
    }
    for (std::string& line : calculation(due)) reading_.lines.push_back(std::move(line));
    reading_.due = std::move(due);
  }

  void begin_lines() {
    if (clock_.restarted) {
      reading_.lines.push_back(say("calendar.clock_restarted",
                                   {{"day", day_text(start_)}, {"from", day_text(clock_.from)}}));
    }
    for (const std::string& line : extension_lines_) reading_.lines.push_back(line);
  }

  /// The calculation so far, and what is left.
  void stand_still(DueDate due, const DueStep& open) {
    const std::string since = day_text(pauses_.back().from);
    const std::string left = length_text(reading_.count - open.count, clock_.unit);
    const std::string run = length_text(open.count, clock_.unit);
    const std::string reason = open.note;
    const auto at = std::find_if(due.steps.begin(), due.steps.end(),
                                 [](const DueStep& step) { return step.last == day_of(kNoEnd); });
    due.steps.erase(at, due.steps.end());
    due.is_provisional = false;
    for (std::string& line : running_lines(due)) reading_.lines.push_back(std::move(line));
    reading_.lines.push_back(
        say("calendar.clock_paused",
            {{"day", since}, {"reason", reason}, {"run", run}, {"left", left}}));
  }

  /// Hours have no lines for single days: only the start is told.
  static std::vector<std::string> running_lines(DueDate due) {
    if (due.unit != TimeUnit::kHour) return calculation(due);
    due.steps.push_back({DueStep::Kind::kDue, due.day(), due.day(), 0, ""});
    auto lines = calculation(due);
    lines.pop_back();
    return lines;
  }

  void list_intervals(const DueDate& due) {
    Instant since = start_;
    for (const Standstill& pause : pauses_) {
      if (is_late(pause, due)) break;
      if (since < pause.from) reading_.intervals.push_back({since, pause.from, true, ""});
      reading_.intervals.push_back({pause.from,
                                    pause.is_open() ? std::nullopt : std::optional(pause.until),
                                    false, pause.reason});
      since = pause.until;
    }
    if (since < due.due && since != kNoEnd) {
      reading_.intervals.push_back({since, due.due, true, ""});
    }
  }

  const LegalClock& clock_;
  const WorkCalendar& calendar_;
  Instant start_;
  std::vector<Standstill> pauses_;
  std::vector<std::string> extension_lines_;
  ClockReading reading_;
};

}  // namespace

ClockReading read_clock(const LegalClock& clock, const WorkCalendar& calendar) {
  return ClockReader(clock, calendar).read();
}

}  // namespace anjuan
