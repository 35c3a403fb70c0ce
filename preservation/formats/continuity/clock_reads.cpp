#include "preservation/formats/continuity/clock_reads.h"

#include <cmath>

#include "preservation/formats/continuity/clock_face.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kReadsMax = 14;
constexpr std::int64_t kDay = 86400;

/// HH:MM:SS at the end of what OCR read; colons may be missing.
std::optional<std::int64_t> time_in(const std::string& text) {
  std::array<int, 6> digits{};
  std::size_t have = 0;
  for (auto at = text.rbegin(); at != text.rend() && have < 6; ++at) {
    if (*at == ':') continue;
    digits[5 - have] = *at - '0';
    ++have;
  }
  return have == 6 ? to_time_of_day(digits) : std::nullopt;
}

bool box_digits(const Letters& letters, const Rect& place, std::array<Rect, 6>& boxes) {
  std::size_t end = letters.tall.size();
  const int middle = place.left + place.width / 2;
  while (end > 0 && letters.tall[end - 1].left > middle) --end;
  if (end < 6) return false;
  for (std::size_t i = 0; i < 6; ++i) boxes[i] = letters.tall[end - 6 + i];
  const int first = boxes[0].left + boxes[0].width / 2;
  const int last = boxes[5].left + boxes[5].width / 2;
  return last - first < 7 * place.height && last - first > 2 * place.height;
}

}  // namespace

std::vector<Reading> read_seconds(const Rhythm& rhythm, const Rect& place, const Ink& ink,
                                  DigitOcr& ocr) {
  std::vector<Reading> reads;
  const auto letters = letters_before(rhythm.seconds, place, ink);
  for (std::size_t i = 0; i < letters.size() && i < kReadsMax; ++i) {
    Reading reading;
    reading.second = i;
    reading.boxed = box_digits(letters[i], place, reading.boxes);
    const auto time = time_in(ocr.read_line(letters[i].clean));
    if (!time) continue;
    reading.time = *time;
    reads.push_back(reading);
  }
  return reads;
}

double offset_of(const Rhythm& rhythm, const Reading& reading) {
  return static_cast<double>(reading.time) - rhythm.seconds[reading.second].at_s;
}

bool run_on(const Rhythm& rhythm, const Reading& a, const Reading& b) {
  constexpr double kAgree = 0.15;
  const double apart = offset_of(rhythm, a) - offset_of(rhythm, b);
  return std::abs(std::remainder(apart, kDay)) < kAgree;
}

std::vector<std::vector<Reading>> parties(const Rhythm& rhythm, const std::vector<Reading>& reads) {
  std::vector<std::vector<Reading>> found;
  for (const Reading& reading : reads) {
    if (!rhythm.seconds[reading.second].begins_at_tick) continue;
    const auto own = std::find_if(found.begin(), found.end(), [&](const auto& party) {
      return run_on(rhythm, reading, party.front());
    });
    if (own == found.end()) {
      found.push_back({reading});
    } else {
      own->push_back(reading);
    }
  }
  found.erase(std::remove_if(found.begin(), found.end(),
                             [](const auto& party) { return party.size() < 2; }),
              found.end());
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return found;
}

}  // namespace anjuan::formats
