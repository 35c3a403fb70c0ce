#pragma once
// The page for everything that went wrong: what happened, what is safe, what next.

#include <string>

#include "catalog/http/page.h"

namespace anjuan::catalog {

/// `message` is a whole sentence in the visitor's language.
std::string problem_page(const Visit& visit, int status, const std::string& message);

}  // namespace anjuan::catalog
