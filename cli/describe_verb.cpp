// anjuan describe: edits a package's description as a new version.
#include <CLI/CLI.hpp>

#include "cli/open_desk.h"
#include "core/error.h"
#include "core/messages.h"
#include "ingest/edit_description.h"

namespace anjuan::cli {

namespace {

struct DescribeOptions {
  std::string package;
  std::vector<std::string> settings;
  std::string reason;
};

DescriptionChange change_of(const std::string& setting) {
  const auto equals = setting.find('=');
  if (equals == setting.npos || equals == 0) {
    throw Error(ErrorCode::kUsage, setting, say("cli.describe.bad_set", {{"text", setting}}));
  }
  return {setting.substr(0, equals), setting.substr(equals + 1)};
}

int run_describe(Context& context, const DescribeOptions& options) {
  NoSteps steps;
  OpenDesk open(context, steps);
  ingest::DescriptionEdit edit{packager::PackageId::parse(options.package), {}, options.reason};
  for (const std::string& setting : options.settings) edit.changes.push_back(change_of(setting));
  const int version = ingest::edit_stored_description(edit, open.desk());
  context.print(say("cli.describe.done",
                    {{"package", edit.package.uuid()}, {"version", std::to_string(version)}}));
  context.emit(
      json_line({{"package", Json::string(edit.package.uuid())},
                 {"version", Json::integer(version)},
                 {"changed", Json::integer(static_cast<std::int64_t>(edit.changes.size()))}}));
  return 0;
}

}  // namespace

void declare_describe(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "describe");
  auto options = std::make_shared<DescribeOptions>();
  verb->add_option("PACKAGE-ID", options->package, say("cli.describe.package"))->required();
  verb->add_option("--set", options->settings, say("cli.describe.set"))->required();
  verb->add_option("--reason", options->reason, say("cli.describe.reason"))->required();
  verb->callback([&action, options] {
    action = [options](Context& context) { return run_describe(context, *options); };
  });
}

}  // namespace anjuan::cli
