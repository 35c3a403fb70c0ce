#pragma once
// Turns a normalised case into the draft of a package: files, metadata, agents and events.

#include <optional>
#include <string>

#include "core/case/case_file.h"
#include "core/config.h"
#include "ingest/accession.h"
#include "ingest/adoption_record.h"
#include "ingest/edit_description.h"
#include "ingest/foreign_package.h"
#include "ingest/stages.h"
#include "ingest/stored_case.h"

namespace anjuan::ingest {

/// The fonds that a case belongs to: as declared, else the archive's own.
std::string fonds_of(const CaseFile& declared, const Config& config);

/// `started` is the time of the work's first run: a restart gives the same draft again.
/// With `stored` the draft is of the next version and holds only what is new or changed.
packager::PackageDraft draft_package(const NormalisedCase& normalised,
                                     const packager::PackageId& id,
                                     const std::optional<StoredCase>& stored,
                                     const HandedIn& handed_in, Instant started, const Desk& desk);

/// The package that a foreign one is kept in, whole, below representations/original/data.
packager::PackageDraft draft_adoption(const ForeignPackage& foreign, const AdoptionRecord& record,
                                      const packager::PackageId& id, const Desk& desk);

/// The next version of a package whose description was edited; the caller adds the document.
packager::PackageDraft draft_edit(const CaseFile& declared, const DescriptionEdit& edit,
                                  Instant now, const Desk& desk);

}  // namespace anjuan::ingest
