#pragma once
// The stages of one submission on its way into the store, each a type of its own.
//
// GatheredCase -> CheckedCase -> DescribedCase -> NormalisedCase -> Package -> SealedPackage ->
// StoredPackage. A stage can only be made from the one before it: none can be skipped.

#include <string>
#include <vector>

#include "core/finding.h"
#include "ingest/gather.h"
#include "packager/package_builder.h"
#include "packager/package_draft.h"
#include "preservation/store/store.h"

namespace anjuan::ingest {

struct Desk;
class StoredCase;

/// How far a stage of the pipeline got. kNotChecked is never shown as passed.
enum class StepState { kDone, kNothingToDo, kNotChecked };

std::string_view step_state_word(StepState state);  ///< "done", "nothing_to_do", "not_checked"

/// Judged by the rules of the law; `verdict` as in docs/cli.md. No rules are loaded yet, so every
/// case is "unchecked".
class CheckedCase {
 public:
  const GatheredCase& gathered() const { return gathered_; }

  const std::string& verdict() const { return verdict_; }

 private:
  friend CheckedCase check(GatheredCase, const Desk&);

  explicit CheckedCase(GatheredCase gathered) : gathered_(std::move(gathered)) {}

  GatheredCase gathered_;
  std::string verdict_ = "unchecked";
};

/// With the archive's own description and a media type for every file.
class DescribedCase {
 public:
  const CheckedCase& checked() const { return checked_; }

  const std::vector<packager::DraftFile>& originals() const { return originals_; }

  const std::vector<packager::DraftMetadata>& metadata() const { return metadata_; }

 private:
  friend DescribedCase describe(CheckedCase, const std::optional<StoredCase>&, Instant,
                                const Desk&);

  explicit DescribedCase(CheckedCase checked) : checked_(std::move(checked)) {}

  CheckedCase checked_;
  std::vector<packager::DraftFile> originals_;
  std::vector<packager::DraftMetadata> metadata_;
};

/// With whatever was derived from the originals, and its proofs. Nothing is derived yet.
class NormalisedCase {
 public:
  const DescribedCase& described() const { return described_; }

 private:
  friend NormalisedCase normalise(DescribedCase, const Desk&);

  explicit NormalisedCase(DescribedCase described) : described_(std::move(described)) {}

  DescribedCase described_;
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

CheckedCase check(GatheredCase gathered, const Desk& desk);
NormalisedCase normalise(DescribedCase described, const Desk& desk);
SealedPackage seal(packager::Package package, const Desk& desk);

}  // namespace anjuan::ingest
