#pragma once
// Writes the rows of one package into index.db.

#include <string>
#include <vector>

#include "catalog/index/rows.h"
#include "core/database.h"
#include "core/error.h"
#include "preservation/store/store.h"

namespace anjuan::catalog {

/// One transaction: the old rows of the package go, the new ones come. Returns the findings that
/// were written. Throws only what the database throws; a package that cannot be read is a finding.
std::vector<FindingRow> project_package(Database& database, const preservation::Store& store,
                                        const preservation::StoredObject& object);

/// The same for an object of which not even the inventory can be read; `id` is what its place or
/// the caller knows of it, if anything.
std::vector<FindingRow> project_unreadable(Database& database, const std::string& key,
                                           const std::optional<packager::PackageId>& id,
                                           const Error& error);

/// Whichever of the two fits what the store holds now; no rows if it holds no such package.
std::vector<FindingRow> project_stored(Database& database, const preservation::Store& store,
                                       const packager::PackageId& id);

}  // namespace anjuan::catalog
