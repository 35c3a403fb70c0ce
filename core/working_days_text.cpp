// How a calculation reads aloud.
#include <array>

#include "core/messages.h"
#include "core/working_days.h"

namespace anjuan {

namespace {

using Kind = DueStep::Kind;
using std::chrono::days;

struct HolidayName {
  std::string_view chinese;  ///< as the notices write it
  std::string_view message;
};

constexpr std::array<HolidayName, 8> kHolidayNames{{
    {"元旦", "calendar.name_new_year"},
    {"春节", "calendar.name_spring_festival"},
    {"清明节", "calendar.name_tomb_sweeping"},
    {"劳动节", "calendar.name_labour"},
    {"端午节", "calendar.name_dragon_boat"},
    {"中秋节", "calendar.name_mid_autumn"},
    {"国庆节", "calendar.name_national"},
    {"节假日", "calendar.name_holiday"},
}};

std::string one_name(std::string_view chinese) {
  for (const HolidayName& name : kHolidayNames) {
    if (name.chinese == chinese) return say(name.message);
  }
  return std::string(chinese);
}

/// "中秋节、国庆节" is two names.
std::string holiday(std::string_view names) {
  constexpr std::string_view kComma = "、";
  std::string text;
  for (auto comma = names.find(kComma); comma != names.npos; comma = names.find(kComma)) {
    text += one_name(names.substr(0, comma)) + say("calendar.name_comma");
    names.remove_prefix(comma + kComma.size());
  }
  return text + one_name(names);
}

std::string weekday_name(Day day) {
  return say(fmt::format("calendar.weekday_{}", std::chrono::weekday{day}.c_encoding()));
}

bool is_work_step(const DueStep& step) {
  return step.kind == Kind::kCounted || step.kind == Kind::kDue;
}

/// "2026-02-14（周六，调休上班）" or "2026-02-15至02-23 ".
std::string span(const DueStep& step) {
  const std::string first = to_text(step.first);
  if (step.first == step.last) {
    const bool made_up = is_work_step(step) && !step.note.empty();
    return say(made_up ? "calendar.day_make_up" : "calendar.day",
               {{"day", first}, {"weekday", weekday_name(step.first)}});
  }
  std::string last = to_text(step.last);
  const auto year_end = first.rfind('-', first.rfind('-') - 1) + 1;
  if (last.starts_with(first.substr(0, year_end))) last.erase(0, year_end);
  return say("calendar.days", {{"first", first}, {"last", last}});
}

/// "第1至5个工作日", "第3日".
std::string counted(const DueStep& step, TimeUnit unit) {
  const auto length = (step.last - step.first) / days{1};
  const std::string word(unit_word(unit));
  if (length == 0) {
    return say("calendar.counted_" + word, {{"count", std::to_string(step.count)}});
  }
  return say("calendar.counted_" + word + "s", {{"first", std::to_string(step.count - length)},
                                                {"last", std::to_string(step.count)}});
}

std::string due_line(const DueStep& step, const DueDate& due, bool rolled) {
  if (step.count == 0 && !rolled) return say("calendar.due_same_day", {{"days", span(step)}});
  if (rolled) return say("calendar.due_rolled", {{"days", span(step)}});
  return say("calendar.due", {{"days", span(step)}, {"counted", counted(step, due.unit)}});
}

std::string line_of(const DueStep& step, const DueDate& due, bool rolled) {
  switch (step.kind) {
    case Kind::kStart:
      return say("calendar.start", {{"days", span(step)}});
    case Kind::kCounted:
      return span(step) + counted(step, due.unit);
    case Kind::kRest:
      return step.note.empty()
                 ? say("calendar.rest_weekend", {{"days", span(step)}})
                 : say("calendar.rest", {{"days", span(step)}, {"name", holiday(step.note)}});
    case Kind::kRolled:
      return step.note.empty()
                 ? say("calendar.rolled_weekend", {{"days", span(step)}})
                 : say("calendar.rolled", {{"days", span(step)}, {"name", holiday(step.note)}});
    case Kind::kPaused:
      return say("calendar.paused", {{"days", span(step)}, {"reason", step.note}});
    case Kind::kDue:
      break;
  }
  return due_line(step, due, rolled);
}

std::vector<std::string> hour_lines(const DueDate& due) {
  std::vector<std::string> lines{say("calendar.start_hour", {{"time", minute_text(due.from)}})};
  for (const DueStep& step : due.steps) {
    if (step.kind != Kind::kPaused) continue;
    lines.push_back(say("calendar.paused", {{"days", span(step)}, {"reason", step.note}}));
  }
  lines.push_back(say("calendar.due_hour", {{"time", minute_text(due.due)},
                                            {"count", std::to_string(due.steps.back().count)}}));
  return lines;
}

}  // namespace

std::string minute_text(Instant instant) {
  std::string text = to_text(instant);
  text[text.find('T')] = ' ';
  return text.substr(0, text.find(' ') + 6);
}

std::vector<std::string> calculation(const DueDate& due) {
  std::vector<std::string> lines;
  if (due.unit == TimeUnit::kHour) {
    lines = hour_lines(due);
  } else {
    bool rolled = false;
    for (const DueStep& step : due.steps) {
      rolled = rolled || step.kind == Kind::kRolled;
      lines.push_back(line_of(step, due, rolled));
    }
  }
  if (due.is_provisional) {
    lines.push_back(say("calendar.provisional", {{"year", std::to_string(due.unknown_year)}}));
  }
  return lines;
}

std::string calculation_text(const DueDate& due) {
  std::string text;
  for (const std::string& line : calculation(due)) {
    if (!text.empty()) text += say("calendar.line_break");
    text += line;
  }
  return text + say("calendar.line_end");
}

}  // namespace anjuan
