// anjuan adopt: a package made elsewhere, kept whole as a foreign package.
#include <CLI/CLI.hpp>

#include "cli/open_desk.h"
#include "core/messages.h"
#include "ingest/adopt.h"

namespace anjuan::cli {

namespace {

void print_finding(const Context& context, const Finding& finding) {
  const bool not_checked = finding.result == CheckResult::kNotChecked;
  const std::string level =
      not_checked ? say("verify.level_not_checked")
                  : say(fmt::format("cli.severity_{}", severity_word(finding.severity)));
  const std::string where = finding.where.empty() ? "" : "  " + finding.where;
  if (finding.severity != Severity::kInfo) {
    context.print(fmt::format("  {} {}{}\n    {}", level, finding.code, where, finding.message));
  }
  context.emit(json_line({{"code", Json::string(finding.code)},
                          {"level", Json::string(std::string(severity_word(finding.severity)))},
                          {"where", Json::string(finding.where)},
                          {"message", Json::string(finding.message)}}));
}

std::string outcome_sentence(const ingest::Adoption& adoption) {
  const std::string verdict{packager::verdict_word(adoption.found.verdict)};
  const std::string files = std::to_string(adoption.files);
  switch (adoption.outcome) {
    case ingest::Outcome::kStored:
      return say("adopt.stored", {{"name", adoption.name},
                                  {"package", adoption.package},
                                  {"files", files},
                                  {"verdict", say("adopt.verdict_" + verdict)}});
    case ingest::Outcome::kAlreadyStored:
      return say("adopt.already", {{"name", adoption.name}, {"package", adoption.package}});
    case ingest::Outcome::kStopped:
      break;
  }
  return say(adoption.found.kind == "unknown" ? "adopt.unknown" : "adopt.stopped",
             {{"name", adoption.name}});
}

int report(const Context& context, const ingest::Adoption& adoption) {
  const auto verdict = adoption.found.verdict;
  const std::string word{packager::verdict_word(verdict)};
  for (const Finding& finding : adoption.found.findings) print_finding(context, finding);
  context.print(outcome_sentence(adoption));
  context.emit(json_line({{"package", Json::string(adoption.package)},
                          {"kind", Json::string(adoption.found.kind)},
                          {"files", Json::integer(static_cast<std::int64_t>(adoption.files))},
                          {"verdict", Json::string(word)}}));
  return adoption.outcome == ingest::Outcome::kStopped ? packager::exit_status(verdict) : 0;
}

int run_adopt(Context& context, const ingest::AdoptOrder& order) {
  NoSteps steps;
  OpenDesk open(context, steps);
  return report(context, ingest::adopt(order, open.desk()));
}

}  // namespace

void declare_adopt(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "adopt");
  auto order = std::make_shared<ingest::AdoptOrder>();
  verb->add_option("PATH", order->path, say("adopt.path"))->required();
  verb->add_option("--reason", order->reason, say("adopt.reason"))->required();
  verb->callback([&action, order] {
    action = [order](Context& context) { return run_adopt(context, *order); };
  });
}

}  // namespace anjuan::cli
