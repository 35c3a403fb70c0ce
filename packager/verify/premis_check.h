#pragma once
// The PREMIS documents of one AIP, read in the order of their names as one append-only history:
// agents described, references resolved, fixities equal to the bytes on the disk.
//
// Codes: AIP16 and AIP18 of the E-ARK AIP specification 2.2.0; PREMIS-* are ours
// (docs/formats/verify-report.md).

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "packager/verify/aip_tree.h"
#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

/// Checks all `documents` (paths inside the AIP). A later document may describe a file again: the
/// last description of a path counts. Every file below representations/*/data/ must be described.
void check_premis(const std::filesystem::path& root, const AipTree& tree,
                  std::vector<std::string> documents, FindingSink& findings);

}  // namespace anjuan::packager
