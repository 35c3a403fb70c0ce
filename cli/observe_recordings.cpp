#include "cli/observe_recordings.h"

namespace anjuan::cli {

ingest::MeasuredMedia observe_recordings(Context& context, const ingest::SeenCase& seen,
                                         const rules::LawBook& law) {
  const auto data = context.home_data();
  const auto devices = data ? std::optional(*data / "devices") : std::nullopt;
  return ingest::observe_seen(seen, law, devices, context.sandbox_least(), context.progress());
}

}  // namespace anjuan::cli
