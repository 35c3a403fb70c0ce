#pragma once
// RFC 4648 base64, as XML Schema's base64Binary writes it.

#include <optional>
#include <string>
#include <string_view>

namespace anjuan::formats {

std::string to_base64(std::string_view bytes);

/// White space is skipped; nothing for anything else that is not base64.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace anjuan::formats
