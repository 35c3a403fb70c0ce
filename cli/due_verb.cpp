// anjuan due: a statutory period, and how it was counted.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/working_days.h"

namespace anjuan::cli {

namespace {

struct DueOptions {
  std::string from;
  std::int64_t count = 0;
  std::string unit;
};

TimeUnit unit_of(const std::string& word) {
  if (word == unit_word(TimeUnit::kHour)) return TimeUnit::kHour;
  return word == unit_word(TimeUnit::kDay) ? TimeUnit::kDay : TimeUnit::kWorkday;
}

Instant start_of_period(const std::string& from) {
  try {
    return parse_instant(from);
  } catch (const Error& error) {
    throw Error(ErrorCode::kUsage, from, error.what());
  }
}

/// Days are written as dates: the period ends with their last second.
std::string written(Instant instant, TimeUnit unit) {
  return unit == TimeUnit::kHour ? to_text(instant) : to_date_text(instant);
}

std::string kind_word(DueStep::Kind kind) {
  constexpr std::string_view kWords[] = {"start", "counted", "rest", "rolled", "paused", "due"};
  return std::string(kWords[static_cast<std::size_t>(kind)]);
}

Json steps_of(const DueDate& due) {
  const auto texts = calculation(due);
  Json steps = Json::array();
  for (std::size_t i = 0; i < due.steps.size(); ++i) {
    const DueStep& step = due.steps[i];
    steps.append(json_line({{"kind", Json::string(kind_word(step.kind))},
                            {"first", Json::string(to_text(step.first))},
                            {"last", Json::string(to_text(step.last))},
                            {"count", Json::integer(step.count)},
                            {"note", Json::string(step.note)},
                            {"text", Json::string(texts.at(i))}}));
  }
  return steps;
}

int run_due(Context& context, const DueOptions& options) {
  const TimeUnit unit = unit_of(options.unit);
  const auto home = context.home_if_any();
  const auto calendar = home ? WorkCalendar::load(home->calendar()) : WorkCalendar::built_in();
  const DueDate due = due_date(start_of_period(options.from), options.count, unit, calendar);
  context.print(
      say(due.is_provisional ? "cli.due.provisional" : "cli.due.result",
          {{"due", unit == TimeUnit::kHour ? minute_text(due.due) : to_date_text(due.due)}}));
  for (const std::string& line : calculation(due)) context.print("  " + line);
  context.emit(json_line({{"from", Json::string(written(due.from, unit))},
                          {"n", Json::integer(options.count)},
                          {"unit", Json::string(options.unit)},
                          {"due", Json::string(written(due.due, unit))},
                          {"provisional", Json::boolean(due.is_provisional)},
                          {"steps", steps_of(due)}}));
  return 0;
}

}  // namespace

void declare_due(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "due");
  auto options = std::make_shared<DueOptions>();
  verb->add_option("FROM", options->from, say("cli.due.from"))->required();
  verb->add_option("N", options->count, say("cli.due.count"))->required();
  verb->add_option("UNIT", options->unit, say("cli.due.unit"))
      ->required()
      ->check(CLI::IsMember({"workday", "day", "hour"}));
  verb->callback([&action, options] {
    action = [options](Context& context) { return run_due(context, *options); };
  });
}

}  // namespace anjuan::cli
