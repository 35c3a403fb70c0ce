#pragma once
// A bare E-ARK package: a folder with METS.xml, by itself or out of a container.

#include "packager/verify/verify_anjuan.h"

namespace anjuan::packager {

/// CSIP and the rules of the package's type; every file digested, PREMIS compared with the disk.
void verify_eark(Examination& examination);

}  // namespace anjuan::packager
