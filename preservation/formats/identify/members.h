#pragma once
// The members of ZIP and OLE2 containers that signatures ask for. Runs in the sandboxed child and
// in the fuzzers; reads nothing but what it was given, and no member's name becomes a path.
//
// Bounded: so many members, so many bytes of each, so many entries, steps and folders. What cannot
// be followed is told as damage; the members that were found until then stay.

#include <set>

#include "preservation/formats/identify/byte_input.h"
#include "preservation/formats/identify/signature_set.h"

namespace anjuan::formats {

/// Of one member; container signatures look at most 40,000 bytes deep.
inline constexpr std::size_t kMemberHeadBytes = 128UL * 1024;
inline constexpr std::size_t kMembersReadMax = 64;
inline constexpr std::uint64_t kZipDirectoryBytesMax = 64ULL * 1024 * 1024;
inline constexpr std::size_t kOle2EntriesMax = 65'536;
inline constexpr std::uint64_t kOle2SectorsMax = 8ULL * 1024 * 1024;  ///< 4 GiB of 512 bytes
inline constexpr std::size_t kOle2DepthMax = 8;

using WantedPaths = std::set<std::string, std::less<>>;

struct MembersFound {
  Members members;
  std::string damage;  ///< "" = the container could be read to its end
};

/// By the central directory (APPNOTE.TXT 6.3.10); stored and deflated members.
MembersFound read_zip_members(ByteInput& zip, const WantedPaths& wanted);

/// By the directory tree ([MS-CFB]); control characters before names are left out, "/" between.
MembersFound read_ole2_members(ByteInput& file, const WantedPaths& wanted);

/// A member whose first bytes are `head` and that is `bytes` long.
FileWindows member_windows(std::string head, std::uint64_t bytes);

}  // namespace anjuan::formats
