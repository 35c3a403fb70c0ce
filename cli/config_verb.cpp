// anjuan config show: the effective configuration.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/messages.h"

namespace anjuan::cli {

void declare_config(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "config");
  CLI::App* show = verb->add_subcommand("show", say("cli.config.show"));
  show->fallthrough();
  verb->require_subcommand(1);
  show->callback([&action] {
    action = [](Context& context) {
      const std::string text = context.open_home().config().show();
      context.print(text);
      context.emit(json_line({{"config", Json::string(text)}}));
      return 0;
    };
  });
}

}  // namespace anjuan::cli
