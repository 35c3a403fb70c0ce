#pragma once
// An OCFL object of anybody: its structure and the digests of all its files.

#include "packager/verify/verify_anjuan.h"

namespace anjuan::packager {

/// OCFL 1.0 and 1.1: every code of docs/formats/ocfl-codes.md that can fail on the disk.
void verify_ocfl(Examination& examination);

}  // namespace anjuan::packager
