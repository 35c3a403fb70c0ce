#pragma once
// Cases out of a fixed seed: every known key, unknown keys at all levels, and texts that are hard
// to carry in XML.

#include <cstdint>

#include "core/json.h"

namespace anjuan::test {

/// The same seed gives the same case. Ids are unique, file names stay inside the folder.
Json generated_case(std::uint32_t seed);

}  // namespace anjuan::test
