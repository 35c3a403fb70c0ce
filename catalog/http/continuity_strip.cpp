#include "catalog/http/continuity_strip.h"

#include <algorithm>

namespace anjuan::catalog {

namespace {

/// Numbers of the gaps of one file, in the order of their times.
std::vector<std::size_t> gaps_of(const MeasuredRow& row, std::size_t part) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < row.gaps.size(); ++i) {
    if (row.gaps[i].part == static_cast<std::int64_t>(part)) found.push_back(i);
  }
  std::stable_sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
    return row.gaps[a].at_ms < row.gaps[b].at_ms;
  });
  return found;
}

class Strip {
 public:
  void recorded(std::int64_t length_ms) { add(StripPiece::Kind::kRecorded, length_ms, 0); }

  void missing(std::int64_t length_ms, std::size_t gap) {
    add(StripPiece::Kind::kMissing, length_ms, gap);
  }

  std::vector<StripPiece> pieces;

 private:
  void add(StripPiece::Kind kind, std::int64_t length_ms, std::size_t gap) {
    if (length_ms <= 0) return;
    pieces.push_back({kind, length_of(pieces), length_ms, gap});
  }
};

}  // namespace

std::vector<StripPiece> strip_of(const MeasuredRow& row) {
  const bool known = std::all_of(row.parts.begin(), row.parts.end(),
                                 [](const PartRow& part) { return part.measured_ms > 0; });
  if (!known) return {};
  Strip strip;
  for (std::size_t part = 0; part < row.parts.size(); ++part) {
    const auto end = row.parts[part].measured_ms;
    std::int64_t done = 0;
    for (const auto number : gaps_of(row, part)) {
      const auto at = std::clamp(row.gaps[number].at_ms, done, end);
      strip.recorded(at - done);
      strip.missing(row.gaps[number].missing_ms, number);
      done = at;
    }
    strip.recorded(end - done);
  }
  return strip.pieces;
}

std::int64_t length_of(const std::vector<StripPiece>& strip) {
  return strip.empty() ? 0 : strip.back().from_ms + strip.back().length_ms;
}

}  // namespace anjuan::catalog
