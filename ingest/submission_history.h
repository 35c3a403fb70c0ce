#pragma once
// Which submissions a package was made from: metadata/other/submissions.xml.
//
// The same submission = the same case number and the same set of (relative path, SHA-512) of the
// gathered files, whatever the container. A submission that is in the history is never stored
// again.

#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"

namespace anjuan::ingest {

struct AcceptedSubmission {
  std::string file_set_digest;  ///< SHA-512 over the sorted set, see docs/formats/submission.md
  std::uint64_t files = 0;
  std::string kind;  ///< "folder", "zip", "tar", "7z"
  Instant accepted;
  std::string accepted_by;  ///< Actor id
  int version = 1;          ///< of the package that it made
  std::string reason;       ///< of a supplement, "" for the first
};

/// The document, valid against schemas/xml/submissions.xsd.
std::string write_submission_history(const std::vector<AcceptedSubmission>& history);

/// Throws Error(kCorrupt) if it is not such a document.
std::vector<AcceptedSubmission> read_submission_history(std::string_view xml,
                                                        const std::string& subject);

}  // namespace anjuan::ingest
