#pragma once
// The boxes of an MP4 or QuickTime file: what its writer put where, without decoding anything.
//
// For the sandboxed child. Reads headers only; never more than kBoxesMax of them.

#include <cstdint>
#include <optional>
#include <string>

namespace anjuan::formats {

inline constexpr std::uint32_t kBoxesMax = 20'000;

struct BoxFacts {
  bool is_box_file = false;  ///< it begins with ftyp, moov, mdat, wide, free or skip
  bool has_index = false;    ///< moov is there
  bool index_first = false;  ///< and stands before the first media
  bool fragmented = false;
  std::string brand;                      ///< e.g. "isom", "qt  "; "" without ftyp
  std::string fingerprint;                ///< e.g. "ftyp:isom,isom,iso2 moov(mvhd trak(...)) mdat"
  std::optional<std::int64_t> created_s;  ///< of mvhd, seconds since 1970; nothing if 0
  std::optional<std::int64_t> modified_s;
  // Of the first picture track; where there is none, of the first sound track.
  std::uint32_t edits = 0;  ///< entries of its edit list
  double skipped_s = 0;     ///< media time at which its first real edit begins
  double empty_s = 0;       ///< empty edits
  double declared_s = 0;    ///< sum of its stts
  std::uint64_t samples = 0;
  std::uint64_t missing_bytes = 0;  ///< that the outermost boxes promise beyond the file's end
};

/// From a file of `size` bytes; anything that is no box file gives is_box_file = false.
BoxFacts walk_boxes(int descriptor, std::uint64_t size);

}  // namespace anjuan::formats
