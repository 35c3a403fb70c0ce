#pragma once
// A look at the names of a zip before libarchive reads it (APPNOTE.TXT 6.3.10, 4.3 and 4.4).
//
// libarchive 3.6 turns names that carry the UTF-8 flag (general purpose bit 11) into NFC. Original
// names are kept byte for byte, so the flag is cleared on the way in (MaskedSource) and the names
// come out as they are. The same look refuses names with a NUL and entries whose local name is not
// the one of the central directory: two programs would see two different files there.

#include <cstdint>
#include <vector>

#include "packager/container_source.h"

namespace anjuan::packager {

inline constexpr std::uint8_t kZipUtf8Mask = 0x08;  ///< bit 11, in the second byte of the flags

/// Offsets of the second flag byte of every header with the UTF-8 flag, ascending.
/// Throws UnpackError for a zip without a readable central directory.
std::vector<std::uint64_t> zip_utf8_flags(SeekableSource& zip);

}  // namespace anjuan::packager
