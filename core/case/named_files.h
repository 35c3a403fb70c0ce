#pragma once
// Which file is meant by a name that the case gives.

#include <map>
#include <string>
#include <vector>

#include "core/case/case_file.h"

namespace anjuan {

/// For each name that the case gives and that is found: its index in `paths`. By its very name,
/// else by the only path that differs in case, normalisation form or '\\' for '/' alone.
std::map<std::string, std::size_t, std::less<>> resolve_named_files(
    const CaseFile& declared, const std::vector<std::string>& paths);

}  // namespace anjuan
