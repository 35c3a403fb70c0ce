#include <regex>

#include "preservation/formats/characterise/answers.h"

namespace anjuan::formats {

namespace {

/// "2008:10:22 16:28:39" as ISO 8601; "" for anything else, also for a clock that was never set.
std::string time_of(const std::string& exif, const std::string& zone) {
  static const std::regex time_form(
      "((?:19|20)[0-9]{2}):([01][0-9]):([0-3][0-9]) ([0-2][0-9]:[0-5][0-9]:[0-6][0-9])");
  static const std::regex zone_form("[+-][01][0-9]:[0-5][0-9]");
  std::smatch parts;
  if (!std::regex_match(exif, parts, time_form)) return "";
  return fmt::format("{}-{}-{}T{}{}", parts[1].str(), parts[2].str(), parts[3].str(),
                     parts[4].str(), std::regex_match(zone, zone_form) ? zone : "");
}

std::optional<double> millionths(const Json& object, std::string_view key, std::int64_t most) {
  constexpr auto kWhole = static_cast<std::int64_t>(kMicro);
  constexpr std::int64_t kAbsent = INT64_MIN;
  const auto value = number_in(object, key, -most * kWhole, most * kWhole, kAbsent);
  if (value == kAbsent) return std::nullopt;
  return static_cast<double>(value) / kMicro;
}

}  // namespace

PhotoFacts photo_facts_in(const Json& answer) {
  PhotoFacts facts;
  facts.orientation = number_in(answer, "orientation", 1, 8);
  facts.taken = time_of(text_in(answer, "taken"), text_in(answer, "zone"));
  facts.make = text_in(answer, "make");
  facts.model = text_in(answer, "model");
  facts.software = text_in(answer, "software");
  facts.exif_version = text_in(answer, "exif_version");
  facts.latitude = millionths(answer, "latitude", 90);
  facts.longitude = millionths(answer, "longitude", 180);
  if (!facts.latitude || !facts.longitude) facts.latitude = facts.longitude = std::nullopt;
  facts.altitude_m = millionths(answer, "altitude", 1'000'000);
  facts.width = number_in(answer, "width", 0, 1'000'000);
  facts.height = number_in(answer, "height", 0, 1'000'000);
  return facts;
}

}  // namespace anjuan::formats
