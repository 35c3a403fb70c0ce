#include "core/case/description_types.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/clock.h"
#include "core/error.h"

namespace anjuan {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_hex(std::string_view text, std::size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f');
         });
}

bool is_instant(std::string_view text) { return instant_of(text).has_value(); }

bool is_date(std::string_view text) { return text.size() == 10 && is_instant(text); }

bool is_year(std::string_view text) { return text.size() == 4 && all_digits(text); }

bool is_decimal(std::string_view text) {
  const auto point = text.find('.');
  if (point == text.npos) return all_digits(text);
  return all_digits(text.substr(0, point)) && all_digits(text.substr(point + 1));
}

bool is_duration(std::string_view text) {
  return text.starts_with("PT") && text.ends_with('S') && text.size() > 3 &&
         is_decimal(text.substr(2, text.size() - 3));
}

bool is_pages(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == text.npos) return all_digits(text);
  return all_digits(text.substr(0, dash)) && all_digits(text.substr(dash + 1));
}

bool is_serial(std::string_view text) {
  return (text.size() == 3 || text.size() == 4) && all_digits(text);
}

/// Codes of two capital letters or digits, the first of letters alone, joined by U+00B7.
bool is_category(std::string_view text) {
  constexpr std::string_view kDot = "\xC2\xB7";
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(kDot, begin), text.size());
    const auto code = text.substr(begin, end - begin);
    if (code.size() != 2) return false;
    for (const char c : code) {
      if (!capital(c) && (begin == 0 || !is_digit(c))) return false;
    }
    begin = end + kDot.size();
  }
  return true;
}

bool is_retention_code(std::string_view text) {
  return text == "Y" || (text.size() <= 4 && text.starts_with('D') && all_digits(text.substr(1)));
}

bool is_uscc(std::string_view text) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  return text.size() == 18 && text.find_first_not_of(kAlphabet) == text.npos;
}

bool is_urn(std::string_view text) {
  constexpr std::string_view kStart = "urn:uuid:";
  if (!text.starts_with(kStart) || text.size() != kStart.size() + 36) return false;
  text.remove_prefix(kStart.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text.substr(i, 1), 1)) return false;
  }
  return true;
}

struct Type {
  std::string_view name;
  bool (*fits)(std::string_view);
};

constexpr std::array<Type, 14> kTypes = {
    {{"date", is_date},
     {"time", is_instant},
     {"year", is_year},
     {"count", all_digits},
     {"decimal", is_decimal},
     {"duration", is_duration},
     {"pages", is_pages},
     {"serial", is_serial},
     {"category", is_category},
     {"retentionCode", is_retention_code},
     {"uscc", is_uscc},
     {"urn", is_urn},
     {"sha512", [](std::string_view text) { return is_hex(text, 128); }},
     {"sm3", [](std::string_view text) { return is_hex(text, 64); }}}};

}  // namespace

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool fits_type(std::string_view type, std::string_view value) {
  for (const auto& known : kTypes) {
    if (known.name == type) return known.fits(value);
  }
  throw Error(ErrorCode::kInternal, std::string(type), "no such description type");
}

}  // namespace anjuan
