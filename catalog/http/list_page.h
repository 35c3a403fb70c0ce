#pragma once
// The first page: all packages, with a row to filter them.

#include <string>

#include "catalog/http/page.h"
#include "catalog/index/index.h"

namespace anjuan::catalog {

inline constexpr std::int64_t kPackagesPerPage = 50;

std::string list_page(const Visit& visit, const Index& index);

}  // namespace anjuan::catalog
