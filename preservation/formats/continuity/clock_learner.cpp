#include "preservation/formats/continuity/clock_learner.h"

#include <cmath>
#include <cstdlib>

#include "preservation/formats/continuity/clock_finder.h"
#include "preservation/formats/continuity/clock_reads.h"
#include "preservation/formats/continuity/clock_sights.h"

namespace anjuan::formats {

namespace {

constexpr double kWindowSeconds = 13;
constexpr std::size_t kStripBytesMax = 192UL * 1024 * 1024;  ///< of all strips of one region
constexpr double kLeftHeights = 20;
constexpr std::int64_t kDay = 86400;
constexpr int kShiftMax = 2;
constexpr int kFarthest = 8;  ///< seconds from one that was read to one that was not

template <typename Take>
void each_picture(AvInput& input, double from_s, Take take) {
  if (!input.seek(from_s)) return;
  input.choose(DecodeWhat::kAll);
  Picture picture;
  std::size_t count = 0;
  while (count < Plateaus::kPicturesMax && input.decode(picture)) {
    if (picture.pts_s < from_s - 1e-6) continue;
    if (picture.pts_s > from_s + kWindowSeconds) return;
    take(picture);
    ++count;
  }
}

/// The region may be a part of its digit only: the digit is at most so much higher.
Rect strip_around(const Rect& region, const Luma& picture) {
  const int height = region.height + std::max(region.height, picture.height / 40);
  const int left = region.right() - static_cast<int>(kLeftHeights * height);
  return clipped(
      {left, region.top - height, region.right() + 2 * height - left, region.height + 2 * height},
      picture.width, picture.height);
}

std::vector<Strip> collect(AvInput& input, double from_s, const Rect& region, Rect& place) {
  std::vector<Strip> strips;
  std::size_t bytes = 0;
  each_picture(input, from_s, [&](const Picture& picture) {
    if (place.empty()) place = strip_around(region, picture.luma);
    const bool fits = place.right() <= picture.luma.width && place.bottom() <= picture.luma.height;
    if (place.empty() || !fits || bytes > kStripBytesMax) return;
    strips.push_back({picture.pts_s, cropped(picture.luma, place)});
    bytes += strips.back().luma.pixels.size();
  });
  return strips;
}

/// What each second shows, by its nearest agreed neighbour; -1 where that is not sure.
std::vector<std::int64_t> labels_of(const Rhythm& rhythm, const std::vector<Reading>& sure) {
  std::vector<std::int64_t> labels(rhythm.seconds.size(), -1);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!rhythm.seconds[i].begins_at_tick) continue;
    for (const Reading& reading : sure) {
      if (std::abs(static_cast<int>(reading.second) - static_cast<int>(i)) > kFarthest) continue;
      const double shown = offset_of(rhythm, reading) + rhythm.seconds[i].at_s;
      if (std::abs(shown - std::round(shown)) > 0.15) continue;
      labels[i] = (static_cast<std::int64_t>(std::round(shown)) + kDay) % kDay;
      if (reading.second == i) break;
    }
  }
  return labels;
}

int digit_of(std::int64_t time, std::size_t place) {
  const auto parts = std::array<std::int64_t, 6>{time / 36000,   time / 3600 % 10, time / 600 % 6,
                                                 time / 60 % 10, time % 60 / 10,   time % 10};
  return static_cast<int>(parts[place]);
}

