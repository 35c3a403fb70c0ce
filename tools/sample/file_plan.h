#pragma once
// Which files a case names, and what is to be drawn in each.

#include <string>
#include <vector>

#include "core/clock.h"
#include "core/json.h"

namespace anjuan::sample {

struct DocumentFile {
  std::string path;  ///< relative
  const Json* document;
};

struct RecordingFile {
  std::string path;
  const Json* recording;
  Instant made_at{};
  int seconds = 0;
  int cut_s = 0;  ///< seconds that are missing in its middle
};

struct FilePlan {
  std::vector<DocumentFile> documents;
  std::vector<RecordingFile> recordings;
};

/// The plan points into `the_case`. Documents and recordings without `file` are left out.
/// Throws Error(kInvalid) for a path that leaves the folder, is named twice or has an ending that
/// cannot be drawn (documents .pdf .jpg .jpeg, recordings .mp4 .avi .wav .jpg .jpeg).
/// `name` is that of the sample case: texts/cuts.json tells what is cut out of its recordings.
FilePlan plan_files(const Json& the_case, const std::string& name);

/// Lower-case ending with its dot.
std::string ending_of(const std::string& path);

}  // namespace anjuan::sample
