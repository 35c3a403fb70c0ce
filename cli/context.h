#pragma once
// What every verb is given: the global options, the streams, the clock and the actor.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/actor.h"
#include "core/clock.h"
#include "core/finding.h"
#include "core/json.h"
#include "core/progress.h"
#include "core/sandbox.h"
#include "preservation/home.h"

namespace CLI {
class App;
}

namespace anjuan::cli {

/// Options that stand before or after the verb.
struct GlobalOptions {
  std::optional<std::filesystem::path> home;
  bool json = false;
  std::string language;  ///< "zh-CN", "en" or "" = from LANG
};

class Context {
 public:
  explicit Context(const GlobalOptions& options);

  bool json() const { return options_.json; }

  const Clock& clock() const { return *clock_; }

  const Actor& actor() const { return actor_; }

  Progress& progress() { return *progress_; }

  std::filesystem::path home_path() const;
  /// Throws Error(kHomeMissing) if there is none.
  preservation::Home open_home() const;
  /// The data/ folder of the home, if there is a home: what it holds overrides what is compiled in.
  std::optional<std::filesystem::path> home_data() const;
  /// The home if there is one: some verbs also work where none was made yet.
  std::optional<preservation::Home> home_if_any() const;

  /// How well children must be confined: as the home says (intake.sandbox_least), else kLeast.
  SandboxLevel sandbox_least() const;

  /// A result for people: a line on stdout (nothing with --json).
  void print(const std::string& text) const;
  /// A result for programs: one JSON object on a line of stdout (nothing without --json).
  void emit(const Json& object) const;
  /// A diagnostic: a line on stderr.
  void diagnose(const std::string& text) const;
  /// A finding in the form of the mode: `check` and `ingest` call its code "rule".
  void print_rule_finding(const Finding& finding) const;

 private:
  GlobalOptions options_;
  std::unique_ptr<Clock> clock_;
  std::unique_ptr<Progress> progress_;
  Actor actor_;
};

/// What main() runs after parsing; returns the exit status.
using Action = std::function<int(Context&)>;

/// Adds a verb: `words` as typed, help from message "cli.VERB.help" and its exit statuses.
CLI::App* add_verb(CLI::App& app, const std::string& verb);

/// Each declares its options and sets `action` when the verb is chosen.
void declare_init(CLI::App& app, Action& action);
void declare_check(CLI::App& app, Action& action);
void declare_ingest(CLI::App& app, Action& action);
void declare_verify(CLI::App& app, Action& action);
void declare_describe(CLI::App& app, Action& action);
void declare_list(CLI::App& app, Action& action);
void declare_serve(CLI::App& app, Action& action);
void declare_reindex(CLI::App& app, Action& action);
void declare_config(CLI::App& app, Action& action);
void declare_doctor(CLI::App& app, Action& action);
void declare_export(CLI::App& app, Action& action);
void declare_adopt(CLI::App& app, Action& action);
void declare_four_nature(CLI::App& app, Action& action);
void declare_forms(CLI::App& app, Action& action);
void declare_due(CLI::App& app, Action& action);
void declare_calendar(CLI::App& app, Action& action);
void declare_retention(CLI::App& app, Action& action);
void declare_hold(CLI::App& app, Action& action);
void declare_probe(CLI::App& app, Action& action);
void declare_transcode(CLI::App& app, Action& action);
void declare_continuity(CLI::App& app, Action& action);

/// A member for emit(): json_line({{"case", "..."}, ...}).
Json json_line(std::vector<Json::Member> members);

}  // namespace anjuan::cli
