#pragma once
// A submission looked at for judging: what it declares, and whether its files are there. Nothing is
// stored; of a folder nothing is copied.

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "core/case/case_file.h"
#include "core/clock.h"
#include "core/config.h"
#include "core/finding.h"
#include "core/progress.h"
#include "core/scratch_folder.h"

namespace anjuan::ingest {

/// Whether there was more than the declaration.
enum class SeenFiles { kDeclarationAlone, kWithFiles };

struct SeenCase {
  CaseFile declared;
  Findings findings;  ///< as gather() would give them
  SeenFiles files = SeenFiles::kWithFiles;
  /// Where the files are that the case names, by the names that it uses.
  std::map<std::string, std::filesystem::path, std::less<>> named;
  /// Holds them where they had to be unpacked.
  std::shared_ptr<const ScratchFolder> unpacked;
};

/// A folder, a container, a bag or an E-ARK SIP around one, or a bare case.json or case.xml.
/// Containers, bags and SIPs are taken into a temporary folder for their checks.
/// Throws as gather() does.
SeenCase look_at(const std::filesystem::path& submission, const Config::Intake& limits,
                 const Clock& clock, Progress& progress);

}  // namespace anjuan::ingest
