#include "preservation/rules/data_reading.h"

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::rules {

void refuse_data(const std::string& subject, Place place, std::string_view key) {
  const std::string where = fmt::format("{}:{}:{}", subject, place.line, place.column);
  throw Error(ErrorCode::kInvalid, where,
              say("four_nature.bad_data", {{"place", where}, {"key", std::string(key)}}));
}

const Json& member(const Json& object, std::string_view key, const std::string& subject) {
  const Json* value = object.is_object() ? object.find(key) : nullptr;
  if (value == nullptr) refuse_data(subject, object.place(), key);
  return *value;
}

std::string text_member(const Json& object, std::string_view key, const std::string& subject) {
  const Json& value = member(object, key, subject);
  if (!value.is_string()) refuse_data(subject, value.place(), key);
  return value.as_string();
}

std::vector<std::string> texts_member(const Json& object, std::string_view key,
                                      const std::string& subject) {
  std::vector<std::string> texts;
  for (const Json& item : list_member(object, key, subject)) {
    if (!item.is_string()) refuse_data(subject, item.place(), key);
    texts.push_back(item.as_string());
  }
  return texts;
}

const std::vector<Json>& list_member(const Json& object, std::string_view key,
                                     const std::string& subject) {
  const Json& value = member(object, key, subject);
  if (!value.is_array()) refuse_data(subject, value.place(), key);
  return value.items();
}

}  // namespace anjuan::rules
