#pragma once
// Files of viewer/static, compiled in.

#include <optional>
#include <string_view>

namespace anjuan::catalog {

/// The bytes of viewer/static/`name`, or nothing. The name is compared, never opened.
std::optional<std::string_view> find_asset(std::string_view name);

}  // namespace anjuan::catalog
