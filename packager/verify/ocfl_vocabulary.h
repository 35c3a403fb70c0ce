#pragma once
// The words that the OCFL standard and its registered extensions fix: codes of each edition, names
// of digest algorithms, names of extensions.

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/digest.h"

namespace anjuan::packager {

/// The code under which edition `spec` of the standard ("1.0"; else the newest) knows what 1.1
/// calls `code`. 1.0 has no codes E103-E112 and W016: the same demands stand there under others.
std::string_view code_in(std::string_view spec, std::string_view code);

/// A digest algorithm of the standard's table or of the extension 0009.
struct NamedDigest {
  std::string_view name;  ///< as an inventory writes it, e.g. "blake2b-512"
  DigestAlgorithm algorithm;
  std::size_t hex_digits;
  std::string_view encoding_code;  ///< that demands hexadecimal digits (E029-E032); "" = none does
};

/// Nothing for a name that we cannot compute.
std::optional<NamedDigest> digest_named(std::string_view name);

/// Such a fixity "digest" is the decimal length of the file (extension 0009).
inline constexpr std::string_view kSizeDigest = "size";

/// The name of a registered extension, or one that may have been registered after this was
/// written: NNNN-word with a number beyond those that are listed here.
bool is_registered_extension(std::string_view name);

}  // namespace anjuan::packager
