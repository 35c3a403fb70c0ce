#pragma once
// Names in a bag that another system would not keep as they are (RFC 8493, 6.1): warnings.

#include <string>
#include <vector>

#include "packager/verify/bag_files.h"

namespace anjuan::packager {

/// Reports BAG-CASE and BAG-NFC (names that differ in case or normalisation form only), BAG-NAME
/// (what Windows cannot hold), BAG-SYSTEM (files that an operating system left behind) and, as
/// information, BAG-NESTED (a bag in the payload). `unmatched`: listed names that no file bears.
void check_bag_names(const std::vector<BagFile>& files, const std::vector<std::string>& unmatched,
                     FindingSink& findings);

}  // namespace anjuan::packager
