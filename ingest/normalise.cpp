#include "ingest/accession.h"
#include "ingest/stages.h"

namespace anjuan::ingest {

/// Preservation copies and recognised text come with preservation/formats; until then nothing is
/// derived, and the package's event says so.
NormalisedCase normalise(DescribedCase described, Inspection inspection, const Desk&) {
  return {std::move(described), std::move(inspection)};
}

/// Signatures and time stamps come with packager/seal; until then a package says that it has none.
SealedPackage seal(packager::Package package, const Desk&) {
  return SealedPackage(std::move(package));
}

}  // namespace anjuan::ingest
