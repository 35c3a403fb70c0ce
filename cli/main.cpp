// anjuan: one program, one file per verb, no logic here.
#include <clocale>
#include <iostream>

#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "core/sandbox.h"

namespace {

using namespace anjuan;

/// The language must be known before the help texts are made: --lang is looked up first.
cli::GlobalOptions language_first(int argc, char** argv) {
  cli::GlobalOptions options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--lang" && i + 1 < argc) options.language = argv[i + 1];
    if (argument.starts_with("--lang=")) options.language = argument.substr(7);
  }
  return options;
}

/// CLI11's own words, in the user's language.
void translate(CLI::App& app) {
  const auto formatter = app.get_formatter();
  for (const char* word :
       {"Usage", "OPTIONS", "Options", "SUBCOMMAND", "Positionals", "REQUIRED", "Excludes"}) {
    formatter->label(word, say(std::string("cli.word_") + word));
  }
  app.set_help_flag("-h,--help", say("cli.option_help"));
  app.option_defaults()->group(say("cli.word_Options"));
  app.get_option("--help")->group(say("cli.word_Options"));
}

void declare_global_options(CLI::App& app, cli::GlobalOptions& options) {
  app.add_option("--home", options.home, say("cli.option_home"));
  app.add_flag("--json", options.json, say("cli.option_json"));
  app.add_option("--lang", options.language, say("cli.option_lang"))
      ->check(CLI::IsMember({"zh-CN", "en"}));
  app.set_version_flag("--version", std::string("anjuan ") + ANJUAN_VERSION,
                       say("cli.option_version"));
  app.require_subcommand(1);
}

int run(const cli::GlobalOptions& options, const cli::Action& action) {
  cli::Context context(options);
  try {
    return action(context);
  } catch (const Error& error) {
    context.diagnose(error.what());
    context.emit(cli::json_line({{"error", Json::string(std::string(error_word(error.code())))},
                                 {"subject", Json::string(error.subject())},
                                 {"message", Json::string(error.what())}}));
    return exit_status(error.code());
  } catch (const std::exception& defect) {
    context.diagnose(say("cli.unexpected", {{"reason", defect.what()}}));
    return 1;
  }
}

/// CLI11's kind of error in the user's language; its own text follows in brackets.
std::string kind_of(const CLI::ParseError& error) {
  for (const char* kind : {"RequiredError", "ExtrasError", "ValidationError", "ExcludesError"}) {
    if (error.get_name() == kind) return say(std::string("cli.usage_") + kind);
  }
  return say("cli.usage_other");
}

using Declare = void (*)(CLI::App& app, cli::Action& action);

/// In the order of the help.
constexpr Declare kVerbs[] = {
    &cli::declare_init,        &cli::declare_check,     &cli::declare_due,
    &cli::declare_calendar,    &cli::declare_ingest,    &cli::declare_forms,
    &cli::declare_verify,      &cli::declare_describe,  &cli::declare_probe,
    &cli::declare_continuity,  &cli::declare_transcode, &cli::declare_list,
    &cli::declare_four_nature, &cli::declare_retention, &cli::declare_hold,
    &cli::declare_export,      &cli::declare_adopt,     &cli::declare_serve,
    &cli::declare_reindex,     &cli::declare_config,    &cli::declare_doctor,
};

int parse_and_run(int argc, char** argv) {
  cli::GlobalOptions options = language_first(argc, argv);
  const cli::Context early(options);  // sets the language of the help texts
  CLI::App app(say("cli.about"), "anjuan");
  translate(app);
  declare_global_options(app, options);
  cli::Action action;
  for (const auto declare : kVerbs) {
    declare(app, action);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::cerr << say("cli.usage_error", {{"what", kind_of(error)}, {"reason", error.what()}})
              << '\n';
    return exit_status(ErrorCode::kUsage);
  }
  return run(options, action);
}

}  // namespace

int main(int argc, char** argv) {
  if (const auto status = run_if_worker(argc, argv)) return *status;
  std::setlocale(LC_CTYPE, "C.UTF-8");
  install_interrupt_handler();
  try {
    return parse_and_run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
