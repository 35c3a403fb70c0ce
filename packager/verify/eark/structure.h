#pragma once
// CSIPSTR4-16: where things lie in the folder of a package.

#include "packager/verify/aip_tree.h"
#include "packager/verify/eark/report.h"

namespace anjuan::packager::eark {

/// METS.xml may be missing: then what bears a name like it is said.
void check_structure(const AipTree& tree, Report& report);

}  // namespace anjuan::packager::eark
