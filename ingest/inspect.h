#pragma once
// The four-nature checks (四性检测) of the archiving phase, on a described case and its files.

#include "ingest/stages.h"
#include "preservation/rules/four_nature.h"

namespace anjuan::ingest {

/// An infected file is a finding that stops the case, whatever a defect statement says. Other items
/// that failed are told in one sentence (inspection_note()) and kept.
Inspection inspect(const DescribedCase& described, Instant now, const Desk& desk);

/// "四性检测：通过 20 项，未通过 1 项（…），未执行 17 项": for the screen.
std::string inspection_note(const Inspection& inspection);

}  // namespace anjuan::ingest
