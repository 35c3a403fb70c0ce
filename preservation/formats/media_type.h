#pragma once
// The media type of a file by its first bytes, then by its name.
//
// Not format identification (identify.h), which looks into containers and asks for a second
// opinion. This only answers, without a child, what METS must state about every file (CSIP68, an
// IANA type).

#include <string>
#include <string_view>

namespace anjuan::preservation {

/// Bytes of the head that media_type() looks at.
inline constexpr std::size_t kMediaTypeHeadBytes = 4096;

/// An IANA media type; "application/octet-stream" if neither head nor name tells.
std::string media_type(std::string_view head, std::string_view file_name);

}  // namespace anjuan::preservation