int median_of(std::vector<int> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

/// Sizes and places of the six cells, from the boxes of the letters.
std::optional<ClockFace> lay_out(const std::vector<Reading>& sure, const Ink& ink,
                                 const Luma& strip) {
  std::array<std::vector<int>, 6> middles;
  std::vector<int> widths;
  std::vector<int> heights;
  std::vector<int> tops;
  for (const Reading& reading : sure) {
    if (!reading.boxed) continue;
    for (std::size_t i = 0; i < 6; ++i) {
      const Rect& box = reading.boxes[i];
      middles[i].push_back(2 * box.left + box.width);
      widths.push_back(box.width);
      heights.push_back(box.height);
      tops.push_back(box.top);
    }
  }
  if (widths.empty()) return std::nullopt;
  std::array<int, 6> middle{};
  for (std::size_t i = 0; i < 6; ++i) middle[i] = median_of(middles[i]);
  if (!stand_as_time(middle)) return std::nullopt;
  std::sort(widths.begin(), widths.end());
  const int height = median_of(heights);
  const int pad = 2 + height / 14;
  int width = widths[widths.size() * 9 / 10] + 2 * pad;
  for (const std::size_t i : {0U, 2U, 4U}) {
    width = std::min(width, (middle[i + 1] - middle[i]) / 2);
  }
  ClockFace face;
  face.top = median_of(tops) - pad;
  const int cell_height = height + 2 * pad;
  if (width < 4 || face.top < 0 || face.top + cell_height > strip.height) return std::nullopt;
  for (std::size_t i = 0; i < 6; ++i) {
    face.time_left[i] = (middle[i] - width) / 2;
    if (face.time_left[i] < 0 || face.time_left[i] + width > strip.width) return std::nullopt;
  }
  face.glyphs = Glyphs(width, cell_height, ink);
  return face;
}

void learn_cell(ClockFace& face, const Second& second, std::size_t place, int digit) {
  const Rect cell{face.time_left[place], face.top, face.glyphs.width(), face.glyphs.height()};
  face.glyphs.learn(digit, cropped(second.mean, cell), cropped(second.deviation, cell));
}

/// Moves a cell to where the digits known already match best. Known digits may not show in it:
/// then pairs of digits stand as far apart as in the cells to its right.
void align_cell(ClockFace& face, const Rhythm& rhythm, const std::vector<std::int64_t>& labels,
                std::size_t place) {
  constexpr std::size_t kShifts = 2 * kShiftMax + 1;
  std::array<double, kShifts> sum{};
  std::array<int, kShifts> count{};
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0) continue;
    const Luma& picture = rhythm.seconds[i].mean;
    const Backdrop behind = face.backdrop(picture);
    for (std::size_t shift = 0; shift < kShifts; ++shift) {
      const auto cost = face.glyphs.cost(
          digit_of(labels[i], place), picture,
          face.time_left[place] + static_cast<int>(shift) - kShiftMax, face.top, behind);
      if (!cost) continue;
      sum[shift] += *cost;
      ++count[shift];
    }
  }
  std::optional<std::size_t> best;
  const auto mean_cost = [&](std::size_t shift) { return sum[shift] / count[shift]; };
  for (std::size_t shift = 0; shift < kShifts; ++shift) {
    if (count[shift] > 0 && (!best || mean_cost(shift) < mean_cost(*best))) best = shift;
  }
  auto& left = face.time_left;
  if (best) {
    left[place] += static_cast<int>(*best) - kShiftMax;
  } else if (place < 3) {
    const int apart = place == 1 ? left[4] - left[3] : left[5] - left[4];
    left[place] = std::clamp(left[place], left[place + 1] - apart - 1, left[place + 1] - apart + 1);
  }
}

/// True if the digit stands in that cell or just beside it: a cell that has shown only a 1 so far
/// was put where the 1 is.
bool shows(const ClockFace& face, const Luma& picture, std::size_t place, int digit) {
  for (int shift = -kShiftMax; shift <= kShiftMax; ++shift) {
    if (face.agrees(face.match(picture, face.time_left[place] + shift), digit)) return true;
  }
  return false;
}

/// How many digits of the label are known already, if all of these show in that second; else 0.
int legible_digits(const ClockFace& face, const Second& second, std::int64_t label) {
  int known = 0;
  for (std::size_t place = 0; place < 6; ++place) {
    const int digit = digit_of(label, place);
    if (!face.glyphs.knows(digit)) continue;
    if (!shows(face, second.mean, place, digit)) return 0;
    ++known;
  }
  return known;
}

