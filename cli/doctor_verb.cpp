// anjuan doctor: a self-test, with or without a home.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/messages.h"
#include "preservation/doctor.h"
#include "preservation/store/store.h"

namespace anjuan::cli {

namespace {

using preservation::Health;

int run_doctor(Context& context) {
  const auto home = context.home_if_any();
  auto checkups = preservation::examine(home ? &*home : nullptr, context.clock());
  if (home) {
    const auto store = preservation::Store::open(home->path(), home->config(), context.clock(),
                                                 preservation::OpenMode::kRead);
    const bool same = store.replica_on_same_device();
    checkups.push_back(
        {"replica", same ? Health::kWarning : Health::kSound,
         same ? say("cli.doctor.same_device") : home->config().storage.replica.string()});
  }
  bool failed = false;
  for (const auto& checkup : checkups) {
    const std::string word(preservation::health_word(checkup.state));
    failed = failed || checkup.state == Health::kFailed;
    context.print(say("cli.doctor.line", {{"state", say("doctor.state_" + word)},
                                          {"check", say("doctor.check_" + checkup.check)},
                                          {"detail", checkup.detail}}));
    context.emit(json_line({{"check", Json::string(checkup.check)},
                            {"state", Json::string(word)},
                            {"detail", Json::string(checkup.detail)}}));
  }
  return failed ? 3 : 0;
}

}  // namespace

void declare_doctor(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "doctor");
  verb->callback([&action] { action = [](Context& context) { return run_doctor(context); }; });
}

}  // namespace anjuan::cli
