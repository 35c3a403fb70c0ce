#pragma once
// Everything that can be proved again of the derivatives below a folder, for `anjuan verify
// --deep`.

#include <cstdint>
#include <filesystem>

#include "core/finding.h"
#include "core/progress.h"
#include "core/sandbox.h"

namespace anjuan::formats {

struct DeepCheck {
  std::uint64_t proofs = 0;  ///< proof files found
  std::uint64_t held = 0;    ///< of them, those that hold
  Findings findings;         ///< codes PROOF and FFV1-CRC
};

/// Each NAME.framehash is held against NAME beside it, and the slices of NAME.mkv are swept. What
/// is missing, is no proof, or cannot be read is a finding. Throws Error(kCannotCheck |
/// kInterrupted).
DeepCheck check_derivatives(const std::filesystem::path& folder, SandboxLevel least,
                            Progress& progress);

}  // namespace anjuan::formats
