#include "catalog/http/format.h"

#include <algorithm>

namespace anjuan::catalog {

std::string readable_time(std::string_view text) {
  if (text.size() < 16 || text[10] != 'T') return std::string(text);
  auto rest = text.substr(11);
  if (rest.ends_with("+08:00")) rest.remove_suffix(6);
  // Thousandths order events; nobody reads them.
  if (rest.size() == 12 && rest[8] == '.') rest = rest.substr(0, 8);
  return fmt::format("{} {}", text.substr(0, 10), rest);
}

std::string readable_duration(std::int64_t seconds) {
  if (seconds <= 0) return {};
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string clock_of(std::int64_t ms) {
  const auto seconds = ms / 1000;
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string seconds_text(std::int64_t ms) {
  auto text = fmt::format("{}.{:03}", ms / 1000, ms % 1000);
  text.resize(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string readable_clock(std::string_view text) {
  if (text.find('T') != text.npos) return readable_time(text);
  const auto thousandths = text.find('.');
  return std::string(text.substr(0, thousandths));
}

std::string percent_text(std::int64_t ppm) {
  constexpr std::int64_t kWhole = 10'000;  // hundredths of a percent
  const auto rounded = (ppm + 50) / 100;
  const auto shown = ppm < 1'000'000 ? std::min(rounded, kWhole - 1) : kWhole;
  return fmt::format("{}.{:02}%", shown / 100, shown % 100);
}

std::string page_span(std::int64_t from, std::int64_t to) {
  if (from <= 0) return {};
  if (to <= from) return fmt::format("{}", from);
  return fmt::format("{}–{}", from, to);
}

std::string readable_retention(Language language, std::string_view code, std::int64_t years) {
  if (code == "Y") return say_in(language, "catalog.permanent");
  if (years <= 0) return std::string(code);
  return say_in(language, "catalog.years", {{"years", fmt::format("{}", years)}});
}

std::string short_digest(std::string_view digest) {
  if (digest.size() <= 20) return std::string(digest);
  return fmt::format("{}…{}", digest.substr(0, 12), digest.substr(digest.size() - 4));
}

}  // namespace anjuan::catalog
