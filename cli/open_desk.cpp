#include "cli/open_desk.h"

namespace anjuan::cli {

namespace {

formats::IdentifierSources sources_of(const preservation::Home& home) {
  auto sources = formats::IdentifierSources::in_folder(home.data() / "pronom");
  sources.least = sandbox_level(home.config().intake.sandbox_least);
  return sources;
}

}  // namespace

OpenDesk::OpenDesk(Context& context, ingest::StepListener& steps)
    : home_(context.open_home()),
      store_(preservation::Store::open(home_.path(), home_.config(), context.clock())),
      law_(rules::LawBook::load(home_.data())),
      scanner_(preservation::VirusScanner::open(home_.config().virus.socket,
                                                home_.config().virus.bytes_max)),
      identifier_(formats::Identifier::open(sources_of(home_))),
      policy_(formats::FormatPolicy::load(home_.path())),
      index_(catalog::Index::open(home_.index_file())),
      desk_{home_.config(),
            home_.workspace(),
            store_,
            law_,
            scanner_,
            identifier_,
            policy_,
            home_.data() / "devices",
            context.clock(),
            context.actor(),
            steps,
            context.progress(),
            [this](const packager::PackageId& id) {
              const std::lock_guard guard(index_mutex_);
              index_.project(store_, id);
            }} {}

}  // namespace anjuan::cli
