#pragma once
// One AIP of ours: METS of the package and of its representations, PREMIS, descriptive documents,
// and that every file is listed.

#include <filesystem>

#include "packager/verify/aip_tree.h"
#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

/// `root` is the folder that AipFile::disk is relative to. Digests in `tree` are already computed.
/// Returns the LABEL of the package METS: title and case number.
std::string check_aip(const std::filesystem::path& root, AipTree& tree, FindingSink& findings);

}  // namespace anjuan::packager
