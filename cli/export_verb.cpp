// anjuan export: a stored package in a form that others use.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/messages.h"
#include "core/text.h"
#include "preservation/exports.h"

namespace anjuan::cli {

namespace {

struct ExportVerbOptions {
  std::string package;
  std::string form;
  std::filesystem::path out;
  std::string reason;
};

int run_export(Context& context, const ExportVerbOptions& options) {
  const auto home = context.open_home();
  const auto store = preservation::Store::open(home.path(), home.config(), context.clock(),
                                               preservation::OpenMode::kRead);
  const preservation::ExportOrder order{packager::PackageId::parse(options.package),
                                        preservation::export_form(options.form).value(),
                                        options.out, options.reason};
  const auto report = preservation::export_package(store, home.config(), order, context.clock(),
                                                   context.progress());
  const std::string package = order.package.uuid();
  for (const std::string& path : report.from_replica) {
    context.diagnose(say("export.from_replica", {{"path", path}, {"package", package}}));
  }
  context.print(say("export.done", {{"package", package},
                                    {"version", std::to_string(report.version)},
                                    {"files", std::to_string(report.files)},
                                    {"bytes", human_bytes(report.bytes)},
                                    {"out", report.out.string()},
                                    {"sha512", report.sha512}}));
  context.emit(json_line({{"out", Json::string(report.out.string())},
                          {"bytes", Json::integer(static_cast<std::int64_t>(report.bytes))},
                          {"sha512", Json::string(report.sha512)}}));
  return 0;
}

}  // namespace

void declare_export(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "export");
  auto options = std::make_shared<ExportVerbOptions>();
  verb->add_option("PACKAGE-ID", options->package, say("export.package"))->required();
  verb->add_option("OUT", options->out, say("export.out"))->required();
  verb->add_option("--as", options->form, say("export.form"))
      ->required()
      ->check(CLI::IsMember(preservation::export_form_words()));
  verb->add_option("--reason", options->reason, say("export.reason"));
  verb->callback([&action, options] {
    action = [options](Context& context) { return run_export(context, *options); };
  });
}

}  // namespace anjuan::cli
