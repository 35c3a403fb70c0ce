#pragma once
// The two kinds of source, each brought into the staging: a folder, and a container of one.

#include "core/config.h"
#include "core/progress.h"
#include "ingest/gather_staging.h"
#include "ingest/submission.h"

namespace anjuan::ingest {

/// Copies what is not there yet; staging.end() is set when it returns.
/// Throws as gather() does.
void gather_folder(const Submission& submission, Staging& staging, const Config::Intake& limits,
                   Progress& progress);

/// The same for a container. After a crash it is read again from its start, but entries that were
/// finished are neither written nor digested again.
void gather_container(const Submission& submission, Staging& staging, const Config::Intake& limits,
                      Progress& progress);

}  // namespace anjuan::ingest
