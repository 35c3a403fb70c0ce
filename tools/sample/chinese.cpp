#include "tools/sample/chinese.h"

#include <array>

#include "core/error.h"

namespace anjuan::sample {

namespace {

constexpr std::array<std::string_view, 10> kDigits = {"〇", "一", "二", "三", "四",
                                                      "五", "六", "七", "八", "九"};
constexpr std::array<std::string_view, 10> kCapitals = {"零", "壹", "贰", "叁", "肆",
                                                        "伍", "陆", "柒", "捌", "玖"};
constexpr std::array<std::string_view, 4> kPlaces = {"", "拾", "佰", "仟"};

struct Parts {
  int year, month, day, hour, minute, second;
};

Parts parts_of(Instant instant) {
  const std::string text = to_text(instant);
  const auto number = [&](std::size_t at, std::size_t count) {
    return std::stoi(text.substr(at, count));
  };
  return {number(0, 4), number(5, 2), number(8, 2), number(11, 2), number(14, 2), number(17, 2)};
}

/// Below ten thousand, in capitals; "" for 0. Gaps of zeros are one 零.
std::string four_places(std::int64_t value) {
  std::string text;
  bool gap = false;
  for (int place = 3; place >= 0; --place) {
    const auto power = place == 3 ? 1000 : place == 2 ? 100 : place == 1 ? 10 : 1;
    const auto digit = static_cast<std::size_t>(value / power % 10);
    if (digit == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap) text += kCapitals[0];
    gap = false;
    text += kCapitals[digit];
    text += kPlaces[static_cast<std::size_t>(place)];
  }
  return text;
}

}  // namespace

std::string chinese_day(Instant instant) {
  const Parts p = parts_of(instant);
  return fmt::format("{}年{}月{}日", p.year, p.month, p.day);
}

std::string chinese_time(Instant instant) {
  const Parts p = parts_of(instant);
  const auto minute = fmt::format("{}{}时{:02}分", chinese_day(instant), p.hour, p.minute);
  return p.second == 0 ? minute : fmt::format("{}{:02}秒", minute, p.second);
}

std::string chinese_small_number(int value) {
  std::string text;
  if (value >= 20) text += kDigits[static_cast<std::size_t>(value / 10)];
  if (value >= 10) text += "十";
  if (value % 10 != 0) text += kDigits[static_cast<std::size_t>(value % 10)];
  return text;
}

std::string chinese_written_day(Instant instant) {
  const Parts p = parts_of(instant);
  std::string text;
  for (const char digit : std::to_string(p.year))
    text += kDigits[static_cast<std::size_t>(digit - '0')];
  return text + "年" + chinese_small_number(p.month) + "月" + chinese_small_number(p.day) + "日";
}

std::string chinese_amount(std::int64_t yuan) {
  if (yuan < 0 || yuan > 99999999) return std::to_string(yuan) + "元";
  if (yuan == 0) return "零元整";
  std::string text;
  if (yuan >= 10000) text = four_places(yuan / 10000) + "万";
  const std::int64_t rest = yuan % 10000;
  if (!text.empty() && rest > 0 && rest < 1000) text += kCapitals[0];
  return text + four_places(rest) + "元整";
}

std::optional<Instant> time_in(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  const bool dated = text.size() >= 10 && text[4] == '-' && text[7] == '-' && digit(0) && digit(3);
  return dated ? instant_of(text) : std::nullopt;  // some only begin like a date
}

std::string chinese_dates_in(std::string_view text) {
  constexpr std::size_t kDateLength = 10;
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto date = time_in(text.substr(at, kDateLength));
    if (date) result += chinese_day(*date);
    if (!date) result += text[at];
    at += date ? kDateLength : 1;
  }
  return result;
}

}  // namespace anjuan::sample
