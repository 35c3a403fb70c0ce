#pragma once
// A recording's clock, learnt: where each digit stands and how it is drawn. Reads strips.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "preservation/formats/continuity/glyphs.h"

namespace anjuan::formats {

/// True if six digits (their middles, left to right) stand as HH:MM:SS does: pairs equally wide,
/// and equally far apart. Where a digit was lost in what is behind it, others were taken for the
/// six.
bool stand_as_time(const std::array<int, 6>& middles);
/// Seconds since midnight, or nothing if the digits are no time of day.
std::optional<std::int64_t> to_time_of_day(const std::array<int, 6>& digits);
/// Days since 1970-01-01 of YYYYMMDD, or nothing if they are no date of 1990-2099.
std::optional<std::int64_t> to_day(const std::array<int, 8>& digits);

struct ClockFace {
  Rect strip;                      ///< the part of the picture that holds all digits
  int top = 0;                     ///< of the digits, in the strip
  std::array<int, 6> time_left{};  ///< of each digit's cell: HHMMSS
  std::vector<int> date_left;      ///< of YYYYMMDD, or empty
  Glyphs glyphs{1, 1, {}};
  double offset_s = 0;  ///< clock minus time stamp, where it was learnt (with a date)

  bool has_date() const { return date_left.size() == 8; }

  /// The cell of the last digit, in the strip.
  int seconds_left() const { return time_left[5]; }

  /// The digit that stands in the cell at `left` of a strip.
  Match match(const Luma& picture, int left) const;
  /// What lies behind that cell; behind the whole line.
  Backdrop backdrop(const Luma& picture, int left) const;
  Backdrop backdrop(const Luma& picture) const;

  /// True if the match is good enough to be believed: stricter while a digit is not known.
  bool is_clear(const Match& match) const;
  /// True if the match is what somebody else has read there.
  bool agrees(const Match& match, int digit) const;
  /// Of a strip; nothing if a digit is not clear.
  std::optional<std::int64_t> time_of_day(const Luma& strip) const;
  std::optional<std::int64_t> day(const Luma& strip) const;
  /// Both, as in ClockReading, of a strip at `at_s`. Where a date cannot be read it is the one
  /// nearest to where the clock was learnt.
  std::optional<std::int64_t> read(const Luma& strip, double at_s) const;
};

/// Looks left of the time for eight digits that are a date, and adds their places to `face`.
void find_date(ClockFace& face, const Luma& mean);

}  // namespace anjuan::formats
