#pragma once
// A look at the headers of a RAR 5 archive before libarchive reads it (RAR 5.0 archive format,
// rarlab.com/technote.htm).
//
// libarchive 3.6 never compares the check sum of entries that are stored unpacked, as recordings
// are, and hands out encrypted bytes as if they were the content. So the sums are read here, and
// archives with a password, without an end or in several volumes are refused.

#include <cstdint>
#include <optional>
#include <vector>

#include "packager/container_source.h"

namespace anjuan::packager {

/// True if the source begins as RAR 5 does (RAR 4 has another mark and libarchive checks its sums).
bool is_rar5(SeekableSource& source);

/// The CRC-32 of each file entry, in the order of the archive; nothing where libarchive checks a
/// BLAKE2sp sum instead. Throws UnpackError.
std::vector<std::optional<std::uint32_t>> rar5_sums(SeekableSource& rar);

}  // namespace anjuan::packager
