#pragma once
// Digest algorithms by the names that manifests of BagIt and messageDigestAlgorithm of PREMIS use.

#include <optional>
#include <string_view>

#include "core/digest.h"

namespace anjuan::packager {

/// `plain_name` in lower case and with letters and digits alone, e.g. "sha512", "sha3256"; nothing
/// for an algorithm that this program does not compute.
std::optional<DigestAlgorithm> digest_by_plain_name(std::string_view plain_name);

}  // namespace anjuan::packager
