#pragma once
// One document file, PDF or photographed page.

#include <filesystem>

#include "tools/sample/facts.h"

namespace anjuan::sample {

/// Draws `document` of the case into the new file `path`, whose ending says how.
void write_document(const std::filesystem::path& path, const Facts& the_case, const Json& document);

}  // namespace anjuan::sample
