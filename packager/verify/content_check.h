#pragma once
// The bytes of an OCFL object's files against all that its inventories say about them.

#include "packager/verify/digested.h"
#include "packager/verify/ocfl_check.h"

namespace anjuan::packager {

/// E092 and E093 of every file on the disk that the root manifest or another claim names, each read
/// once. `algorithm` is computed of every file, whatever the inventories use.
Digested check_content(const CheckedObject& object, DigestAlgorithm algorithm, Examination& work);

}  // namespace anjuan::packager
