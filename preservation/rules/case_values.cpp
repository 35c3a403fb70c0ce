#include "preservation/rules/case_values.h"

#include "core/error.h"

namespace anjuan::rules {

bool is_filled(const Json* value) {
  if (value == nullptr) return false;
  switch (value->type()) {
    case Json::Type::kNull:
      return false;
    case Json::Type::kString:
      return !value->as_string().empty();
    case Json::Type::kArray:
      return !value->items().empty();
    case Json::Type::kObject:
      return !value->members().empty();
    case Json::Type::kBoolean:
    case Json::Type::kInteger:
    case Json::Type::kNumber:
      return true;
  }
  return false;
}

std::string_view text_of(const Json* value) {
  return value != nullptr && value->is_string() ? std::string_view(value->as_string()) : "";
}

std::string_view text_of(const Json& object, std::string_view key) {
  return object.is_object() ? text_of(object.find(key)) : "";
}

bool is_true(const Json* value) {
  return value != nullptr && value->is(Json::Type::kBoolean) && value->as_boolean();
}

std::optional<double> number_of(const Json* value) {
  if (value == nullptr) return std::nullopt;
  if (!value->is(Json::Type::kInteger) && !value->is(Json::Type::kNumber)) return std::nullopt;
  return value->as_double();
}

const std::vector<Json>& items_of(const Json* value) {
  static const std::vector<Json> none;
  return value != nullptr && value->is_array() ? value->items() : none;
}

double signature_count(const Json* value) {
  if (const auto number = number_of(value)) return *number;
  if (value == nullptr) return 0;
  if (value->is_array()) return static_cast<double>(value->items().size());
  if (value->is(Json::Type::kBoolean)) return value->as_boolean() ? 1 : 0;
  return is_filled(value) ? 1 : 0;
}

std::string short_text(std::string_view text) {
  constexpr std::size_t kShownMax = 120;
  if (text.size() <= kShownMax) return std::string(text);
  std::size_t cut = kShownMax;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return std::string(text.substr(0, cut)) + "…";
}

std::string shown(const Json* value) {
  if (value == nullptr) return "";
  return short_text(value->is_string() ? value->as_string() : value->dump());
}

Moment moment_of(const Json* value) {
  if (!is_filled(value)) return {};
  Moment moment{Reading::kUnreadable, {}, shown(value)};
  if (!value->is_string()) return moment;
  const auto at = instant_of(value->as_string());
  if (!at) return moment;  // what cannot be read is a fact for the rule that asked
  moment.at = *at;
  moment.reading = Reading::kRead;
  return moment;
}

}  // namespace anjuan::rules
