#pragma once
// What a package gets of its measured media: the derivatives with their proofs, what is written
// about each recording, and what was done, for the events.

#include <map>
#include <string>
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

struct Derivatives {
  std::vector<packager::DraftRepresentation> representations;
  std::vector<packager::DraftMetadata> documents;
  std::vector<MediaAct> acts;
  /// EBUCore or MIX of originals, by their paths in the submission.
  std::map<std::string, std::vector<std::string>> characteristics;
};

/// Reads each derivative for its digests. Throws Error(kIo).
Derivatives derivatives_of(const GatheredCase& gathered, const MeasuredMedia& media, Instant made);

}  // namespace anjuan::ingest
