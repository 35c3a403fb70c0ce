#pragma once
// SELECT statements of index.db.

#include <optional>
#include <string>
#include <vector>

#include "catalog/index/index.h"
#include "core/database.h"

namespace anjuan::catalog {

PackageList select_packages(Database& database, const PackageFilter& filter);
std::optional<PackageDetail> select_detail(Database& database, const std::string& package);
std::vector<FileRow> select_files(Database& database, const std::string& package,
                                  std::int64_t limit);
std::optional<FileRow> select_file(Database& database, const std::string& package,
                                   const std::string& file);
std::vector<std::int64_t> select_years(Database& database);
std::vector<FindingRow> select_findings(Database& database, const std::string& package = {});
std::int64_t count_packages(Database& database);
std::int64_t count_unreadable(Database& database);

}  // namespace anjuan::catalog
