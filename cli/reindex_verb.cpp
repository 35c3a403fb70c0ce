// anjuan reindex: rebuilds index.db from the packages alone.
#include <CLI/CLI.hpp>

#include "catalog/index/index.h"
#include "cli/context.h"
#include "core/messages.h"
#include "preservation/store/store.h"

namespace anjuan::cli {

void declare_reindex(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "reindex");
  verb->callback([&action] {
    action = [](Context& context) {
      const auto home = context.open_home();
      const auto store = preservation::Store::open(home.path(), home.config(), context.clock(),
                                                   preservation::OpenMode::kRead);
      const auto report = catalog::Index::reindex(home.index_file(), store, context.progress());
      for (const auto& finding : report.findings) context.diagnose(finding.message);
      context.print(say("cli.reindex.done", {{"packages", std::to_string(report.packages)},
                                             {"failed", std::to_string(report.unreadable)}}));
      context.emit(json_line({{"packages", Json::integer(report.packages)},
                              {"failed", Json::integer(report.unreadable)}}));
      return report.unreadable == 0 ? 0 : 3;
    };
  });
}

}  // namespace anjuan::cli
