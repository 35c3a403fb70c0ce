#pragma once
// One E-ARK package: METS of the package and of its representations by the rules of E-ARK, digests
// of its files, PREMIS and descriptive documents.

#include "packager/verify/aip_digests.h"
#include "packager/verify/aip_tree.h"
#include "packager/verify/verify_anjuan.h"

namespace anjuan::packager {

struct CheckedAip {
  std::string label;  ///< LABEL of the package METS: title and case number
  bool ours = false;  ///< made by this program
};

/// Want::kPending: the SHA-512 of the files in `tree` are already computed.
CheckedAip check_aip(Examination& work, AipTree& tree, AipDigests::Want want);

}  // namespace anjuan::packager