bool is_legible(const ClockFace& face, const Second& second, std::int64_t label) {
  return legible_digits(face, second, label) >= 2;
}

/// The digits of the other cells: those that are known must look as the label says, or the label is
/// wrong; the others are learnt.
bool learn_other_cells(ClockFace& face, const Rhythm& rhythm,
                       const std::vector<std::int64_t>& certain) {
  for (std::size_t place = 5; place-- > 0;) {
    align_cell(face, rhythm, certain, place);
    std::size_t right = 0;
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < certain.size(); ++i) {
      if (certain[i] < 0) continue;
      const Second& second = rhythm.seconds[i];
      const int digit = digit_of(certain[i], place);
      if (face.glyphs.knows(digit)) {
        const Match match = face.match(second.mean, face.time_left[place]);
        const bool same = face.agrees(match, digit);
        ++(same ? right : wrong);
        if (!same) continue;
      }
      learn_cell(face, second, place, digit);
    }
    if (wrong > right) return false;
    face.glyphs.settle();
  }
  return true;
}

/// The last digit's cell shows every digit in one place: what it teaches is sharp, and the other
/// cells are put where it fits.
bool learn_anew(ClockFace& face, const Rhythm& rhythm, const std::vector<std::int64_t>& labels) {
  face.glyphs = Glyphs(face.glyphs.width(), face.glyphs.height(), face.glyphs.ink());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= 0) learn_cell(face, rhythm.seconds[i], 5, digit_of(labels[i], 5));
  }
  face.glyphs.settle();
  return learn_other_cells(face, rhythm, labels);
}

/// True if another reading runs on with this one.
bool is_confirmed(const Reading& reading, const std::vector<Reading>& all, const Rhythm& rhythm) {
  return std::any_of(all.begin(), all.end(), [&](const Reading& other) {
    return other.second != reading.second && run_on(rhythm, other, reading);
  });
}

/// First from the seconds that OCR read itself; then from those that are legible by what is known
/// so far. A second that nobody can read would teach its background.
bool learn_digits(ClockFace& face, const Rhythm& rhythm, std::vector<std::int64_t>& labels,
                  const std::vector<Reading>& sure, const std::vector<Reading>& all) {
  std::vector<std::int64_t> certain(labels.size(), -1);
  for (const Reading& reading : sure) certain[reading.second] = labels[reading.second];
  for (std::size_t i = 0; i < certain.size(); ++i) {
    if (certain[i] >= 0) learn_cell(face, rhythm.seconds[i], 5, digit_of(certain[i], 5));
  }
  face.glyphs.settle();
  if (!learn_other_cells(face, rhythm, certain)) return false;
  // What OCR read elsewhere (beyond a cut, say) is believed if the letters known so far agree.
  // Alone against the others it has misread, unless all its letters are known.
  for (const Reading& reading : all) {
    const std::size_t i = reading.second;
    const bool alone =
        labels[i] >= 0 && labels[i] != reading.time && !is_confirmed(reading, all, rhythm);
    const int legible = legible_digits(face, rhythm.seconds[i], reading.time);
    if (certain[i] >= 0 || legible < (alone ? 6 : 2)) continue;
    labels[i] = certain[i] = reading.time;
    learn_cell(face, rhythm.seconds[i], 5, digit_of(reading.time, 5));
  }
  face.glyphs.settle();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0 || certain[i] >= 0) continue;
    if (is_legible(face, rhythm.seconds[i], labels[i])) {
      learn_cell(face, rhythm.seconds[i], 5, digit_of(labels[i], 5));
    } else {
      labels[i] = -1;
    }
  }
  return learn_anew(face, rhythm, labels);
}

/// True if the clock, as learnt, reads what it was learnt from.
bool proves_itself(const ClockFace& face, const Rhythm& rhythm,
                   const std::vector<std::int64_t>& labels) {
  std::size_t right = 0;
  std::size_t all = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0) continue;
    ++all;
    if (face.time_of_day(rhythm.seconds[i].mean) == labels[i]) ++right;
  }
  return all >= 2 && right * 10 >= all * 7;
}

