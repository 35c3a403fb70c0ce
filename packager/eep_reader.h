#pragma once
// Reads an EEP that eep_writer made, or one like it: the files of its newest version come out
// again, byte for byte, and every digest is checked on the way.
//
// The document is foreign: it is validated against schemas/xml/eep.xsd, bounded, and no name in it
// leads out of the target folder or of the folder of outside files (EEP.files beside the EEP).

#include <filesystem>
#include <string>
#include <vector>

#include "core/finding.h"
#include "core/progress.h"
#include "packager/eep.h"

namespace anjuan::packager {

/// What comes out of an EEP may be so many times what is in it (places may share one encoding),
/// above kEepRatioFreeBytes.
inline constexpr std::uint64_t kEepRatioMax = 200;
inline constexpr std::uint64_t kEepRatioFreeBytes = 64ULL * 1024 * 1024;

struct EepReading {
  Findings findings;           ///< XSD, EEP-XML, EEP-DIGEST, ... (docs/formats/eep.md)
  std::vector<EepFile> files;  ///< of the newest version, as the document lists them
  int versions = 0;            ///< that stand in it, one in the other
  std::string record_id;       ///< 电子文件号 of the newest version
};

/// An EEP is XML; no container begins so. Throws Error(kNotFound | kIo | kRefused).
bool is_eep(const std::filesystem::path& path);

/// "case.eep" -> "case.eep.files": where the files that stand outside are.
std::filesystem::path eep_files_folder(const std::filesystem::path& eep);

/// Writes the files below the new folder `target` (not synced). What is wrong is in the findings;
/// throws Error(kConflict) if `target` exists, kNoSpace, kIo, kInterrupted.
EepReading read_eep(const std::filesystem::path& eep, const std::filesystem::path& target,
                    Progress& progress);

}  // namespace anjuan::packager
