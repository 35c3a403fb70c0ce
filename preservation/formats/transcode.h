#pragma once
// Makes the derivative of one recording as the policy decides, with its proof, or says why not.
//
// The original is opened read-only and never touched. All foreign bytes are parsed in sandboxed
// children; what they tell is checked here. A derivative whose proof is not whole is removed: there
// is none without. Safe to call for one recording after the other; what is finished stays.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/progress.h"
#include "core/sandbox.h"
#include "preservation/formats/continuity/observe.h"
#include "preservation/formats/derivation.h"
#include "preservation/formats/media_facts.h"
#include "preservation/formats/policy.h"

namespace anjuan::formats {

struct DerivationJob {
  std::filesystem::path input;
  std::filesystem::path output;  ///< a new file; the folder exists
  std::filesystem::path proof;   ///< a new file; "" = output + kProofSuffix
  DerivationPurpose purpose = DerivationPurpose::kPreservation;
  MuxNotes notes;  ///< tags, chapters (else those of the original), attachments
  /// What lossless copies of this case may still take; nothing = the policy's whole budget.
  std::optional<std::uint64_t> budget_bytes;
  SandboxLevel least = SandboxLevel::kLeast;
};

/// The words of MuxNotes of one job: more is refused, Error(kRefused).
inline constexpr std::size_t kNotesBytesMax = 1024 * 1024;
inline constexpr std::string_view kProofSuffix = ".framehash";

enum class DerivationOutcome {
  kMade,     ///< output and proof are there, synced
  kSkipped,  ///< the policy makes none, or the budget is used up; nothing is there
  kRefused,  ///< it could not be made or not be proved; nothing is there
};

std::string_view outcome_word(DerivationOutcome outcome);  ///< "made", "skipped", "refused"

struct DerivedStream {
  int source_stream = 0;
  std::string source_codec;
  std::string codec;             ///< in the derivative
  std::string kind;              ///< stream_kind_word()
  std::string action;            ///< stream_action_word()
  std::uint64_t frames = 0;      ///< pictures, frames of sound, or packets of a copy
  std::uint64_t samples = 0;     ///< of sound that was decoded
  std::uint64_t times_made = 0;  ///< frames whose time the source does not tell
  std::uint64_t holes = 0;       ///< in the times of sound
};

struct DerivationResult {
  DerivationOutcome outcome = DerivationOutcome::kRefused;
  /// Word: a MediaFaultKind's, "stable", "lossless", "nothing", "budget", "original_serves".
  std::string reason;
  std::string detail;            ///< of the reason, for the sentence
  std::string message;           ///< the sentence for report and console; "" if made
  std::string because;           ///< the policy's reason, e.g. "at_risk"
  std::filesystem::path output;  ///< only if made
  std::filesystem::path proof;   ///< only if made, and "" where nothing can be proved (access)
  std::string container;         ///< "matroska", "mp4"
  std::vector<DerivedStream> streams;
  std::vector<NotCarried> not_carried;
  std::uint64_t bytes = 0;
  std::uint64_t proof_bytes = 0;
  std::uint64_t proof_lines = 0;
  bool pictures_equal = false;  ///< every picture, or every packet of copied ones
  bool sound_equal = false;     ///< the same for sound; true if there is none and all else is equal
  double offset_s = 0;          ///< all times of the derivative are later by this
  double measured_s = 0;        ///< from the first to the end of the last proved frame
  /// Errors of the source that did not prevent a copy of its packets; 0 for all other copies.
  AvComplaints complaints;
  MediaFacts facts;       ///< container, streams, edits, complaints while opening
  SandboxReport sandbox;  ///< for the PREMIS event
};

/// Throws Error(kConflict) if output or proof exist, Error(kNotFound | kIo | kNoSpace |
/// kCannotCheck | kInterrupted); nothing is left then either. What is wrong with the recording is a
/// result.
DerivationResult derive(const DerivationJob& job, const FormatPolicy& policy, Progress& progress);

struct JointDerivation {
  std::vector<DerivationResult> results;  ///< as the jobs
  /// Set if the recording was decoded whole and is short enough to be watched whole.
  std::optional<Observed> observed;
};

/// The same for several derivatives of one recording (at most kTargetsMax), each with the fate and
/// the bytes that it would have by itself: one child reads and decodes once for all of them and,
/// with `observer`, for the observation too. `facts` are read_media_facts() of the recording.
JointDerivation derive_jointly(const std::vector<DerivationJob>& jobs, const MediaFacts& facts,
                               const FormatPolicy& policy,
                               const std::optional<ObserverOptions>& observer, Progress& progress);

/// The sentence of a reason; `path` is the recording.
std::string reason_sentence(const std::string& reason, const std::filesystem::path& path,
                            const std::string& detail);

}  // namespace anjuan::formats
