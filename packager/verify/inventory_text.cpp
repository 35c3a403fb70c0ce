#include "packager/verify/inventory_text.h"

#include <algorithm>
#include <chrono>

namespace anjuan::packager {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Compares with a pattern in which 'd' stands for a digit.
bool matches(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fits = pattern[i] == 'd' ? is_digit(text[i]) : text[i] == pattern[i];
    if (!fits) return false;
  }
  return true;
}

int two_digits(std::string_view text, std::size_t place) {
  return (text[place] - '0') * 10 + (text[place + 1] - '0');
}

bool is_date(int year, int month, int day) {
  return std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

bool is_zone(std::string_view text) {
  if (text == "Z" || text == "z") return true;
  if (!matches(text, "+dd:dd") && !matches(text, "-dd:dd")) return false;
  return two_digits(text, 1) <= 23 && two_digits(text, 4) <= 59;
}

}  // namespace

bool is_uri(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == text.npos || colon == 0 || colon + 1 == text.size()) return false;
  if (!is_letter(text[0]) || text.find_first_of(" \t\r\n") != text.npos) return false;
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

bool is_rfc3339(std::string_view text) {
  constexpr std::size_t kSeconds = 19;  // "2025-06-17T09:05:00"
  if (text.size() <= kSeconds) return false;
  std::string head(text.substr(0, kSeconds));
  if (head[10] == 't' || head[10] == ' ') head[10] = 'T';
  if (!matches(head, "dddd-dd-ddTdd:dd:dd")) return false;
  const int year = two_digits(head, 0) * 100 + two_digits(head, 2);
  if (!is_date(year, two_digits(head, 5), two_digits(head, 8))) return false;
  if (two_digits(head, 11) > 23 || two_digits(head, 14) > 59 || two_digits(head, 17) > 60) {
    return false;
  }
  auto rest = text.substr(kSeconds);
  if (rest[0] == '.') {
    rest.remove_prefix(1);
    if (rest.empty() || !is_digit(rest[0])) return false;
    while (!rest.empty() && is_digit(rest[0])) rest.remove_prefix(1);
  }
  return is_zone(rest);
}

bool has_bad_element(std::string_view path) {
  if (path.find('\0') != path.npos) return true;
  // A slash at either end is a fault of its own.
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  while (true) {
    const auto slash = path.find('/');
    const auto element = path.substr(0, slash);
    if (element.empty() || element == "." || element == "..") return true;
    if (slash == path.npos) return false;
    path.remove_prefix(slash + 1);
  }
}

std::string cleaned(std::string_view path) {
  std::string clean;
  while (!path.empty()) {
    const auto slash = path.find('/');
    const auto element = path.substr(0, slash);
    if (element == "..") {
      const auto last = clean.rfind('/');
      clean.resize(last == std::string::npos ? 0 : last);
    } else if (!element.empty() && element != ".") {
      if (!clean.empty()) clean += '/';
      clean += element;
    }
    path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
  }
  return clean;
}

bool CaselessLess::operator()(std::string_view a, std::string_view b) const {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return to_lower(x) < to_lower(y); });
}

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = to_lower(c);
  return out;
}

std::size_t count_json_values(std::string_view json) {
  return 1 + static_cast<std::size_t>(std::count_if(json.begin(), json.end(), [](char c) {
           return c == ',' || c == '[' || c == '{';
         }));
}

std::uint32_t version_number(std::string_view name) {
  constexpr std::size_t kDigitsMax = 9;
  if (name.size() < 2 || name.size() > kDigitsMax + 1 || name[0] != 'v') return 0;
  std::uint32_t number = 0;
  for (const char c : name.substr(1)) {
    if (!is_digit(c)) return 0;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number;
}

}  // namespace anjuan::packager
