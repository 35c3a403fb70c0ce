#pragma once
// What a reader must know of a derivative that was made: what of the original it does not have, and
// where it differs from it. Pure functions over the result.

#include <string>
#include <vector>

#include "core/messages.h"
#include "preservation/formats/transcode.h"

namespace anjuan::formats {

/// Sentences, none of a derivative that says all that the original says. `path` names the original.
std::vector<std::string> remarks_on(const DerivationResult& result, const std::string& path,
                                    Language language);

}  // namespace anjuan::formats
