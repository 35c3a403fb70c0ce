#include "preservation/rules/rule_text.h"

#include <algorithm>

#include "preservation/rules/conditions.h"

namespace anjuan::rules {

namespace {

Json texts(const std::vector<std::string>& values) {
  Json list = Json::array();
  for (const auto& value : values) list.append(Json::string(value));
  return list;
}

Json object_of(std::vector<Json::Member> members) {
  std::sort(members.begin(), members.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return Json::object(std::move(members));
}

Json trigger_json(const Trigger& trigger) {
  constexpr std::string_view kKeys[] = {"case", "event", "doc", "av"};
  const std::string key(kKeys[static_cast<std::size_t>(trigger.subject)]);
  if (trigger.subject == Subject::kCase) {
    return trigger.where.empty() ? object_of({{"always", Json::boolean(true)}})
                                 : object_of({{key, conditions_json(trigger.where)}});
  }
  std::vector<Json::Member> members;
  if (trigger.kinds.empty()) {
    members.emplace_back("each", Json::string(key));
  } else {
    members.emplace_back(key, texts(trigger.kinds));
  }
  if (!trigger.where.empty()) members.emplace_back("where", conditions_json(trigger.where));
  return object_of(std::move(members));
}

Json require_json(const Requirement& require) {
  auto members = require.parameters.members();
  members.emplace_back("op", Json::string(require.op));
  if (!require.of.empty()) {
    Json of = Json::array();
    for (const auto& part : require.of) of.append(require_json(part));
    members.emplace_back("of", std::move(of));
  }
  return object_of(std::move(members));
}

std::string_view weight_word(Weight weight) {
  constexpr std::string_view kWords[] = {"block", "error", "warn", "info", "control"};
  return kWords[static_cast<std::size_t>(weight)];
}

Json rule_json(const Rule& rule) {
  std::vector<Json::Member> members{
      {"id", Json::string(rule.id)},
      {"article", Json::string(rule.article)},
      {"layer", Json::string(std::string(layer_word(rule.layer)))},
      {"phase", Json::string(rule.phase)},
      {"severity", Json::string(std::string(weight_word(rule.weight)))},
      {"review_points", Json::integer(rule.review_points)},
      {"trigger", trigger_json(rule.trigger)},
      {"require", require_json(rule.require)},
      {"message_zh", Json::string(rule.message_zh)},
      {"message_en", Json::string(rule.message_en)},
      {"source_text", Json::string(rule.source_text)},
      {"source_verified", Json::boolean(rule.is_source_verified)}};
  if (!rule.note.empty()) members.emplace_back("note", Json::string(rule.note));
  return object_of(std::move(members));
}

Json source_json(const RuleSource& source) {
  return object_of({{"layer", Json::string(std::string(layer_word(source.layer)))},
                    {"version", Json::string(source.version)},
                    {"title", Json::string(source.title)}});
}

Json record_json(const WeakeningRecord& record) {
  return object_of({{"rule", Json::string(record.rule)},
                    {"change", Json::string(record.change)},
                    {"reason", Json::string(record.reason)},
                    {"by", Json::string(record.by)},
                    {"at", Json::string(record.at)},
                    {"document", Json::string(record.document)}});
}

template <typename Item, typename ToJson>
Json array_of(const std::vector<Item>& items, ToJson to_json) {
  Json list = Json::array();
  for (const auto& item : items) list.append(to_json(item));
  return list;
}

/// As text, sorted by it: the order of the files leaves no trace.
template <typename Item, typename ToJson>
Json sorted_array(const std::vector<Item>& items, ToJson to_json) {
  std::vector<std::pair<std::string, Json>> lines;
  lines.reserve(items.size());
  for (const auto& item : items) {
    Json json = to_json(item);
    lines.emplace_back(json.dump(), std::move(json));
  }
  std::sort(lines.begin(), lines.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  Json list = Json::array();
  for (auto& line : lines) list.append(std::move(line.second));
  return list;
}

Json lists_json(const NamedLists& lists) {
  Json object = Json::object();
  for (const auto& [name, values] : lists) {
    auto sorted = values;
    std::sort(sorted.begin(), sorted.end());
    object.set(name, texts(sorted));
  }
  return object;
}

}  // namespace

std::string canonical_rules(const std::vector<RuleSource>& sources, const NamedLists& lists,
                            const std::vector<WeakeningRecord>& weakened,
                            const std::vector<Rule>& rules) {
  std::vector<const Rule*> by_id;
  for (const auto& rule : rules) by_id.push_back(&rule);
  std::sort(by_id.begin(), by_id.end(), [](auto* a, auto* b) { return a->id < b->id; });
  Json list = Json::array();
  for (const auto* rule : by_id) list.append(rule_json(*rule));
  std::vector<Json::Member> members{{"schema", Json::string(std::string(kRulesSchema))},
                                    {"layer", Json::string(std::string(kInForce))},
                                    {"sources", array_of(sources, source_json)},
                                    {"values", lists_json(lists)},
                                    {"weakened", sorted_array(weakened, record_json)},
                                    {"rules", std::move(list)}};
  return object_of(std::move(members)).dump();
}

}  // namespace anjuan::rules
