#pragma once
// The four-nature checks (四性检测) of the archiving phase, on a described case and its files.

#include "ingest/stages.h"
#include "preservation/rules/four_nature.h"

namespace anjuan::ingest {

/// Items that are not passed as findings: an infected file is an error and stops the case, whatever
/// a defect statement says; other items that failed are warnings, told and kept.
Inspection inspect(const DescribedCase& described, Instant now, const Desk& desk);

}  // namespace anjuan::ingest
