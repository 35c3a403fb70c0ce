#pragma once
// CSIPSTR1, CSIPSTR3, AIP20, AIP27 and AIP28: the container that a package comes in.

#include <filesystem>

#include "packager/verify/eark/rules.h"
#include "packager/verify/verify.h"

namespace anjuan::packager::eark {

/// `path` is that of the container, as the user knows it.
void check_container(const UnpackedContainer& container, const std::filesystem::path& path,
                     PackageRules rules, Report& report);

}  // namespace anjuan::packager::eark
