#pragma once
// One sample submission: case.json, docs and av exactly as the case names them.

#include <filesystem>
#include <string>

#include "core/json.h"
#include "tools/sample/speech.h"

namespace anjuan::sample {

struct SubmissionResult {
  std::string case_no;
  std::filesystem::path path;
  std::size_t documents = 0;
  std::size_t recordings = 0;
  bool kept = false;  ///< it was there already, byte for byte the same
};

struct SampleCase {
  std::string name;   ///< of the folder
  std::string bytes;  ///< case.json as it is written
};

/// Writes `folder`/`sample.name`, whole or not at all. An equal folder is kept; a different one
/// throws Error(kConflict). Throws Error(kInvalid) for a case that cannot be drawn (bad path,
/// unknown kind of file), Error(kIo | kNoSpace | kInterrupted).
SubmissionResult write_submission(const std::filesystem::path& folder, const SampleCase& sample,
                                  SpeechMaker& speech);

}  // namespace anjuan::sample
