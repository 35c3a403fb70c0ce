#pragma once
// The strip of a recording: one bar for all its files in order, what was recorded in one colour,
// what is missing between in another, to scale.
//
// A drawing beside words: its text alternative and the list below it say the same.

#include <cstdint>
#include <vector>

#include "catalog/index/rows.h"

namespace anjuan::catalog {

/// A piece of the strip, in milliseconds from its left end.
struct StripPiece {
  enum class Kind { kRecorded, kMissing };
  Kind kind = Kind::kRecorded;
  std::int64_t from_ms = 0;
  std::int64_t length_ms = 0;
  std::size_t gap = 0;  ///< number of the gap, of a missing piece

  bool operator==(const StripPiece&) const = default;
};

/// Files and gaps laid one behind the other. Empty if no length is known.
std::vector<StripPiece> strip_of(const MeasuredRow& row);

/// Of the whole strip.
std::int64_t length_of(const std::vector<StripPiece>& strip);

}  // namespace anjuan::catalog
