#pragma once
// One file of a recording gone through once: observed for continuity, and its derivatives made.
//
// What was made is kept with its result beside it: the same call after a crash returns what is
// there and repeats nothing. Everything foreign is parsed in sandboxed children.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/progress.h"
#include "core/sandbox.h"
#include "preservation/formats/continuity/observe.h"
#include "preservation/formats/transcode.h"

namespace anjuan::formats {

/// kObserve: facts and continuity only, for a case that will not be stored as it is.
enum class PassDepth { kObserve, kDerive };

struct PassJob {
  std::filesystem::path input;
  /// Exists, on the file system of the later package; holds results and derivatives.
  std::filesystem::path folder;
  /// Names everything in `folder`: the input's SHA-512, or part of it.
  std::string key;
  PassDepth depth = PassDepth::kDerive;
  MuxNotes notes;  ///< tags and chapters of the derivatives
  /// What lossless copies of this case may still take; nothing = the policy's whole budget.
  std::optional<std::uint64_t> budget_bytes;
  ObserverOptions observer;
  SandboxLevel least = SandboxLevel::kLeast;
  /// What the recording is, if it was asked already (facts_for_pass).
  std::optional<MediaFacts> facts;
};

struct RecordingPass {
  MediaFacts facts;
  Observed observed;
  std::optional<DerivationResult> preservation;  ///< absent at kObserve
  std::optional<DerivationResult> access;        ///< absent at kObserve
};

/// What the recording is: as it was kept by an earlier run, else asked of a child and kept.
/// Throws as pass_recording().
MediaFacts facts_for_pass(const PassJob& job);

/// True for the reason (DerivationResult::reason) of a missing derivative that may be gone by the
/// next time, as a full disk or too little memory; a damaged recording stays damaged.
bool may_pass(std::string_view reason);

/// Ends the work if a derivative is missing for the disk's sake alone: whoever went on would keep
/// the case without it. Throws Error(kNoSpace | kIo).
void stop_if_not_written(const DerivationResult& result, const std::filesystem::path& output);

/// Throws Error(kIo | kNoSpace | kCannotCheck | kInterrupted), also where a derivative could not be
/// written; what was finished by then is kept. What is wrong with the recording is in the result.
RecordingPass pass_recording(const PassJob& job, const FormatPolicy& policy, Progress& progress);

}  // namespace anjuan::formats
