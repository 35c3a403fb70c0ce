#pragma once
// The facts of the four-nature checks that can be had from a case and its files alone: for ingest
// (the files as they were gathered) and for stored packages.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/case/case_file.h"
#include "core/clock.h"
#include "core/progress.h"
#include "preservation/formats/virus_scan.h"
#include "preservation/rules/four_nature.h"

namespace anjuan::preservation {

/// A content file where it lies now. The digests are of bytes that were really read; sha512 "" =
/// they were not.
struct ContentFile {
  std::string path;             ///< as the submission or package calls it
  std::filesystem::path local;  ///< "" = its bytes are not on this machine
  std::uint64_t bytes = 0;
  std::string sha512;
  std::string sm3;
  std::string mime;  ///< "" = asked of the bytes here
  std::string puid;
};

struct CaseForChecks {
  std::string subject;                       ///< package or case number
  std::shared_ptr<const CaseFile> declared;  ///< nullptr = it cannot be read
  std::string declared_problem;              ///< then: why
  std::string declaration_name;              ///< of the file of that name, "case.json"
  std::string description;                   ///< text of description.xml, "" = there is none
  std::string fonds_code;                    ///< where the case names none
  std::vector<ContentFile> files;
};

/// Fills declaration, description, metadata, content and virus facts. What else is known (package,
/// judgement, hand-over list, other case files) the caller adds before he calls
/// rules::four_nature(). Throws only Error(kInterrupted).
rules::FourNatureFacts facts_of_case(const CaseForChecks& from, const VirusScanner& scanner,
                                     Instant now, Progress& progress);

}  // namespace anjuan::preservation
