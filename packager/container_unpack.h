#pragma once
// Reads a foreign container with libarchive and tells what is in it as frames. Runs in the
// sandboxed child (container.cpp) and in the fuzzer; opens no file and writes none.
//
// Read are zip, 7z, rar and tar (ustar, pax, GNU), the last also in gzip, xz, zstd or bzip2. Only
// the reader of the format that the first bytes show is switched on.

#include <cstdint>

#include "packager/container_frames.h"
#include "packager/container_source.h"

namespace anjuan::packager {

/// Writes frames until the end or a fault; throws nothing of its own. `unpacked_max` bounds what
/// may come out of a compressed tar, headers included.
void unpack(SeekableSource& input, std::uint64_t unpacked_max, FrameWriter& out);

}  // namespace anjuan::packager
