#include "preservation/rules/conditions.h"

#include <algorithm>

#include "core/messages.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kIn = "_in";

bool ends_with_in(std::string_view key) {
  return key.size() > kIn.size() && key.substr(key.size() - kIn.size()) == kIn;
}

bool contains(const std::vector<Json>& values, const Json& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool holds(const Condition& condition, const Json& object) {
  static const Json no = Json::boolean(false);
  const Json* value = object.find(condition.key);
  return contains(condition.values, value == nullptr || value->is_null() ? no : *value);
}

/// The type that a value of the key has; nullopt where any scalar may stand.
std::optional<Json::Type> type_of(const CaseKey& key) {
  if (key.form == KeyForm::kFlag) return Json::Type::kBoolean;
  if (key.type == KeyType::kText) return Json::Type::kString;
  return key.type == KeyType::kInteger ? std::optional(Json::Type::kInteger) : std::nullopt;
}

bool is_scalar_key(const CaseKey& key) {
  return key.form == KeyForm::kAttribute || key.form == KeyForm::kElement ||
         key.form == KeyForm::kFlag;
}

/// A number is read and written anew, so that 1 and 1 are equal however a file writes them.
Json read_value(const DataReader& reader, const Json& value, const std::string& key,
                const CaseKey* known) {
  constexpr std::int64_t kMost = 1'000'000'000'000;
  const auto expected = known == nullptr ? std::nullopt : type_of(*known);
  if (expected) reader.check_type(value, key, *expected);
  if (value.is(Json::Type::kBoolean)) return value;
  if (value.is(Json::Type::kInteger)) {
    reader.check_range(value, key, -kMost, kMost);
    return Json::integer(value.as_integer());
  }
  reader.check_text(value, key);
  return value;
}

std::vector<Json> read_values(const DataReader& reader, const Json& value, const std::string& key,
                              const CaseKey* known) {
  std::vector<Json> values;
  for (const auto& item : reader.items(value, key)) {
    Json read = read_value(reader, item, key, known);
    if (contains(values, read)) {
      reader.refuse(item.place(),
                    say("rules.twice_in_list", {{"key", key}, {"value", item.dump()}}));
    }
    values.push_back(std::move(read));
  }
  if (values.empty()) reader.refuse(value.place(), say("rules.empty", {{"key", key}}));
  std::sort(values.begin(), values.end(),
            [](const Json& a, const Json& b) { return a.dump() < b.dump(); });
  return values;
}

Condition read_condition(const DataReader& reader, const Json::Member& member, KeyHome home,
                         const KeyNames& names) {
  const auto& [written, value] = member;
  const bool is_list = ends_with_in(written);
  Condition condition;
  condition.key = is_list ? written.substr(0, written.size() - kIn.size()) : written;
  const CaseKey* known = names.model_key(home, condition.key);
  if (!names.knows(home, condition.key) || (known != nullptr && !is_scalar_key(*known))) {
    reader.refuse(value.place(), say("rules.unknown_name", {{"name", condition.key}}));
  }
  condition.values = is_list ? read_values(reader, value, written, known)
                             : std::vector<Json>{read_value(reader, value, condition.key, known)};
  return condition;
}

const Condition* find_key(const std::vector<Condition>& where, std::string_view key) {
  const auto found =
      std::find_if(where.begin(), where.end(), [&](const auto& c) { return c.key == key; });
  return found == where.end() ? nullptr : &*found;
}

}  // namespace

bool holds(const std::vector<Condition>& where, const Json& object) {
  return std::all_of(where.begin(), where.end(),
                     [&](const Condition& condition) { return holds(condition, object); });
}

std::vector<Condition> read_conditions(const DataReader& reader, const Json& object, KeyHome home,
                                       const KeyNames& names) {
  std::vector<Condition> where;
  for (const auto& member : object.members()) {
    auto condition = read_condition(reader, member, home, names);
    if (find_key(where, condition.key) != nullptr) {
      reader.refuse(member.second.place(),
                    say("rules.twice_in_list", {{"key", "where"}, {"value", condition.key}}));
    }
    where.push_back(std::move(condition));
  }
  if (where.empty()) reader.refuse(object.place(), say("rules.empty", {{"key", "where"}}));
  std::sort(where.begin(), where.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return where;
}

Json conditions_json(const std::vector<Condition>& where) {
  Json object = Json::object();
  for (const auto& condition : where) {
    if (condition.values.size() == 1) {
      object.set(condition.key, condition.values.front());
    } else {
      object.set(condition.key + std::string(kIn), Json::array(condition.values));
    }
  }
  return object;
}

bool is_wider(const std::vector<Condition>& now, const std::vector<Condition>& before) {
  return std::all_of(now.begin(), now.end(), [&](const Condition& condition) {
    const Condition* old = find_key(before, condition.key);
    return old != nullptr &&
           std::all_of(old->values.begin(), old->values.end(),
                       [&](const Json& value) { return contains(condition.values, value); });
  });
}

}  // namespace anjuan::rules
