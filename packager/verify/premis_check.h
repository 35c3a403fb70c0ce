#pragma once
// The PREMIS documents of one package, read in the order of their names as one append-only
// history: units complete, identifiers unique, agents described, references resolved, fixities
// equal to the bytes on the disk. One function for our packages and for every other E-ARK package.
//
// Codes: AIP16 and AIP18 of the E-ARK AIP specification 2.2.0; PREMIS-* are ours
// (docs/formats/verify-report.md).

#include <filesystem>
#include <string>
#include <vector>

#include "packager/verify/aip_tree.h"
#include "packager/verify/finding_sink.h"
#include "packager/verify/premis_history.h"

namespace anjuan::packager {

/// Checks all `documents` (paths inside the package, PREMIS 2.x or 3.0; others are reported as not
/// checked). A later document may describe a file again: the last description of a path counts.
/// Throws Error(kInterrupted) only.
void check_premis(const std::filesystem::path& root, const AipTree& tree,
                  std::vector<std::string> documents, FindingSink& findings,
                  PremisProfile profile = PremisProfile::kAnjuan);

}  // namespace anjuan::packager
