#include "preservation/formats/continuity/clock_face.h"

#include <chrono>
#include <cmath>

namespace anjuan::formats {

namespace {

constexpr double kTextCostMax = 4.2;  ///< of Glyphs::kCap = 9: half of the letter may be hidden
constexpr double kMarginMin = 15;     ///< neighbouring pixels err together: far above chance
constexpr double kDateTextCostMax = 3.6;
/// While a digit is unknown it would be read as the one most like it: a 6 fits a 0 at 2.9, what was
/// learnt fits itself below 0.5.
constexpr double kSureTextCostMax = 1.5;
constexpr int kDigits = 10;
constexpr std::size_t kSpotsMax = 40;
constexpr std::int64_t kDaySeconds = 86400;

struct Spot {
  int left = 0;
  Match match;
};

double cost_max(const Glyphs& glyphs, double usual) {
  return glyphs.known() == kDigits ? usual : kSureTextCostMax;
}

bool fits(const Match& match, double text_cost_max) {
  return match.digit >= 0 && match.text_cost <= text_cost_max && match.margin >= kMarginMin;
}

/// Places where some digit matches better than one pixel beside it.
std::vector<Spot> spots_before(const ClockFace& face, const Luma& mean, int end) {
  std::vector<Spot> spots;
  const int width = face.glyphs.width();
  const Backdrop behind = face.backdrop(mean);
  const double most = cost_max(face.glyphs, kDateTextCostMax);
  for (int left = 0; left + width <= end; ++left) {
    const Match match = face.glyphs.match(mean, left, face.top, behind);
    if (!fits(match, most)) continue;
    if (!spots.empty() && left - spots.back().left < width * 6 / 10) {
      if (match.cost < spots.back().match.cost) spots.back() = {left, match};
    } else {
      spots.push_back({left, match});
    }
  }
  return spots;
}

/// Eight neighbours in the row of spots that are a date, the ones next to the time first.
void take_date(ClockFace& face, const std::vector<Spot>& spots) {
  for (std::size_t last = spots.size(); last >= 8; --last) {
    std::array<int, 8> digits{};
    for (std::size_t i = 0; i < 8; ++i) digits[i] = spots[last - 8 + i].match.digit;
    if (!to_day(digits)) continue;
    for (std::size_t i = 0; i < 8; ++i) face.date_left.push_back(spots[last - 8 + i].left);
    return;
  }
}

bool alike(int a, int b, int c) {
  constexpr double kRatio = 1.4;  ///< a 1 may be narrower than the others
  return std::max({a, b, c}) <= kRatio * std::min({a, b, c}) + 2;
}

}  // namespace

bool stand_as_time(const std::array<int, 6>& middles) {
  std::array<int, 5> apart{};
  for (std::size_t i = 0; i < apart.size(); ++i) apart[i] = middles[i + 1] - middles[i];
  return alike(apart[0], apart[2], apart[4]) && alike(apart[1], apart[3], apart[3]) &&
         std::min(apart[1], apart[3]) > std::min({apart[0], apart[2], apart[4]});
}

std::optional<std::int64_t> to_time_of_day(const std::array<int, 6>& d) {
  for (const int digit : d) {
    if (digit < 0 || digit > 9) return std::nullopt;
  }
  const int hour = d[0] * 10 + d[1];
  const int minute = d[2] * 10 + d[3];
  const int second = d[4] * 10 + d[5];
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return hour * 3600 + minute * 60 + second;
}

std::optional<std::int64_t> to_day(const std::array<int, 8>& d) {
  const int year = d[0] * 1000 + d[1] * 100 + d[2] * 10 + d[3];
  const std::chrono::year_month_day date{
      std::chrono::year(year), std::chrono::month(static_cast<unsigned>(d[4] * 10 + d[5])),
      std::chrono::day(static_cast<unsigned>(d[6] * 10 + d[7]))};
  if (year < 1990 || year > 2099 || !date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

bool ClockFace::is_clear(const Match& match) const {
  return fits(match, cost_max(glyphs, kTextCostMax));
}

Backdrop ClockFace::backdrop(const Luma& picture, int left) const {
  return {picture, {left, top, glyphs.width(), glyphs.height()}};
}

Backdrop ClockFace::backdrop(const Luma& picture) const {
  return {picture, {0, top, picture.width, glyphs.height()}};
}

Match ClockFace::match(const Luma& picture, int left) const {
  return glyphs.match(picture, left, top, backdrop(picture, left));
}

bool ClockFace::agrees(const Match& match, int digit) const {
  return match.digit == digit && fits(match, kTextCostMax);
}

std::optional<std::int64_t> ClockFace::time_of_day(const Luma& picture) const {
  std::array<int, 6> digits{};
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const Match found = match(picture, time_left[i]);
    if (!is_clear(found)) return std::nullopt;
    digits[i] = found.digit;
  }
  return to_time_of_day(digits);
}

std::optional<std::int64_t> ClockFace::day(const Luma& picture) const {
  if (!has_date()) return std::nullopt;
  std::array<int, 8> digits{};
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const Match found = match(picture, date_left[i]);
    if (!is_clear(found)) return std::nullopt;
    digits[i] = found.digit;
  }
  return to_day(digits);
}

std::optional<std::int64_t> ClockFace::read(const Luma& picture, double at_s) const {
  const auto time = time_of_day(picture);
  if (!time || !has_date()) return time;
  if (const auto date = day(picture)) return *date * kDaySeconds + *time;
  const double days = (offset_s + at_s - static_cast<double>(*time)) / kDaySeconds;
  const auto nearest = static_cast<std::int64_t>(std::llround(std::clamp(days, 0.0, 1e6)));
  return nearest * kDaySeconds + *time;
}

void find_date(ClockFace& face, const Luma& mean) {
  face.date_left.clear();
  if (face.glyphs.known() < 3) return;
  auto spots = spots_before(face, mean, face.time_left[0]);
  if (spots.size() > kSpotsMax) return;
  take_date(face, spots);
}

}  // namespace anjuan::formats
