#pragma once
// Observes a recording in a sandboxed child: what came of it, never an exception for the file.

#include <filesystem>

#include "core/progress.h"
#include "core/sandbox.h"
#include "preservation/formats/continuity/observer.h"

namespace anjuan::formats {

struct Observed {
  SegmentObservation seen;
  SandboxReport sandbox;
};

/// `path` is opened read-only and handed to the child as a descriptor. A child that was stopped,
/// crashed or told nonsense gives `seen.failure`. Throws Error for a path that cannot be opened,
/// Error(kCannotCheck) if `least` cannot be reached, Error(kInterrupted).
Observed observe(const std::filesystem::path& path, const ObserverOptions& options,
                 SandboxLevel least, Progress& progress);
/// The same for one who shows no progress.
Observed observe(const std::filesystem::path& path, const ObserverOptions& options,
                 SandboxLevel least);

}  // namespace anjuan::formats
