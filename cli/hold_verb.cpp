// anjuan hold: what forbids the disposal of a package, placed, lifted and listed.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/holds.h"
#include "preservation/store/store.h"

namespace anjuan::cli {

namespace {

using preservation::Holds;
using rules::Hold;

struct HoldOptions {
  std::string package;
  std::string kind;
  std::string reason;
  std::string document;
  std::int64_t id = 0;
  bool all = false;
};

Json time_or_null(const std::optional<rules::HoldLift>& lift) {
  return lift ? Json::string(to_text(lift->at)) : Json::null();
}

Json json_of(const Hold& hold) {
  return json_line({{"hold", Json::integer(hold.id)},
                    {"package", Json::string(hold.package)},
                    {"kind", Json::string(std::string(rules::hold_word(hold.kind)))},
                    {"reason", Json::string(hold.reason)},
                    {"document", Json::string(hold.document)},
                    {"placed_by", Json::string(hold.placed_by)},
                    {"placed_at", Json::string(to_text(hold.placed_at))},
                    {"lifted_by", Json::string(hold.lifted ? hold.lifted->by : "")},
                    {"lifted_at", time_or_null(hold.lifted)},
                    {"lift_reason", Json::string(hold.lifted ? hold.lifted->reason : "")}});
}

void print(const Context& context, const Hold& hold) {
  const std::string document =
      hold.document.empty() ? "" : say("hold.document_shown", {{"document", hold.document}});
  context.print(say("hold.line", {{"id", std::to_string(hold.id)},
                                  {"package", hold.package},
                                  {"kind", rules::hold_name(hold.kind)},
                                  {"reason", hold.reason},
                                  {"document", document},
                                  {"by", hold.placed_by},
                                  {"at", to_text(hold.placed_at)}}));
  if (hold.lifted) {
    context.print(say("hold.line_lifted", {{"by", hold.lifted->by},
                                           {"at", to_text(hold.lifted->at)},
                                           {"reason", hold.lifted->reason}}));
  }
  context.emit(json_of(hold));
}

Holds open_holds(const Context& context) {
  return Holds::open(context.open_home().ledger_file(), context.clock());
}

/// The UUID of a stored package.
std::string stored(const Context& context, const std::string& text) {
  const auto home = context.open_home();
  const auto store = preservation::Store::open(home.path(), home.config(), context.clock(),
                                               preservation::OpenMode::kRead);
  const auto id = packager::PackageId::parse(text);
  if (store.find(id)) return id.uuid();
  throw Error(ErrorCode::kNotFound, text, say("cli.no_package", {{"package", text}}));
}

int place(Context& context, const HoldOptions& options) {
  const auto kind = rules::hold_kind_of(options.kind);
  if (!kind) {
    throw Error(ErrorCode::kUsage, "--kind", say("hold.bad_kind", {{"kind", options.kind}}));
  }
  const auto package = stored(context, options.package);
  auto holds = open_holds(context);
  print(context, holds.place({package, *kind, options.reason, options.document}, context.actor()));
  return 0;
}

int lift(Context& context, const HoldOptions& options) {
  print(context, open_holds(context).lift(options.id, options.reason, context.actor()));
  return 0;
}

int list(Context& context, const HoldOptions& options) {
  std::optional<std::string> package;
  if (!options.package.empty()) package = packager::PackageId::parse(options.package).uuid();
  const auto which = options.all ? Holds::Which::kAll : Holds::Which::kActive;
  const auto holds = open_holds(context).list(which, package);
  for (const Hold& hold : holds) print(context, hold);
  if (holds.empty()) context.print(say("hold.none"));
  return 0;
}

using Run = int (*)(Context&, const HoldOptions&);

CLI::App* add_act(CLI::App* verb, const std::string& name, const std::string& help, Action& action,
                  const std::shared_ptr<HoldOptions>& options, Run run) {
  CLI::App* act = verb->add_subcommand(name, help);
  act->fallthrough();
  act->callback([&action, options, run] {
    action = [options, run](Context& context) { return run(context, *options); };
  });
  return act;
}

}  // namespace

void declare_hold(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "hold");
  verb->require_subcommand(1);
  auto options = std::make_shared<HoldOptions>();
  CLI::App* placing = add_act(verb, "place", say("hold.place"), action, options, place);
  placing->add_option("PACKAGE-ID", options->package, say("hold.package"))->required();
  placing->add_option("--kind", options->kind, say("hold.kind"))->required();
  placing->add_option("--reason", options->reason, say("hold.reason"))->required();
  placing->add_option("--document", options->document, say("hold.document"));
  CLI::App* lifting = add_act(verb, "lift", say("hold.lift"), action, options, lift);
  lifting->add_option("HOLD", options->id, say("hold.id"))->required();
  lifting->add_option("--reason", options->reason, say("hold.lift_reason"))->required();
  CLI::App* listing = add_act(verb, "list", say("hold.list"), action, options, list);
  listing->add_option("PACKAGE-ID", options->package, say("hold.package"));
  listing->add_flag("--all", options->all, say("hold.all"));
}

}  // namespace anjuan::cli
