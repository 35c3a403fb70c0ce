#pragma once
// What OCR reads in the seconds of a strip, and which of its reads confirm each other.

#include <array>
#include <cstdint>
#include <vector>

#include "preservation/formats/continuity/clock_letters.h"
#include "preservation/formats/continuity/digit_ocr.h"

namespace anjuan::formats {

/// A second, as OCR read it: and the parts of its letters that are the six digits.
struct Reading {
  std::size_t second = 0;
  std::int64_t time = 0;
  std::array<Rect, 6> boxes{};
  bool boxed = false;
};

/// Of at most fourteen seconds; `place` is the digit that changes every second.
std::vector<Reading> read_seconds(const Rhythm& rhythm, const Rect& place, const Ink& ink,
                                  DigitOcr& ocr);

/// Clock minus time stamp, with time as seconds since midnight.
double offset_of(const Rhythm& rhythm, const Reading& reading);

/// True if the clock ran on with the time stamps from one to the other.
bool run_on(const Rhythm& rhythm, const Reading& a, const Reading& b);

/// Reads that confirm each other, because the clock runs on with the time stamps: the largest
/// party first. OCR may err alike more than once: the letters decide between parties.
std::vector<std::vector<Reading>> parties(const Rhythm& rhythm, const std::vector<Reading>& reads);

}  // namespace anjuan::formats
