#pragma once
// A signature: byte sequences at the beginning, at the end or anywhere of a file, all of which
// must be found; and how they are looked for.
//
// A sequence is a row of steps with gaps between them. It is matched by carrying the set of places
// where the next step may begin, never by trying and going back: the time is bounded by steps times
// window, for any signature and any file.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "preservation/formats/identify/pattern.h"

namespace anjuan::formats {

/// What the trusted side reads of a file; what lies between both windows is not looked at. Half a
/// megabyte is what the farthest reaching signatures of PRONOM need (Nikon raw images).
inline constexpr std::size_t kHeadWindowBytes = 512UL * 1024;
inline constexpr std::size_t kTailWindowBytes = 128UL * 1024;

struct FileWindows {
  std::string head;
  std::string tail;
  std::uint64_t bytes = 0;  ///< of the whole file

  /// Of bytes that are all in memory: a file or a member of a container.
  static FileWindows of(std::string_view all);

  bool head_is_all() const { return head.size() == bytes; }
};

inline constexpr std::uint64_t kNoLimit = ~std::uint64_t{0};

/// Bytes between one thing and the next, both ends included.
struct Gap {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
};

enum class Anchor : std::uint8_t { kBeginning, kEnd, kAnywhere };

/// "Before" and "after" are meant in the direction of the search: from the end with Anchor::kEnd.
struct StepChoice {
  Pattern pattern;
  Gap before;
  Gap after;
};

struct ByteSequence {
  Anchor anchor = Anchor::kBeginning;
  std::vector<std::vector<StepChoice>> steps;

  bool found_in(const FileWindows& windows) const;
};

struct Signature {
  std::vector<ByteSequence> sequences;

  bool found_in(const FileWindows& windows) const;
};

}  // namespace anjuan::formats
