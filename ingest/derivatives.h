#pragma once
// What a package gets of its measured media: the derivatives with their proofs, what is written
// about each recording, and what was done, for the events.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/media.h"
#include "packager/package_draft.h"

namespace anjuan::ingest {

struct GatheredCase;

/// One act on a recording's file, as a PREMIS event tells it, in Chinese.
struct MediaAct {
  std::string type;  ///< "normalization", "migration", "metadata extraction", ...
  std::string detail;
  std::string outcome;               ///< "success", "failure", "warning", "not checked"
  std::vector<std::string> objects;  ///< paths in the package
};

/// A derivative of one file of the submission, and its proof where there is something to prove.
struct MediaCopy {
  std::string source;          ///< path in the submission
  std::string representation;  ///< "preservation", "access"
  packager::DraftFile file;
  std::optional<packager::DraftFile> proof;
  std::vector<std::string> remarks;  ///< in Chinese: what it does not have of the original
};

/// continuity.xml of one recording.
struct ContinuityDocument {
  std::string recording;  ///< id
  packager::DraftMetadata document;
};

struct Derivatives {
  std::vector<MediaCopy> copies;
  std::vector<ContinuityDocument> continuity;
  std::vector<MediaAct> acts;
  /// EBUCore or MIX of originals, by their paths in the submission.
  std::map<std::string, std::vector<std::string>> characteristics;
};

/// Where a file of a representation lies in the package.
std::string path_in_package(std::string_view representation, const std::string& path);

/// "0001" for the first recording of the case: names its documents.
std::string recording_number(const CaseFile& declared, std::string_view id);

/// "preservation" and "access", as far as there are copies.
std::vector<packager::DraftRepresentation> representations_of(const Derivatives& derivatives);

/// What people hear of reading the recordings: where the reader of continuity or of technical data
/// was stopped or gave up. The recording's file is in `where`.
Findings reading_findings(const MeasuredMedia& media);

/// And of the copies: how many copies there are, and a warning for each that was refused or
/// left out for want of room, with the reason; and what a copy does not have of its original.
std::string copies_note(const Derivatives& derivatives);
Findings copies_findings(const MeasuredMedia& media);

/// Reads each derivative for its digests. Throws Error(kIo).
Derivatives derivatives_of(const GatheredCase& gathered, const MeasuredMedia& media, Instant made);

}  // namespace anjuan::ingest
