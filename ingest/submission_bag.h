#pragma once
// A submission inside a BagIt bag: the case lies in data/, and the bag's manifests say what must
// have arrived.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "core/progress.h"
#include "ingest/gather_staging.h"

namespace anjuan::ingest {

/// The root of the bag ("" or `top`, which ends with a slash), or nothing if there is none.
std::optional<std::string> find_bag(const std::set<std::string_view>& names,
                                    const std::string& top);

/// Where in the bag the submission lies: data/, or the single folder in it.
std::string root_in_bag(const std::vector<std::string>& paths, const std::string& bag);

struct CheckedBag {
  std::string manifests;  ///< names of all that were compared, for the event
  Findings warnings;
};

/// Compares the gathered files with all manifests of the bag at `bag`; SHA-512 is not computed
/// again. Throws Error(kInvalid) with what is wrong unless the bag is valid.
CheckedBag check_bag_of(const Staging& staging, const std::string& bag, const std::string& source,
                        Progress& progress);

}  // namespace anjuan::ingest
