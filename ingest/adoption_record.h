#pragma once
// Where a foreign package (外来包) came from and how it was judged:
// metadata/descriptive/adoption.xml (docs/formats/exports.md, "Adopted packages").

#include <cstdint>
#include <string>
#include <vector>

#include "core/clock.h"

namespace anjuan::ingest {

struct AdoptionRecord {
  std::string name;         ///< of its top folder, or of the EEP
  std::string source;       ///< what was given: name of the folder or file
  std::string source_kind;  ///< "folder", "zip", "tar", ..., "eep"
  std::string kind;         ///< "eark", "ocfl", "anjuan", "bagit", "eep"
  std::string verdict;      ///< of the verification: "valid" or "unchecked"
  std::uint64_t not_checked = 0;
  std::uint64_t warnings = 0;
  std::string file_set_digest;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  Instant adopted;
  std::string adopted_by;  ///< Actor id
  std::string reason;
  std::vector<std::string> empty_folders;  ///< of the source; a package holds files only
};

/// The document, valid against schemas/xml/adoption.xsd.
std::string write_adoption_record(const AdoptionRecord& record);

}  // namespace anjuan::ingest
