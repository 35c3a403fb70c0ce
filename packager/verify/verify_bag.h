#pragma once
// A BagIt bag in a folder.

#include "packager/verify/verify_anjuan.h"

namespace anjuan::packager {

/// All that check_bag() judges, of the bag's folder.
void verify_bag(Examination& examination);

}  // namespace anjuan::packager
