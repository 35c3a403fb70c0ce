#pragma once
// What a file's own headers promise: how long its recording lasts, and where its bytes end.
//
// For the sandboxed child. Of RIFF (WAV, AVI), Matroska, ASF, Ogg and MPEG transport streams; the
// boxes of MP4 have their own walker (box_walker.h). Reads headers only, a bounded number of them.

#include <cstdint>

namespace anjuan::formats {

inline constexpr std::uint32_t kElementsMax = 2'000'000;  ///< of one file

struct FilePromise {
  double length_s = 0;  ///< of the picture track, or else of the sound; 0 = nothing is promised
  /// The last unit that was begun is not all there, or the mark that must end the file is missing.
  bool cut_short = false;
};

/// From a file of `size` bytes; anything of another kind promises nothing.
FilePromise read_promise(int descriptor, std::uint64_t size);

}  // namespace anjuan::formats
