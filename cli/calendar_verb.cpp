// anjuan calendar: the State Council's notices that periods are counted by.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/messages.h"
#include "preservation/calendar_import.h"
#include "preservation/recomputed_periods.h"

namespace anjuan::cli {

namespace {

struct ImportOptions {
  std::filesystem::path file;
  std::string reason;
};

/// Judges every stored package by both calendars.
preservation::Recompute recompute_over(Context& context, const preservation::Home& home) {
  return [&context, &home](const WorkCalendar& before, const WorkCalendar& after) {
    const auto store = preservation::Store::open(home.path(), home.config(), context.clock(),
                                                 preservation::OpenMode::kRead);
    return preservation::recomputed_packages(store, rules::LawBook::load(home.data()), before,
                                             after);
  };
}

int run_import(Context& context, const ImportOptions& options) {
  const auto home = context.open_home();
  const auto imported =
      preservation::import_calendar(home, {options.file, options.reason, context.actor()},
                                    context.clock(), recompute_over(context, home));
  const std::string year = std::to_string(imported.year);
  const std::string sentence = imported.is_new ? "cli.calendar.imported" : "cli.calendar.already";
  context.print(say(sentence, {{"year", year}, {"title", imported.title}}));
  if (imported.recomputed > 0) {
    context.print(
        say("cli.calendar.recomputed", {{"packages", std::to_string(imported.recomputed)}}));
  }
  context.emit(
      json_line({{"year", Json::integer(imported.year)},
                 {"digest", Json::string(imported.digest)},
                 {"recomputed", Json::integer(static_cast<std::int64_t>(imported.recomputed))}}));
  return 0;
}

int run_list(Context& context) {
  const auto home = context.home_if_any();
  const auto built_in = WorkCalendar::built_in();
  const auto calendar = home ? WorkCalendar::load(home->calendar()) : built_in;
  for (const auto& [year, notice] : calendar.years()) {
    const auto ours = built_in.years().find(year);
    const bool is_own = ours == built_in.years().end() || ours->second.digest != notice.digest;
    const std::string state = is_own ? "own" : "built-in";
    context.print(say("cli.calendar.line",
                      {{"year", std::to_string(year)},
                       {"state", say(is_own ? "cli.calendar.own" : "cli.calendar.built_in")},
                       {"title", notice.title},
                       {"source", notice.source_url}}));
    context.emit(json_line({{"year", Json::integer(year)},
                            {"title", Json::string(notice.title)},
                            {"source", Json::string(notice.source_url)},
                            {"state", Json::string(state)},
                            {"digest", Json::string(notice.digest)}}));
  }
  if (const auto alarm = missing_notice(calendar, context.clock().now())) {
    context.diagnose(*alarm);
  }
  return 0;
}

/// "calendar WORD".
CLI::App* add_word(CLI::App& verb, const std::string& word) {
  CLI::App* sub = verb.add_subcommand(word, say("cli.calendar." + word));
  sub->fallthrough();
  sub->get_help_ptr()->group(say("cli.word_Options"));
  return sub;
}

}  // namespace

void declare_calendar(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "calendar");
  verb->require_subcommand(1);
  CLI::App* bring = add_word(*verb, "import");
  auto options = std::make_shared<ImportOptions>();
  bring->add_option("FILE", options->file, say("cli.calendar.file"))->required();
  bring->add_option("--reason", options->reason, say("cli.calendar.reason"));
  bring->callback([&action, options] {
    action = [options](Context& context) { return run_import(context, *options); };
  });
  CLI::App* list = add_word(*verb, "list");
  list->callback([&action] { action = [](Context& context) { return run_list(context); }; });
}

}  // namespace anjuan::cli
