// Reads one notice and refuses what cannot be one (docs/formats/calendar.md).
#include <algorithm>
#include <array>

#include "core/digest.h"
#include "core/error.h"
#include "core/json.h"
#include "core/messages.h"
#include "core/working_days.h"

namespace anjuan {

namespace {

using std::chrono::days;
using Argument = MessageArgument;

constexpr std::string_view kSchema = "urn:anjuan:calendar:1";
constexpr std::array<std::string_view, 11> kKeys{
    "schema", "year", "title", "doc_no",    "doc_no_verified", "source_url",
    "off",    "work", "names", "statutory", "justified"};

// The first notice of this kind is of 1999; the last year is far beyond any.
constexpr std::int64_t kYearMin = 1999;
constexpr std::int64_t kYearMax = 2199;
/// A year has some 30 days off and 8 that are worked instead.
constexpr std::size_t kDaysMax = 120;
constexpr std::size_t kTextBytesMax = 500;

class NoticeReader {
 public:
  NoticeReader(const Json& root, const std::string& subject) : root_(root), subject_(subject) {}

  CalendarYear read() {
    check_keys();
    check_schema();
    read_year();
    year_.title = text("title", Presence::kRequired);
    year_.source_url = text("source_url", Presence::kRequired);
    year_.doc_no = text("doc_no", Presence::kOptional);
    check_flag("doc_no_verified");
    year_.off = day_list("off");
    year_.work = day_list("work");
    year_.statutory = day_list("statutory");
    year_.names = day_texts("names");
    check_agreement();
    return std::move(year_);
  }

 private:
  enum class Presence { kRequired, kOptional };

  [[noreturn]] void refuse(const Json& at, std::string_view reason,
                           std::initializer_list<Argument> arguments = {}) const {
    throw Error(ErrorCode::kInvalid, subject_,
                say("calendar.bad_file", {{"file", subject_},
                                          {"line", std::to_string(at.place().line)},
                                          {"reason", say(reason, arguments)}}));
  }

  const Json& required(std::string_view key) const {
    const Json* value = root_.find(key);
    if (value == nullptr) refuse(root_, "calendar.key_missing", {{"key", std::string(key)}});
    return *value;
  }

  void check_keys() const {
    if (!root_.is_object()) refuse(root_, "calendar.not_an_object");
    for (const auto& [key, value] : root_.members()) {
      if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
        refuse(value, "calendar.key_unknown", {{"key", key}});
      }
    }
  }

  void check_schema() const {
    const Json& schema = required("schema");
    if (!schema.is_string() || schema.as_string() != kSchema) {
      refuse(schema, "calendar.wrong_schema", {{"schema", std::string(kSchema)}});
    }
  }

  void read_year() {
    const Json& year = required("year");
    // Four digits at most: what is longer is no year, and may be no std::int64_t.
    const bool readable = year.is(Json::Type::kInteger) && year.lexical().size() <= 4;
    const std::int64_t number = readable ? year.as_integer() : 0;
    if (number < kYearMin || number > kYearMax) {
      refuse(year, "calendar.bad_year",
             {{"first", std::to_string(kYearMin)}, {"last", std::to_string(kYearMax)}});
    }
    year_.year = static_cast<int>(number);
  }

  void check_flag(std::string_view key) const {
    const Json* flag = root_.find(key);
    if (flag != nullptr && !flag->is(Json::Type::kBoolean)) {
      refuse(*flag, "calendar.bad_flag", {{"key", std::string(key)}});
    }
  }

  std::string text(std::string_view key, Presence presence) const {
    if (presence == Presence::kOptional && root_.find(key) == nullptr) return "";
    const Json& value = required(key);
    check_text(value, key, presence);
    return value.as_string();
  }

  void check_text(const Json& value, std::string_view key, Presence presence) const {
    const bool empty_is_bad = presence == Presence::kRequired;
    const bool good = value.is_string() && value.as_string().size() <= kTextBytesMax &&
                      !(empty_is_bad && value.as_string().empty()) &&
                      std::none_of(value.as_string().begin(), value.as_string().end(), is_control);
    if (good) return;
    refuse(value, "calendar.bad_text",
           {{"key", std::string(key)}, {"limit", std::to_string(kTextBytesMax)}});
  }

