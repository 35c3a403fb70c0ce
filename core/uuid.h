#pragma once
// UUIDs (RFC 9562): version 4 from the system's random source, version 8 from a name.

#include <string>
#include <string_view>

namespace anjuan {

/// Random, lower-case, "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".
std::string random_uuid();

/// The same name always gives the same UUID: the first 16 bytes of SHA-512(space + NUL + name),
/// with version 8 and the RFC variant set.
std::string name_uuid(std::string_view space, std::string_view name);

/// True for the canonical lower-case form of any version.
bool is_uuid(std::string_view text);

}  // namespace anjuan
