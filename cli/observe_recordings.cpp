#include "cli/observe_recordings.h"

#include "ingest/media.h"

namespace anjuan::cli {

rules::MediaFactsById observe_recordings(Context& context, const ingest::SeenCase& seen,
                                         const rules::LawBook& law) {
  const auto data = context.home_data();
  const auto devices = data ? std::optional(*data / "devices") : std::nullopt;
  return ingest::observe_seen(seen, law, devices, context.sandbox_least(), context.progress())
      .facts();
}

}  // namespace anjuan::cli
