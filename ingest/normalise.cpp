#include "ingest/accession.h"
#include "ingest/stages.h"
#include "ingest/stored_case.h"
#include "ingest/workspace.h"

namespace anjuan::ingest {

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
