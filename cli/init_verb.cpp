// anjuan init: makes an archive home.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/messages.h"
#include "preservation/store/store.h"

namespace anjuan::cli {

void declare_init(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "init");
  verb->callback([&action] {
    action = [](Context& context) {
      const auto home = preservation::Home::create(context.home_path());
      preservation::Store::create(home.path(), home.config());
      const std::string config = (home.path() / "anjuan.toml").string();
      context.print(say("cli.init.done", {{"home", home.path().string()}, {"config", config}}));
      context.emit(json_line(
          {{"home", Json::string(home.path().string())}, {"config", Json::string(config)}}));
      return 0;
    };
  });
}

}  // namespace anjuan::cli
