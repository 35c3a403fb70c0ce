#pragma once
// The stages of one submission on its way into the store, each a type of its own.
//
// GatheredCase -> MeasuredCase -> CheckedCase -> DescribedCase -> NormalisedCase -> Package ->
// SealedPackage -> StoredPackage. A stage can only be made from the one before it: none can be
// skipped.

#include <string>
#include <vector>

#include "core/finding.h"
#include "ingest/defect_file.h"
#include "ingest/derivatives.h"
#include "ingest/gather.h"
#include "ingest/identified_files.h"
#include "ingest/media.h"
#include "ingest/sidecars.h"
#include "packager/package_builder.h"
#include "packager/package_draft.h"
#include "preservation/rules/defects.h"
#include "preservation/rules/four_nature.h"
#include "preservation/rules/judgement.h"
#include "preservation/store/store.h"

namespace anjuan::ingest {

struct Desk;
class StoredCase;
class Workspace;

/// How far a stage of the pipeline got. kNotChecked is never shown as passed.
enum class StepState { kDone, kNothingToDo, kNotChecked };

std::string_view step_state_word(StepState state);  ///< "done", "nothing_to_do", "not_checked"

/// With what its recordings are by measurement, and what was derived from them.
class MeasuredCase {
 public:
  const GatheredCase& gathered() const { return gathered_; }

  const MeasuredMedia& media() const { return media_; }

 private:
  friend MeasuredCase measure(GatheredCase, formats::PassDepth, const Workspace&,
                              const std::optional<StoredCase>&, const Desk&);

  explicit MeasuredCase(GatheredCase gathered) : gathered_(std::move(gathered)) {}

  GatheredCase gathered_;
  MeasuredMedia media_;
};

/// Judged by the rules of the law, on what was measured of its recordings; on the declaration of
/// those that are not here.
class CheckedCase {
 public:
  const GatheredCase& gathered() const { return measured_.gathered(); }

  const MeasuredMedia& media() const { return measured_.media(); }

  const rules::Judgement& judgement() const { return judgement_; }

  const std::optional<DefectFile>& defects() const { return defects_; }

  const rules::Coverage& coverage() const { return coverage_; }

  rules::Verdict verdict() const { return verdict_; }

  std::string verdict_word() const { return std::string(rules::verdict_word(verdict_)); }

  /// True if it may become a package: nothing is open that a statement would have to explain.
  bool may_be_stored() const;

  /// What people hear of it, in the language of the screen: results that are not passed, then
  /// problems of the statement. `judgement` and `coverage` are in Chinese, as packages keep them.
  const Findings& findings() const { return findings_; }

 private:
  friend CheckedCase check(MeasuredCase, std::optional<DefectFile>, Instant, const Desk&);

  CheckedCase(MeasuredCase measured, std::optional<DefectFile> defects)
      : measured_(std::move(measured)), defects_(std::move(defects)) {}

  MeasuredCase measured_;
  std::optional<DefectFile> defects_;
  rules::Judgement judgement_;
  rules::Coverage coverage_;
  rules::Verdict verdict_ = rules::Verdict::kUnchecked;
  Findings findings_;
};

/// With the archive's own description and a format for every file.
class DescribedCase {
 public:
  const CheckedCase& checked() const { return checked_; }

  const std::vector<packager::DraftFile>& originals() const { return identified_.files; }

  const IdentifiedFiles& identified() const { return identified_; }

  const std::vector<packager::DraftMetadata>& metadata() const { return metadata_; }

 private:
  friend DescribedCase describe(CheckedCase, const std::optional<StoredCase>&, Instant,
                                const Desk&);

  explicit DescribedCase(CheckedCase checked) : checked_(std::move(checked)) {}

  CheckedCase checked_;
  IdentifiedFiles identified_;
  std::vector<packager::DraftMetadata> metadata_;
};

/// What the four-nature checks found, in Chinese, and what people hear of it.
struct Inspection {
  rules::FourNatureReport report;
  Findings findings;
};

/// With whatever was derived from the originals, its proofs, and what is written about each
/// recording.
class NormalisedCase {
 public:
  const DescribedCase& described() const { return described_; }

  const Inspection& inspection() const { return inspection_; }

  const MeasuredMedia& media() const { return media_; }

  const Derivatives& derivatives() const { return derivatives_; }

  const Sidecars& sidecars() const { return sidecars_; }

 private:
  friend NormalisedCase normalise(DescribedCase, Inspection, const Workspace&,
                                  const std::optional<StoredCase>&, const Desk&);

  NormalisedCase(DescribedCase described, Inspection inspection)
      : described_(std::move(described)), inspection_(std::move(inspection)) {}

  DescribedCase described_;
  Inspection inspection_;
  MeasuredMedia media_;
  Derivatives derivatives_;
  Sidecars sidecars_;
};

/// Whether the package carries a signature and time stamp.
enum class Seal { kNotSealed };

class SealedPackage {
 public:
  const packager::Package& package() const { return package_; }

  Seal seal() const { return seal_; }

 private:
  friend SealedPackage seal(packager::Package, const Desk&);

  explicit SealedPackage(packager::Package package) : package_(std::move(package)) {}

  packager::Package package_;
  Seal seal_ = Seal::kNotSealed;
};

/// True if the case may be stored by what it declares of its recordings: then copies are worth
/// making while they are measured.
bool is_storable_as_declared(const GatheredCase& gathered, const std::optional<DefectFile>& defects,
                             Instant now, const Desk& desk);

/// What was measured or made in this workspace before is taken as it is; of files whose copies are
/// stored already none are made.
MeasuredMedia measure_gathered(const GatheredCase& gathered, formats::PassDepth depth,
                               const Workspace& work, const std::optional<StoredCase>& stored,
                               const Desk& desk);
MeasuredCase measure(GatheredCase gathered, formats::PassDepth depth, const Workspace& work,
                     const std::optional<StoredCase>& stored, const Desk& desk);
/// `now` is the time of the work's first run, so that a restart judges alike.
CheckedCase check(MeasuredCase measured, std::optional<DefectFile> defects, Instant now,
                  const Desk& desk);
NormalisedCase normalise(DescribedCase described, Inspection inspection, const Workspace& work,
                         const std::optional<StoredCase>& stored, const Desk& desk);
SealedPackage seal(packager::Package package, const Desk& desk);

}  // namespace anjuan::ingest
