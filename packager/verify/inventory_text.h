#pragma once
// Small questions about the texts inside an OCFL inventory.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace anjuan::packager {

/// Begins with a scheme and a colon and has no white space (RFC 3986, as far as OCFL W005 asks).
bool is_uri(std::string_view text);

/// A date-time of RFC 3339 section 5.6 with its time zone.
bool is_rfc3339(std::string_view text);

/// An element of the path (a slash at either end apart) is empty, "." or "..", or the path has a
/// NUL byte, which no file name can have.
bool has_bad_element(std::string_view path);

/// The path without empty and "." elements, each ".." having taken away the element before it.
std::string cleaned(std::string_view path);

/// Order of texts regardless of the case of ASCII letters.
struct CaselessLess {
  bool operator()(std::string_view a, std::string_view b) const;
};

/// Only hexadecimal digits.
bool is_hex(std::string_view text);

/// ASCII letters to lower case.
std::string lower(std::string_view text);

/// The number of a version directory name: "v1" = 1, "v0003" = 3; 0 for any other text.
std::uint32_t version_number(std::string_view name);

/// An upper bound on the values in a JSON text, without parsing it.
std::size_t count_json_values(std::string_view json);

}  // namespace anjuan::packager
