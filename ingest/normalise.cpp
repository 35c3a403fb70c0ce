#include "core/messages.h"
#include "ingest/accession.h"
#include "ingest/stages.h"
#include "ingest/stored_case.h"
#include "ingest/workspace.h"

namespace anjuan::ingest {

namespace {

bool is_made(const Derivatives& derivatives, const std::string& path) {
  return std::any_of(derivatives.copies.begin(), derivatives.copies.end(), [&](const auto& copy) {
    return path_in_package(copy.representation, copy.file.path) == path;
  });
}

/// A copy stays in the package's list of files when its original is replaced, beside the new one
/// and under its name. So that nobody takes it for a copy of that, an event says what it is.
void tell_outlived_copies(const GatheredCase& gathered, const StoredMedia& stored,
                          Derivatives& derivatives) {
  for (const GatheredFile& file : gathered.files) {
    for (const auto& copy : stored.copies_of_replaced(file.path, file.digests.sha512)) {
      if (is_made(derivatives, copy.file.path)) continue;
      MediaAct act{"modification", "", "success", {copy.file.path}};
      act.detail = say_in(Language::kChinese, "ingest.event_outlived",
                          {{"path", file.path}, {"copy", copy.file.path}});
      derivatives.acts.push_back(std::move(act));
    }
  }
}

}  // namespace

/// What was derived while the case was measured is taken as it is; what was only observed then is
/// derived now.
NormalisedCase normalise(DescribedCase described, Inspection inspection, const Workspace& work,
                         const std::optional<StoredCase>& stored, const Desk& desk) {
  NormalisedCase normalised(std::move(described), std::move(inspection));
  const CheckedCase& checked = normalised.described().checked();
  normalised.media_ = checked.media();
  if (normalised.media_.depth != formats::PassDepth::kDerive) {
    normalised.media_ =
        measure_gathered(checked.gathered(), formats::PassDepth::kDerive, work, stored, desk);
  }
  normalised.derivatives_ = derivatives_of(checked.gathered(), normalised.media_, work.started());
  tell_outlived_copies(checked.gathered(), StoredMedia::of(stored), normalised.derivatives_);
  normalised.sidecars_ =
      sidecars_of(checked.gathered().declared, normalised.described().identified(),
                  normalised.media_, normalised.derivatives_, desk.law);
  return normalised;
}

/// Signatures and time stamps come with packager/seal; until then a package says that it has none.
SealedPackage seal(packager::Package package, const Desk&) {
  return SealedPackage(std::move(package));
}

}  // namespace anjuan::ingest
