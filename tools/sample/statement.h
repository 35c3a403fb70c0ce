#pragma once
// The defect statement of a sample case that needs one: the XML, and the signed sheet as a scan.

#include <filesystem>
#include <string>

#include "core/json.h"

namespace anjuan::sample {

/// Writes `folder`/`name`-defects.xml and `name`-defects.pdf if texts/statements.json has one for
/// `name`; what lies there is replaced. Throws Error(kIo | kNoSpace).
void write_statement(const std::filesystem::path& folder, const std::string& name,
                     const Json& the_case);

}  // namespace anjuan::sample
