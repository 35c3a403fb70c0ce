#pragma once
// What a package keeps of its check: the report, the rules in force, the defect statement.

#include <vector>

#include "ingest/accession.h"
#include "ingest/stages.h"
#include "packager/package_draft.h"

namespace anjuan::ingest {

/// metadata/other: checks.xml, rules.json, review.xml, four-nature.xml and, where there is a
/// statement, defects.xml with the scan of its signed sheet.
std::vector<packager::DraftMetadata> check_documents(const NormalisedCase& normalised,
                                                     Instant judged, const Desk& desk);

/// The sentence of the PREMIS event of the four-nature checks, in Chinese.
std::string inspection_event_detail(const Inspection& inspection);

/// The sentence of the PREMIS event "validation", in Chinese.
std::string check_event_detail(const CheckedCase& checked);

/// "success", or "warning" where findings stand beside a defect statement.
std::string check_event_outcome(const CheckedCase& checked);

}  // namespace anjuan::ingest
