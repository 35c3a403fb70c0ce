#include "cli/context.h"

#include <cstdlib>
#include <iostream>

#include <CLI/CLI.hpp>

#include "cli/terminal_progress.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::cli {

namespace {

Language language_of(const std::string& option) {
  std::string word = option;
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = word.empty() ? std::getenv(variable) : nullptr;
    if (value != nullptr) word = value;
  }
  return word.starts_with("en") ? Language::kEnglish : Language::kChinese;
}

/// ANJUAN_FIXED_TIME makes packages repeatable byte for byte (tests, reproductions).
std::unique_ptr<Clock> make_clock() {
  const char* fixed = std::getenv("ANJUAN_FIXED_TIME");
  if (fixed != nullptr) return std::make_unique<FixedClock>(parse_instant(fixed));
  return std::make_unique<SystemClock>();
}

}  // namespace

Context::Context(const GlobalOptions& options) : options_(options) {
  set_language(language_of(options.language));
  clock_ = make_clock();
  progress_ = make_terminal_progress();
  actor_ = Actor::console_user();
}

std::filesystem::path Context::home_path() const {
  return preservation::Home::locate(options_.home);
}

preservation::Home Context::open_home() const { return preservation::Home::open(home_path()); }

std::optional<preservation::Home> Context::home_if_any() const {
  try {
    return open_home();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kHomeMissing) return std::nullopt;
    throw;
  }
}

std::optional<std::filesystem::path> Context::home_data() const {
  const auto home = home_if_any();
  if (!home) return std::nullopt;
  return home->data();
}

SandboxLevel Context::sandbox_least() const {
  const auto home = home_if_any();
  return home ? sandbox_level(home->config().intake.sandbox_least) : SandboxLevel::kLeast;
}

void Context::print(const std::string& text) const {
  if (!options_.json) std::cout << text << '\n' << std::flush;
}

void Context::emit(const Json& object) const {
  if (options_.json) std::cout << object.dump() << '\n' << std::flush;
}

void Context::diagnose(const std::string& text) const { std::cerr << text << '\n'; }

void Context::print_rule_finding(const Finding& finding) const {
  const bool is_failed = finding.result == CheckResult::kFailed;
  const std::string word = is_failed
                               ? fmt::format("cli.severity_{}", severity_word(finding.severity))
                               : fmt::format("cli.result_{}", result_word(finding.result));
  print(fmt::format("  {} {} {}", say(word), finding.code, finding.message));
  Json line = json_line({{"rule", Json::string(finding.code)},
                         {"article", Json::string(finding.basis)},
                         {"severity", Json::string(std::string(severity_word(finding.severity)))},
                         {"object", Json::string(finding.where)},
                         {"message", Json::string(finding.message)},
                         {"result", Json::string(std::string(result_word(finding.result)))}});
  if (!finding.basis_of_fact.empty()) {
    line.set("basis_of_fact", Json::string(finding.basis_of_fact));
  }
  emit(line);
}

CLI::App* add_verb(CLI::App& app, const std::string& verb) {
  CLI::App* sub = app.add_subcommand(verb, say("cli." + verb + ".help"));
  sub->fallthrough();
  sub->group(say("cli.word_Verbs"));
  sub->get_help_ptr()->group(say("cli.word_Options"));
  sub->footer("EXIT STATUS\n" + say("cli." + verb + ".exit"));
  return sub;
}

Json json_line(std::vector<Json::Member> members) { return Json::object(std::move(members)); }

}  // namespace anjuan::cli