  static bool is_control(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x20 || byte == 0x7F;
  }

  /// A real day of the year, or of the December before or the January after it.
  Day day(const Json& place, const std::string& text) const {
    if (text.size() != 10) refuse(place, "calendar.bad_day", {{"day", text.substr(0, 40)}});
    const auto at = instant_of(text);
    if (!at) refuse(place, "calendar.bad_day", {{"day", text}});
    const Day found = day_of(*at);
    const std::chrono::year year{year_.year};
    if (found < Day{(year - std::chrono::years{1}) / 12 / 1} ||
        found > Day{(year + std::chrono::years{1}) / 1 / 31}) {
      refuse(place, "calendar.other_year", {{"day", text}, {"year", std::to_string(year_.year)}});
    }
    return found;
  }

  void check_size(const Json& value, std::string_view key, std::size_t size) const {
    if (size <= kDaysMax) return;
    refuse(value, "calendar.too_many",
           {{"key", std::string(key)}, {"limit", std::to_string(kDaysMax)}});
  }

  std::vector<Day> day_list(std::string_view key) {
    const Json& list = required(key);
    if (!list.is_array()) refuse(list, "calendar.not_a_list", {{"key", std::string(key)}});
    check_size(list, key, list.items().size());
    std::vector<Day> found;
    for (const Json& item : list.items()) {
      if (!item.is_string()) refuse(item, "calendar.bad_day", {{"day", item.dump().substr(0, 40)}});
      found.push_back(day(item, item.as_string()));
      if (std::count(found.begin(), found.end(), found.back()) > 1) {
        refuse(item, "calendar.day_twice", {{"day", item.as_string()}, {"key", std::string(key)}});
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  /// {"2026-02-14": "春节"}; absent = none.
  std::map<Day, std::string> day_texts(std::string_view key) const {
    const Json* object = root_.find(key);
    if (object == nullptr) return {};
    if (!object->is_object()) {
      refuse(*object, "calendar.not_day_texts", {{"key", std::string(key)}});
    }
    check_size(*object, key, object->members().size());
    std::map<Day, std::string> found;
    for (const auto& [name, value] : object->members()) {
      check_text(value, name, Presence::kRequired);
      const Day named = day(value, name);
      if (!has(year_.off, named) && !has(year_.work, named)) {
        refuse(value, "calendar.not_listed", {{"day", name}, {"key", std::string(key)}});
      }
      found.emplace(named, value.as_string());
    }
    return found;
  }

  static bool has(const std::vector<Day>& sorted, Day day) {
    return std::binary_search(sorted.begin(), sorted.end(), day);
  }

  void check_agreement() const {
    const auto justified = day_texts("justified");
    if (year_.off.empty()) refuse(required("off"), "calendar.nothing_off");
    for (const Json& item : required("work").items()) {
      const Day worked = day(item, item.as_string());
      if (has(year_.off, worked)) refuse(item, "calendar.off_and_work", {{"day", to_text(worked)}});
      const std::chrono::weekday weekday{worked};
      const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
      if (!weekend && !justified.contains(worked)) {
        refuse(item, "calendar.work_on_weekday", {{"day", to_text(worked)}});
      }
    }
    for (const Json& item : required("statutory").items()) {
      const Day holiday = day(item, item.as_string());
      if (!has(year_.off, holiday)) {
        refuse(item, "calendar.statutory_not_off", {{"day", to_text(holiday)}});
      }
    }
  }

  const Json& root_;
  const std::string& subject_;
  CalendarYear year_;
};

}  // namespace

CalendarYear CalendarYear::parse(std::string_view json, const std::string& subject) {
  const Json root = Json::parse(json, subject);
  CalendarYear year = NoticeReader(root, subject).read();
  year.digest = digest_hex(DigestAlgorithm::kSha512, json);
  return year;
}

}  // namespace anjuan
