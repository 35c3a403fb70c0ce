#include "cli/open_desk.h"

namespace anjuan::cli {

OpenDesk::OpenDesk(Context& context, ingest::StepListener& steps)
    : home_(context.open_home()),
      store_(preservation::Store::open(home_.path(), home_.config(), context.clock())),
      law_(rules::LawBook::load(home_.data())),
      scanner_(preservation::VirusScanner::open(home_.config().virus.socket,
                                                home_.config().virus.bytes_max)),
      index_(catalog::Index::open(home_.index_file())),
      desk_{home_.config(),
            home_.workspace(),
            store_,
            law_,
            scanner_,
            context.clock(),
            context.actor(),
            steps,
            context.progress(),
            [this](const packager::PackageId& id) {
              const std::lock_guard guard(index_mutex_);
              index_.project(store_, id);
            }} {}

}  // namespace anjuan::cli
