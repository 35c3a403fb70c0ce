#include "preservation/rules/data_reader.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/clock.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"

namespace anjuan::rules {

namespace {

bool is_id(std::string_view id) {
  constexpr std::size_t kIdMax = 40;
  return id.size() <= kIdMax && id.front() >= 'A' && id.front() <= 'Z' && id.back() != '-' &&
         id.find('-') != id.npos &&
         id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == id.npos;
}

/// Characters that no XML report could carry.
bool has_control_character(std::string_view text) {
  char32_t c = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto length = decode_utf8(text, i, c);
    if (length == 0 || c < 0x20 || c == 0x7F || c == 0xFFFE || c == 0xFFFF) return true;
    i += length;
  }
  return false;
}

}  // namespace

Json DataReader::parse(std::string_view text) const {
  check_size(text);
  Json root = Json::parse(text, file_);
  check_type(root, file_, Json::Type::kObject);
  return root;
}

void DataReader::refuse(Place place, const std::string& reason) const {
  throw Error(ErrorCode::kInvalid, file_,
              say("rules.refused", {{"file", file_},
                                    {"line", std::to_string(place.line)},
                                    {"column", std::to_string(place.column)},
                                    {"reason", reason}}));
}

void DataReader::check_keys(const Json& object,
                            const std::vector<std::string_view>& allowed) const {
  if (!object.is_object()) check_type(object, "{}", Json::Type::kObject);
  for (const auto& [key, value] : object.members()) {
    if (std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
    refuse(value.place(), say("rules.unknown_key", {{"key", key}, {"allowed", listed(allowed)}}));
  }
}

const Json* DataReader::maybe(const Json& object, std::string_view key, Json::Type type) const {
  const Json* value = object.find(key);
  if (value != nullptr) check_type(*value, key, type);
  return value;
}

const Json& DataReader::need(const Json& object, std::string_view key, Json::Type type) const {
  const Json* value = maybe(object, key, type);
  if (value == nullptr) {
    refuse(object.place(), say("rules.missing_key", {{"key", std::string(key)}}));
  }
  return *value;
}

std::string DataReader::text(const Json& object, std::string_view key) const {
  const Json& value = need(object, key, Json::Type::kString);
  check_text(value, key);
  return value.as_string();
}

std::string DataReader::text_or_none(const Json& object, std::string_view key) const {
  return object.find(key) == nullptr ? "" : text(object, key);
}

std::int64_t DataReader::integer(const Json& object, std::string_view key, std::int64_t least,
                                 std::int64_t most) const {
  const Json& value = need(object, key, Json::Type::kInteger);
  check_range(value, key, least, most);
  return value.as_integer();
}

bool DataReader::boolean_or(const Json& object, std::string_view key, bool fallback) const {
  const Json* value = maybe(object, key, Json::Type::kBoolean);
  return value == nullptr ? fallback : value->as_boolean();
}

std::string DataReader::word(const Json& object, std::string_view key,
                             const std::vector<std::string_view>& allowed) const {
  const Json& value = need(object, key, Json::Type::kString);
  check_word(value, key, allowed);
  return value.as_string();
}

std::string DataReader::id(const Json& object, std::string_view key) const {
  auto given = text(object, key);
  if (!is_id(given)) refuse(object.find(key)->place(), say("rules.bad_id", {{"value", given}}));
  return given;
}

std::string DataReader::date(const Json& object, std::string_view key) const {
  constexpr std::size_t kDateLength = 10;
  const auto given = text(object, key);
  const auto at = instant_of(given);
  if (at && given.size() == kDateLength) return to_date_text(*at);
  refuse(object.find(key)->place(),
         say("rules.bad_date", {{"key", std::string(key)}, {"value", given}}));
}

const std::vector<Json>& DataReader::items(const Json& list, std::string_view key) const {
  check_type(list, key, Json::Type::kArray);
  check_length(list.place(), key, list.items().size());
  return list.items();
}

void DataReader::check_size(std::string_view text) const {
  if (text.size() <= kDataBytesMax) return;
  refuse({1, 1}, say("rules.too_large", {{"limit", std::to_string(kDataBytesMax)}}));
}

void DataReader::check_length(Place place, std::string_view key, std::size_t length) const {
  if (length <= kDataListMax) return;
  refuse(place, say("rules.list_too_long",
                    {{"key", std::string(key)}, {"limit", std::to_string(kDataListMax)}}));
}

std::vector<std::string> DataReader::texts(const Json& list, std::string_view key) const {
  std::vector<std::string> out;
  std::set<std::string> seen;
  for (const auto& item : items(list, key)) {
    check_text(item, key);
    if (!seen.insert(item.as_string()).second) {
      refuse(item.place(),
             say("rules.twice_in_list", {{"key", std::string(key)}, {"value", item.as_string()}}));
    }
    out.push_back(item.as_string());
  }
  if (out.empty()) refuse(list.place(), say("rules.empty", {{"key", std::string(key)}}));
  return out;
}

void DataReader::check_type(const Json& value, std::string_view key, Json::Type type) const {
  if (value.is(type)) return;
  refuse(value.place(), say("rules.wrong_type", {{"key", std::string(key)},
                                                 {"expected", say(type_message(type))},
                                                 {"found", say(type_message(value.type()))}}));
}

void DataReader::check_text(const Json& value, std::string_view key) const {
  check_type(value, key, Json::Type::kString);
  const auto& text = value.as_string();
  if (text.find_first_not_of(' ') == text.npos) {
    refuse(value.place(), say("rules.empty", {{"key", std::string(key)}}));
  }
  if (has_control_character(text)) {
    refuse(value.place(), say("rules.control_character", {{"key", std::string(key)}}));
  }
  if (text.size() > kDataTextMax) {
    refuse(value.place(), say("rules.text_too_long", {{"key", std::string(key)},
                                                      {"limit", std::to_string(kDataTextMax)}}));
  }
}

void DataReader::check_word(const Json& value, std::string_view key,
                            const std::vector<std::string_view>& allowed) const {
  check_text(value, key);
  if (std::find(allowed.begin(), allowed.end(), value.as_string()) != allowed.end()) return;
  refuse(value.place(), say("rules.unknown_word", {{"key", std::string(key)},
                                                   {"value", value.as_string()},
                                                   {"allowed", listed(allowed)}}));
}

void DataReader::check_range(const Json& value, std::string_view key, std::int64_t least,
                             std::int64_t most) const {
  constexpr std::size_t kSafeDigits = 18;
  check_type(value, key, Json::Type::kInteger);
  const bool fits = value.lexical().size() <= kSafeDigits;
  if (fits && value.as_integer() >= least && value.as_integer() <= most) return;
  refuse(value.place(), say("rules.out_of_range", {{"key", std::string(key)},
                                                   {"value", value.lexical()},
                                                   {"least", std::to_string(least)},
                                                   {"most", std::to_string(most)}}));
}

std::vector<DataFile> data_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code none;
  for (std::filesystem::directory_iterator it(folder, none), end; !none && it != end;
       it.increment(none)) {
    const auto name = it->path().filename().string();
    if (it->path().extension() == ".json" && name.front() != '.') paths.push_back(it->path());
  }
  if (none && none != std::errc::no_such_file_or_directory) {
    throw_errno(none.value(), folder.string(), "kernel.read_failed");
  }
  if (paths.size() > kDataFilesMax) {
    throw Error(ErrorCode::kInvalid, folder.string(),
                say("rules.too_many_files",
                    {{"folder", folder.string()}, {"limit", std::to_string(kDataFilesMax)}}));
  }
  std::sort(paths.begin(), paths.end());
  std::vector<DataFile> files;
  for (const auto& path : paths) {
    const auto name = std::filesystem::path("data") / folder.filename() / path.filename();
    files.push_back({name.string(), read_file(path, kDataBytesMax)});
  }
  return files;
}

std::string listed(const std::vector<std::string_view>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace anjuan::rules
