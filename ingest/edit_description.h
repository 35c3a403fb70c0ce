#pragma once
// Editing the description of a stored package: a new version that touches no original.

#include <string>
#include <vector>

#include "core/case/description.h"
#include "ingest/accession.h"

namespace anjuan::ingest {

struct DescriptionEdit {
  packager::PackageId package;
  std::vector<DescriptionChange> changes;
  std::string reason;
};

/// The version that the edit made; the current one if it changes nothing.
/// Throws Error(kNotFound) without such a package, Error(kInvalid | kRefused) if the edit is not
/// allowed (nothing is stored), Error(kBusy) if another process works on it.
int edit_stored_description(const DescriptionEdit& edit, Desk& desk);

}  // namespace anjuan::ingest
