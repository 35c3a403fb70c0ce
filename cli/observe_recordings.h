#pragma once
// For verbs that look at a submission without storing it.

#include "cli/context.h"
#include "ingest/media.h"
#include "ingest/seen_case.h"
#include "preservation/rules/law_book.h"

namespace anjuan::cli {

/// The recordings that are here; the others are judged by their declaration.
ingest::MeasuredMedia observe_recordings(Context& context, const ingest::SeenCase& seen,
                                         const rules::LawBook& law);

}  // namespace anjuan::cli