Luma mean_of_all(const std::vector<Strip>& strips) {
  return put_together(strips, 0, strips.size()).mean;
}

/// The day of the learnt seconds, for pictures in which the date cannot be read.
void settle_day(ClockFace& face, const Luma& mean, const Rhythm& rhythm,
                const std::vector<std::int64_t>& labels) {
  const auto day = face.day(mean);
  if (!day) return;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0) continue;
    face.offset_s = static_cast<double>(*day * kDay + labels[i]) - rhythm.seconds[i].at_s;
    return;
  }
}

std::optional<ClockFace> learn_from(const Rhythm& rhythm, const std::vector<Reading>& sure,
                                    const std::vector<Reading>& all, const Ink& ink,
                                    const Luma& mean) {
  auto face = lay_out(sure, ink, mean);
  if (!face) return std::nullopt;
  auto labels = labels_of(rhythm, sure);
  if (!learn_digits(*face, rhythm, labels, sure, all)) return std::nullopt;
  if (!proves_itself(*face, rhythm, labels)) return std::nullopt;
  find_date(*face, mean);
  settle_day(*face, mean, rhythm, labels);
  return face;
}

std::optional<ClockFace> learn_region(const std::vector<Strip>& strips, const Rect& rough,
                                      DigitOcr& ocr) {
  const auto rhythm = find_rhythm(strips, rough);
  if (!rhythm || rhythm->seconds.size() < 2) return std::nullopt;
  const Luma mean = mean_of_all(strips);
  for (const auto& [ink, place] : sights_of(*rhythm, rough)) {
    const auto reads = read_seconds(*rhythm, place, ink, ocr);
    for (const auto& party : parties(*rhythm, reads)) {
      if (auto face = learn_from(*rhythm, party, reads, ink, mean)) return face;
    }
  }
  return std::nullopt;
}

/// Keeps only the line itself: every picture of a span will be remembered by it.
void trim(ClockFace& face) {
  constexpr int kBorder = 3;
  int left = face.time_left[0];
  for (const int cell : face.date_left) left = std::min(left, cell);
  const Rect line{left - kBorder, face.top - kBorder,
                  face.seconds_left() + face.glyphs.width() - left + 2 * kBorder,
                  face.glyphs.height() + 2 * kBorder};
  const Rect kept = clipped(line, face.strip.width, face.strip.height);
  face.strip = {face.strip.left + kept.left, face.strip.top + kept.top, kept.width, kept.height};
  face.top -= kept.top;
  for (int& cell : face.time_left) cell -= kept.left;
  for (int& cell : face.date_left) cell -= kept.left;
}

}  // namespace

std::optional<ClockFace> learn_clock(AvInput& input, double from_s, DigitOcr& ocr) {
  const InputTrack* video = input.video();
  if (video == nullptr || !ocr.ready()) return std::nullopt;
  std::optional<ClockFinder> finder;
  int width = 0;
  int height = 0;
  each_picture(input, from_s, [&](const Picture& picture) {
    if (!finder) finder.emplace(width = picture.luma.width, height = picture.luma.height);
    if (picture.luma.width == width && picture.luma.height == height) {
      finder->add(picture.luma, picture.pts_s);
    }
  });
  if (!finder) return std::nullopt;
  std::optional<ClockFace> best;
  for (const TickRegion& region : finder->regions()) {
    Rect place;
    const auto strips = collect(input, from_s, region.place, place);
    if (strips.empty()) continue;
    Rect rough = region.place;
    rough.left -= place.left;
    rough.top -= place.top;
    rough = clipped(rough, place.width, place.height);
    auto face = learn_region(strips, rough, ocr);
    if (!face) continue;
    face->strip = place;
    trim(*face);
    if (face->has_date()) return face;
    if (!best) best = std::move(face);
  }
  return best;
}

}  // namespace anjuan::formats
