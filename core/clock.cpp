#include "core/clock.h"

#include <cctype>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr minutes kOffset{8 * 60};
constexpr minutes kOffsetMax{14 * 60};  // XML Schema 1.0 part 2, 3.2.7.3

struct Parts {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<milliseconds> time;
};

Parts local_parts(Instant instant) {
  const auto local = instant + kOffset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  return {std::chrono::year_month_day{day}, std::chrono::hh_mm_ss<milliseconds>{local - day}};
}

std::string date_text(const std::chrono::year_month_day& date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

[[noreturn]] void refuse(std::string_view text) {
  throw Error(ErrorCode::kInvalid, std::string(text),
              say("core.bad_time", {{"text", std::string(text)}}));
}

/// Takes `count` digits from the front of `rest`.
int take_number(std::string_view& rest, std::size_t count, std::string_view whole) {
  if (rest.size() < count) refuse(whole);
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (rest[i] < '0' || rest[i] > '9') refuse(whole);
    value = value * 10 + (rest[i] - '0');
  }
  rest.remove_prefix(count);
  return value;
}

bool take_character(std::string_view& rest, char character) {
  if (rest.empty() || rest.front() != character) return false;
  rest.remove_prefix(1);
  return true;
}

minutes take_offset(std::string_view& rest, std::string_view whole) {
  if (rest.empty()) return kOffset;
  if (take_character(rest, 'Z')) return minutes{0};
  const bool negative = rest.front() == '-';
  if (!take_character(rest, '+') && !take_character(rest, '-')) refuse(whole);
  const int hours = take_number(rest, 2, whole);
  if (!take_character(rest, ':')) refuse(whole);
  const minutes offset{hours * 60 + take_number(rest, 2, whole)};
  if (offset > kOffsetMax) refuse(whole);
  return negative ? -offset : offset;
}

milliseconds take_fraction(std::string_view& rest, std::string_view whole) {
  if (rest.empty() || std::isdigit(static_cast<unsigned char>(rest.front())) == 0) refuse(whole);
  int value = 0;
  int scale = 1000;
  while (!rest.empty() && std::isdigit(static_cast<unsigned char>(rest.front())) != 0) {
    if (scale > 1) {
      scale /= 10;
      value += (rest.front() - '0') * scale;
    }
    rest.remove_prefix(1);
  }
  return milliseconds{value};
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

std::string to_text(Instant instant) {
  const auto parts = local_parts(instant);
  return fmt::format("{}T{:02}:{:02}:{:02}+08:00", date_text(parts.date),
                     parts.time.hours().count(), parts.time.minutes().count(),
                     parts.time.seconds().count());
}

std::string to_text_ms(Instant instant) {
  const auto parts = local_parts(instant);
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}+08:00", date_text(parts.date),
                     parts.time.hours().count(), parts.time.minutes().count(),
                     parts.time.seconds().count(), parts.time.subseconds().count());
}

std::string to_date_text(Instant instant) { return date_text(local_parts(instant).date); }

Instant from_unix_seconds(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

Instant parse_instant(std::string_view text) {
  std::string_view rest = text;
  const int year = take_number(rest, 4, text);
  if (!take_character(rest, '-')) refuse(text);
  const int month = take_number(rest, 2, text);
  if (!take_character(rest, '-')) refuse(text);
  const int day = take_number(rest, 2, text);
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) refuse(text);
  const Instant midnight = std::chrono::sys_days{date};
  if (rest.empty()) return midnight - kOffset;
  if (!take_character(rest, 'T') && !take_character(rest, ' ')) refuse(text);
  const int hour = take_number(rest, 2, text);
  if (!take_character(rest, ':')) refuse(text);
  const int minute = take_number(rest, 2, text);
  const int second = take_character(rest, ':') ? take_number(rest, 2, text) : 0;
  const auto fraction = take_character(rest, '.') ? take_fraction(rest, text) : milliseconds{0};
  const auto offset = take_offset(rest, text);
  // 24:00 is the end of a day, :60 a leap second.
  const bool past_midnight = hour > 24 || (hour == 24 && (minute > 0 || second > 0));
  if (!rest.empty() || past_midnight || minute > 59 || second > 60) refuse(text);
  return midnight + std::chrono::hours{hour} + minutes{minute} + std::chrono::seconds{second} +
         fraction - offset;
}

std::optional<Instant> instant_of(std::string_view text) {
  try {
    return parse_instant(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace anjuan
