#pragma once
// Everything that can be proved again of one stored derivative, for `anjuan verify --deep`.

#include <filesystem>
#include <string>

#include "core/finding.h"
#include "core/progress.h"
#include "core/sandbox.h"

namespace anjuan::formats {

/// Decodes `derivative` again and holds it against `proof`; of Matroska also sweeps the check sums
/// of all FFV1 slices, which tell where in the picture it is damaged. Codes PROOF and FFV1-CRC,
/// `where` = `subject`, with the time where there is one; nothing if all holds. What is no proof,
/// or cannot be read or decoded, is a finding of result kNotChecked. Throws Error(kInterrupted).
Findings check_derivative(const std::filesystem::path& derivative,
                          const std::filesystem::path& proof, const std::string& subject,
                          SandboxLevel least, Progress& progress);

}  // namespace anjuan::formats
