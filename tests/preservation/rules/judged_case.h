#pragma once
// Cases for the tests of the judge: the accepted samples, edited by JSON pointer, and what was
// found.

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include "core/case/case_file.h"
#include "preservation/rules/judgement.h"
#include "tests/support/corpora.h"
#include "tests/support/law.h"

namespace anjuan::test {

inline rules::Judgement judged(const Json& declared, const rules::JudgeOptions& options = {}) {
  const auto file = CaseFile::from_value(declared, "case.json");
  return rules::judge(file, law(), options);
}

/// The value at "/docs/D02/fields/reason": an item of a list by its id or index; nullptr if none.
inline Json* at(Json& json, std::string_view pointer) {
  Json* value = &json;
  while (!pointer.empty() && value != nullptr) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    const auto step = pointer.substr(0, end);
    pointer.remove_prefix(end);
    if (!value->is_array()) {
      value = value->find(step);
      continue;
    }
    Json* list = value;
    value = nullptr;
    for (std::size_t i = 0; i < list->items().size() && value == nullptr; ++i) {
      const bool is_meant = list->items()[i].text_or("id", "") == step || std::to_string(i) == step;
      if (is_meant) value = list->item_at(i);
    }
  }
  return value;
}

/// A small value as JSON text: "null", "true", "\"2025-06-17\"".
inline void put(Json& json, const std::string& pointer, const std::string& key,
                const std::string& value) {
  at(json, pointer)->set(key, Json::parse(value, "test"));
}

inline void drop(Json& json, const std::string& pointer, const std::string& key) {
  Json* object = at(json, pointer);
  std::vector<Json::Member> kept;
  for (const auto& member : object->members()) {
    if (member.first != key) kept.push_back(member);
  }
  *object = Json::object(std::move(kept));
}

/// Takes the item with this id out of a list of the case.
inline void drop_item(Json& json, const std::string& list, const std::string& id) {
  std::vector<Json> kept;
  for (const auto& item : json.find(list)->items()) {
    if (item.text_or("id", "") != id) kept.push_back(item);
  }
  json.set(list, Json::array(std::move(kept)));
}

/// "QCL-04-1 E13" for all results of this kind.
inline std::set<std::string> found(const rules::Judgement& judgement,
                                   CheckResult result = CheckResult::kFailed) {
  std::set<std::string> names;
  for (const auto& one : judgement.results) {
    if (one.result == result) names.insert(one.code + " " + one.object);
  }
  return names;
}

inline std::set<std::string> found(const Json& declared,
                                   CheckResult result = CheckResult::kFailed) {
  return found(judged(declared), result);
}

/// The message of a result, or "".
inline std::string message_of(const rules::Judgement& judgement, const std::string& name) {
  for (const auto& one : judgement.results) {
    if (one.code + " " + one.object == name) return one.message;
  }
  return "";
}

}  // namespace anjuan::test
