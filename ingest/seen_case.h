#pragma once
// A submission looked at for judging: what it declares, and whether its files are there. Nothing is
// stored; of a folder nothing is copied.

#include <filesystem>
#include <string>

#include "core/case/case_file.h"
#include "core/clock.h"
#include "core/config.h"
#include "core/finding.h"
#include "core/progress.h"

namespace anjuan::ingest {

/// Whether there was more than the declaration.
enum class SeenFiles { kDeclarationAlone, kWithFiles };

struct SeenCase {
  CaseFile declared;
  Findings findings;  ///< as gather() would give them
  SeenFiles files = SeenFiles::kWithFiles;
};

/// A folder, a container, a bag or an E-ARK SIP around one, or a bare case.json or case.xml.
/// Containers, bags and SIPs are taken into a temporary folder for their checks.
/// Throws as gather() does.
SeenCase look_at(const std::filesystem::path& submission, const Config::Intake& limits,
                 const Clock& clock, Progress& progress);

}  // namespace anjuan::ingest
