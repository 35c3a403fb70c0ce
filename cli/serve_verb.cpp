// anjuan serve: the catalog over HTTP, on this machine alone until accounts exist.
#include <chrono>
#include <thread>

#include <CLI/CLI.hpp>

#include "catalog/http/server.h"
#include "catalog/index/index.h"
#include "cli/context.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "preservation/store/store.h"

namespace anjuan::cli {

void declare_serve(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "serve");
  auto listen = std::make_shared<std::string>();
  verb->add_option("--listen", *listen, say("cli.serve.listen"));
  verb->callback([&action, listen] {
    action = [listen](Context& context) {
      const auto home = context.open_home();
      const auto store = preservation::Store::open(home.path(), home.config(), context.clock(),
                                                   preservation::OpenMode::kRead);
      auto index = catalog::Index::open(home.index_file());
      const catalog::CatalogServer::Options options{
          listen->empty() ? home.config().catalog.listen : *listen, context.clock(),
          catalog::HomeKind::kReal};
      catalog::CatalogServer server(index, store, options);
      const auto port = server.start();
      context.print(say("cli.serve.ready", {{"port", std::to_string(port)}}));
      context.emit(json_line({{"port", Json::integer(port)}}));
      while (!interrupt_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
      server.stop();
      return 0;
    };
  });
}

}  // namespace anjuan::cli
