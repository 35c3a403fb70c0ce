#pragma once
// The derivatives of a package and the proofs beside them: which belong together, and what decoding
// them again says.
//
// A proof is NAME.framehash beside NAME, in any representation but "original": what stands there
// is the submitter's own. Decoding is VerifyOptions::check_derivative's work; where there is none,
// or a deep verification was not asked for, the report says that the proofs were not checked.

#include "packager/verify/aip_tree.h"
#include "packager/verify/verify_anjuan.h"

namespace anjuan::packager {

/// Who made the package: in ours a lossless copy without a proof is a fault.
enum class PackageMaker { kThisProgram, kOther };

/// Of the newest version alone: an earlier one has been replaced. The same bytes are checked once.
/// Code PROOF, and the codes of the hook.
void check_derivatives_of(const AipTree& tree, PackageMaker maker, Examination& work);

}  // namespace anjuan::packager
