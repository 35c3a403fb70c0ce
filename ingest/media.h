#pragma once
// The media of a case, measured: what the files of each recording are, whether it goes on without
// a break, and what was derived from them.
//
// Foreign bytes are parsed in sandboxed children only. What was measured or made lies in one folder
// and is not done again by the next call.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/case/case_file.h"
#include "core/progress.h"
#include "ingest/stored_media.h"
#include "preservation/formats/characterise.h"
#include "preservation/formats/continuity/judge.h"
#include "preservation/formats/photograph.h"
#include "preservation/formats/recording_pass.h"
#include "preservation/rules/judgement.h"
#include "preservation/rules/law_book.h"

namespace anjuan::ingest {

/// A file that a recording names, as it lies here.
struct MediaFile {
  std::string path;            ///< in the submission
  std::filesystem::path file;  ///< its bytes
  std::string key;             ///< of what is made of it: its SHA-512, or any name of its own
};

struct MeasuredMediaFile {
  MediaFile source;
  std::optional<formats::RecordingPass> pass;          ///< of moving pictures and sound
  std::optional<formats::PhotographFacts> photograph;  ///< else this
  /// PNG of a HEIC photograph; absent where nothing was to be derived yet.
  std::optional<formats::DerivationResult> picture;
  /// Of a photograph always, of a recording once something is derived.
  formats::Characteristics characteristics;
  /// Set where the stored package has the copies of these very bytes: nothing was derived again.
  std::optional<StoredCopies> stored;
};

/// What the clock and the file's structure say of one recording.
struct MeasuredContinuity {
  formats::JudgeInput input;
  formats::ContinuityJudgement judgement;
  formats::ContinuityAnswer answer = formats::ContinuityAnswer::kNeedsPerson;
};

struct MeasuredRecording {
  std::string id;                        ///< of the case's recording
  std::vector<MeasuredMediaFile> files;  ///< in the order of its segments
  /// Absent for photographs, and where a file could not be opened.
  std::optional<MeasuredContinuity> continuity;
  rules::MediaFacts facts;
};

struct MeasuredMedia {
  std::vector<MeasuredRecording> recordings;  ///< those whose files are all here
  formats::PassDepth depth = formats::PassDepth::kObserve;

  const MeasuredRecording* find(std::string_view id) const;
  rules::MediaFactsById facts() const;
};

/// nullopt for a file that is not here: of a recording that lies elsewhere, or is missing.
using FindMedia = std::function<std::optional<MediaFile>(const std::string& declared_path)>;

struct MeasureJob {
  const CaseFile& declared;
  FindMedia find;
  std::filesystem::path folder;  ///< for results and derivatives; exists
  formats::PassDepth depth = formats::PassDepth::kDerive;
  const formats::FormatPolicy& policy;
  /// Tags and chapters of the derivative of a recording's segment (from 0).
  std::function<formats::MuxNotes(const CaseRecording&, std::size_t segment)> notes;
  /// What a stored version has already; may be empty.
  std::function<std::optional<StoredCopies>(const MediaFile&)> stored;
  /// Profiles of recorders, NUMBER.json each; a recorder without one has none.
  std::optional<std::filesystem::path> devices;
  double gap_limit_s = 0;  ///< LawBook::recording_gap_limit_s()
  SandboxLevel least = SandboxLevel::kLeast;
};

/// What is wrong with a file is in the result. Throws Error(kIo | kNoSpace | kCannotCheck |
/// kInterrupted), Error(kInvalid) for a device profile that is off.
MeasuredMedia measure_media(const MeasureJob& job, Progress& progress);

/// The recordings of a case that was only looked at: observed, nothing is derived or kept.
struct SeenCase;
MeasuredMedia observe_seen(const SeenCase& seen, const rules::LawBook& law,
                           const std::optional<std::filesystem::path>& devices, SandboxLevel least,
                           Progress& progress);

/// What the rules may believe of a recording that was measured.
rules::MediaFacts facts_for_rules(const CaseRecording& declared, const MeasuredRecording& measured);

}  // namespace anjuan::ingest
