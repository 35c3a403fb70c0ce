#pragma once
// What a declared case must keep to be read at all, and what is merely reported.

#include <string>

#include "core/finding.h"
#include "core/json.h"

namespace anjuan {

/// Throws Error(kInvalid) for a wrong type or a duplicate id, Error(kRefused) for a file name that
/// leaves the folder. Returns warnings: "CASE-KEY" for an unknown key, "CASE-CHARACTER" for a text
/// with a character that XML 1.0 cannot carry; `where` is the JSON pointer (RFC 6901) of the value.
Findings check_case(const Json& declared, const std::string& subject);

/// Keys of one object; more throw Error(kInvalid).
inline constexpr std::size_t kCaseKeysMax = 2000;

/// Bytes of a case.json or case.xml; more throw Error(kRefused).
inline constexpr std::size_t kCaseBytesMax = 64 * 1024 * 1024;

/// At most this many warnings, then one that says that there are more.
inline constexpr std::size_t kCaseFindingsMax = 1000;

/// "/" and `key` escaped as RFC 6901 wants it.
std::string pointer_step(std::string_view key);

}  // namespace anjuan
