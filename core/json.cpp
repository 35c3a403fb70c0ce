#include "core/json.h"

#include <charconv>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

std::string_view type_message(Json::Type type) {
  switch (type) {
    case Json::Type::kNull:
      return "json.type_null";
    case Json::Type::kBoolean:
      return "json.type_boolean";
    case Json::Type::kInteger:
      return "json.type_integer";
    case Json::Type::kNumber:
      return "json.type_number";
    case Json::Type::kString:
      return "json.type_string";
    case Json::Type::kArray:
      return "json.type_array";
    case Json::Type::kObject:
      return "json.type_object";
  }
  return "json.type_null";
}

namespace {

[[noreturn]] void throw_wrong_type(const Json& json, Json::Type expected) {
  const auto place = fmt::format("{}:{}", json.place().line, json.place().column);
  throw Error(ErrorCode::kInvalid, place,
              say("json.wrong_type", {{"place", place},
                                      {"expected", say(type_message(expected))},
                                      {"found", say(type_message(json.type()))}}));
}

bool equal_members(const std::vector<Json::Member>& left, const std::vector<Json::Member>& right) {
  if (left.size() != right.size()) return false;
  const auto sorted = [](const std::vector<Json::Member>& members) {
    std::vector<const Json::Member*> order;
    order.reserve(members.size());
    for (const auto& member : members) order.push_back(&member);
    std::sort(order.begin(), order.end(), [](auto* a, auto* b) { return a->first < b->first; });
    return order;
  };
  const auto a = sorted(left);
  const auto b = sorted(right);
  return std::equal(a.begin(), a.end(), b.begin(), [](auto* x, auto* y) {
    return x->first == y->first && x->second == y->second;
  });
}

}  // namespace

Json Json::boolean(bool value) {
  Json json;
  json.type_ = Type::kBoolean;
  json.boolean_ = value;
  return json;
}

Json Json::integer(std::int64_t value) { return number(std::to_string(value)); }

Json Json::number(std::string lexical) {
  Json json;
  json.type_ = lexical.find_first_of(".eE") == lexical.npos ? Type::kInteger : Type::kNumber;
  json.scalar_ = std::move(lexical);
  return json;
}

Json Json::string(std::string value) {
  Json json;
  json.type_ = Type::kString;
  json.scalar_ = std::move(value);
  return json;
}

Json Json::array(std::vector<Json> items) {
  Json json;
  json.type_ = Type::kArray;
  json.items_ = std::move(items);
  return json;
}

Json Json::object(std::vector<Member> members) {
  Json json;
  json.type_ = Type::kObject;
  json.members_ = std::move(members);
  return json;
}

bool Json::as_boolean() const {
  if (type_ != Type::kBoolean) throw_wrong_type(*this, Type::kBoolean);
  return boolean_;
}

std::int64_t Json::as_integer() const {
  std::int64_t value = 0;
  const char* end = scalar_.data() + scalar_.size();
  if (type_ != Type::kInteger) throw_wrong_type(*this, Type::kInteger);
  const auto [stop, status] = std::from_chars(scalar_.data(), end, value);
  if (status != std::errc{} || stop != end) {
    const auto where = fmt::format("{}:{}", place_.line, place_.column);
    throw Error(ErrorCode::kInvalid, where,
                say("json.integer_too_large", {{"place", where}, {"number", scalar_}}));
  }
  return value;
}

double Json::as_double() const {
  if (type_ != Type::kInteger && type_ != Type::kNumber) throw_wrong_type(*this, Type::kNumber);
  double value = 0;
  std::from_chars(scalar_.data(), scalar_.data() + scalar_.size(), value);
  return value;
}

const std::string& Json::as_string() const {
  if (type_ != Type::kString) throw_wrong_type(*this, Type::kString);
  return scalar_;
}

const std::vector<Json>& Json::items() const {
  if (type_ != Type::kArray) throw_wrong_type(*this, Type::kArray);
  return items_;
}

const std::vector<Json::Member>& Json::members() const {
  if (type_ != Type::kObject) throw_wrong_type(*this, Type::kObject);
  return members_;
}

const Json* Json::find(std::string_view key) const {
  for (const auto& [name, value] : members_) {
    if (name == key) return &value;
  }
  return nullptr;
}

Json* Json::find(std::string_view key) { return const_cast<Json*>(std::as_const(*this).find(key)); }

std::string Json::text_or(std::string_view key, std::string_view fallback) const {
  const Json* value = find(key);
  return std::string(value != nullptr && value->is_string() ? value->scalar_ : fallback);
}

void Json::append(Json item) {
  if (type_ != Type::kArray) throw_wrong_type(*this, Type::kArray);
  items_.push_back(std::move(item));
}

void Json::insert(std::size_t index, Json item) {
  if (type_ != Type::kArray) throw_wrong_type(*this, Type::kArray);
  items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(index), std::move(item));
}

Json* Json::item_at(std::size_t index) {
  return type_ == Type::kArray && index < items_.size() ? &items_[index] : nullptr;
}

void Json::set(std::string key, Json value) {
  if (type_ != Type::kObject) throw_wrong_type(*this, Type::kObject);
  for (auto& [name, old] : members_) {
    if (name != key) continue;
    old = std::move(value);
    return;
  }
  members_.emplace_back(std::move(key), std::move(value));
}

bool Json::operator==(const Json& other) const {
  if (type_ != other.type_) return false;
  switch (type_) {
    case Type::kNull:
      return true;
    case Type::kBoolean:
      return boolean_ == other.boolean_;
    case Type::kInteger:
    case Type::kNumber:
    case Type::kString:
      return scalar_ == other.scalar_;
    case Type::kArray:
      return items_ == other.items_;
    case Type::kObject:
      return equal_members(members_, other.members_);
  }
  return false;
}

}  // namespace anjuan
