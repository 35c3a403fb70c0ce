#pragma once
// An inventory in a version folder against the one in the object's root: the same object, the same
// history up to that version.

#include <string>

#include "packager/verify/finding_sink.h"
#include "packager/verify/inventory_reader.h"

namespace anjuan::packager {

/// E019, E020, E023, E037, E040, E066 and W011 of `prior`, which stands in `where`, the inventory
/// of `version`. Digests of content are not compared here: the disk decides who is right.
void compare_with_root(const ReadInventory& prior, const ReadVersion& version,
                       const std::string& where, const ReadInventory& root, FindingSink& findings);

}  // namespace anjuan::packager
