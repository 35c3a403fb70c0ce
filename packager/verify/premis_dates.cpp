#include "packager/verify/premis_dates.h"

#include <algorithm>

#include "packager/verify/inventory_text.h"

namespace anjuan::packager {

namespace {

constexpr std::size_t kDateBytesMax = 1000;

/// Takes pieces off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  bool take(char character) {
    if (!rest_.starts_with(character)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take_any(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_[0]) == characters.npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Digits at the front; nothing is taken.
  std::size_t digits() const {
    return std::min(rest_.find_first_not_of("0123456789"), rest_.size());
  }

  /// `count` digits, each of which may be unspecified ("X", in the draft "u" or "x"). Of one that
  /// is unspecified the value is -1.
  bool take_number(std::size_t count, int& value) {
    if (rest_.size() < count) return false;
    value = 0;
    for (const char c : rest_.substr(0, count)) {
      const bool unspecified = c == 'X' || c == 'x' || c == 'u';
      if (!unspecified && (c < '0' || c > '9')) return false;
      value = unspecified || value < 0 ? -1 : value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return true;
  }

  /// A number from `least` to `most`, or an unspecified one.
  bool take_within(std::size_t count, int least, int most) {
    int value = 0;
    return take_number(count, value) && (value < 0 || (value >= least && value <= most));
  }

  void drop(std::size_t count) { rest_.remove_prefix(std::min(count, rest_.size())); }

 private:
  std::string_view rest_;
};

constexpr std::string_view kQualifiers = "?~%";

int days_of(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 31;
  const bool leap = year < 0 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool take_zone(Scanner& text) {
  if (text.take_any("Zz")) return true;
  if (!text.take_any("+-")) return true;  // local time
  if (!text.take_within(2, 0, 23)) return false;
  text.take(':');
  return text.digits() == 0 || text.take_within(2, 0, 59);
}

bool take_time(Scanner& text) {
  if (!text.take_within(2, 0, 24)) return false;
  for (const int most : {59, 60}) {
    const bool colon = text.take(':');
    if (text.digits() < 2) {
      if (colon) return false;
      break;
    }
    if (!text.take_within(2, 0, most)) return false;
  }
  if (text.take_any(".,")) {
    if (text.digits() == 0) return false;
    text.drop(text.digits());
  }
  return take_zone(text);
}

bool take_day(Scanner& text, int year, int month) {
  text.take_any(kQualifiers);
  return text.take_within(2, 1, days_of(year, month));
}

/// After the year and, in the extended form, its hyphen. False if it is no date.
bool take_month_and_day(Scanner& text, int year, bool extended) {
  text.take_any(kQualifiers);
  if (text.take('W')) {
    if (!text.take_within(2, 1, 53)) return false;
    return text.at_end() || (text.take('-'), text.take_within(1, 1, 7));
  }
  if (text.digits() == 3) return text.take_within(3, 1, 366);
  int month = 0;
  if (!text.take_number(2, month) || month == 0) return false;  // -1 is an unspecified one
  text.take_any(kQualifiers);
  if (month > 12) return extended && month >= 21 && month <= 41;  // a season
  if (extended ? text.take('-') : text.digits() >= 2) {
    return take_day(text, year, month);
  }
  return extended;  // 202506 could be a shortened year
}

bool take_year(Scanner& text, int& year) {
  if (text.take_any("Yy")) {
    text.take('-');
    const auto digits = text.digits();
    text.drop(digits);
    year = -1;
    return digits >= 4;
  }
  const bool negative = text.take('-');
  text.take_any(kQualifiers);
  if (!text.take_number(4, year)) return false;
  if (negative) year = -1;
  return true;
}

/// One date, with or without a time.
bool is_date(std::string_view words) {
  Scanner text(words);
  int year = 0;
  if (!take_year(text, year)) return false;
  text.take_any(kQualifiers);
  const bool extended = text.take('-');
  if (!text.at_end() && (extended || text.digits() >= 3)) {
    if (!take_month_and_day(text, year, extended)) return false;
  } else if (extended) {
    return false;
  }
  text.take_any(kQualifiers);
  if (text.take_any("Tt") && !take_time(text)) return false;
  return text.at_end();
}

bool is_period_end(std::string_view text) {
  const auto word = lower(text);
  return word.empty() || word == ".." || word == "open" || word == "unknown" || is_date(text);
}

/// "[1667,1668, 1670..1672]" and "{..1984}".
bool is_set(std::string_view text) {
  if (text.size() < 3) return false;
  const char last = text.front() == '[' ? ']' : '}';
  if (text.back() != last) return false;
  text = text.substr(1, text.size() - 2);
  while (true) {
    const auto end = std::min(text.find(','), text.size());
    auto part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    const auto dots = part.find("..");
    const auto first = part.substr(0, dots);
    const auto second = dots == part.npos ? std::string_view() : part.substr(dots + 2);
    if (part.empty() || (!first.empty() && !is_date(first))) return false;
    if (!second.empty() && !is_date(second)) return false;
    if (first.empty() && second.empty()) return false;
    if (end == text.size()) return true;
    text.remove_prefix(end + 1);
  }
}

bool is_calendar_date(std::string_view text) {
  return text.size() >= 10 && text[4] == '-' && text[7] == '-' && is_date(text.substr(0, 10)) &&
         text.substr(0, 10).find_first_not_of("0123456789-") == text.npos;
}

}  // namespace

bool is_premis_date(std::string_view text) {
  if (text.empty() || text.size() > kDateBytesMax) return false;
  if (text.front() == '[' || text.front() == '{') return is_set(text);
  const auto slash = text.find('/');
  if (slash != text.npos) {
    const auto from = text.substr(0, slash);
    const auto to = text.substr(slash + 1);
    return (!from.empty() || !to.empty()) && is_period_end(from) && is_period_end(to);
  }
  const auto word = lower(text);
  return word == "open" || word == "unknown" || is_date(text);
}

bool ends_before(std::string_view start, std::string_view end) {
  return is_calendar_date(start) && is_calendar_date(end) &&
         end.substr(0, 10) < start.substr(0, 10);
}

}  // namespace anjuan::packager
