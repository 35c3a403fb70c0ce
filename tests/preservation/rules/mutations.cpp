#include "tests/preservation/rules/mutations.h"

#include <array>

#include "core/clock.h"
#include "core/embedded.h"
#include "core/error.h"

namespace anjuan::test {

namespace {

/// From the case down to one value.
struct Step {
  std::string key;        ///< of an object
  std::size_t index = 0;  ///< of a list
  bool is_index = false;
};

using Steps = std::vector<Step>;

std::string name_of(const Steps& steps) {
  std::string name;
  for (const auto& step : steps) {
    name += "/" + (step.is_index ? std::to_string(step.index) : step.key);
  }
  return name;
}

Json* follow(Json& json, const Steps& steps, std::size_t count) {
  Json* value = &json;
  for (std::size_t i = 0; i < count && value != nullptr; ++i) {
    value = steps[i].is_index ? value->item_at(steps[i].index) : value->find(steps[i].key);
  }
  return value;
}

void set_value(Json& json, const Steps& steps, const Json& value) {
  *follow(json, steps, steps.size()) = value;
}

void delete_value(Json& json, const Steps& steps) {
  Json* parent = follow(json, steps, steps.size() - 1);
  const auto& last = steps.back();
  if (last.is_index) {
    auto items = parent->items();
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(last.index));
    *parent = Json::array(std::move(items));
    return;
  }
  std::vector<Json::Member> kept;
  for (const auto& member : parent->members()) {
    if (member.first != last.key) kept.push_back(member);
  }
  *parent = Json::object(std::move(kept));
}

void double_item(Json& json, const Steps& steps) {
  Json* list = follow(json, steps, steps.size() - 1);
  Json copy = list->items()[steps.back().index];
  if (copy.is_object() && copy.find("id") != nullptr) copy.set("id", Json::string("COPY"));
  list->append(std::move(copy));
}

void swap_with_next(Json& json, const Steps& steps) {
  Json* list = follow(json, steps, steps.size() - 1);
  const auto index = steps.back().index;
  if (index + 1 < list->items().size()) std::swap(*list->item_at(index), *list->item_at(index + 1));
}

bool is_time(const std::string& text) {
  try {
    parse_instant(text);
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::string moved(const std::string& text, int days) {
  const auto later = parse_instant(text) + std::chrono::hours(24 * days);
  return text.size() == 10 ? to_date_text(later) : to_text(later);
}

std::vector<std::pair<std::string, Json>> other_texts(const std::string& key,
                                                      const std::string& text) {
  if (is_time(text)) {
    return {{"later", Json::string(moved(text, 45))},
            {"much earlier", Json::string(moved(text, -1200))},
            {"unreadable", Json::string("x")},
            {"at the end of time", Json::string("9999-12-31T23:59:59")}};
  }
  if (key == "event" || key == "served_doc") return {{"elsewhere", Json::string("E01")}};
  if (key == "kind") return {{"another kind", Json::string(text[0] == 'D' ? "D_INQ" : "EV_SITE")}};
  return {{"another", Json::string("其他")}};
}

class Collector {
 public:
  explicit Collector(std::vector<Mutation>& found) : found_(found) {}

  void visit(const Json& value, const Steps& steps) {
    if (!steps.empty()) at_value(value, steps);
    for (std::size_t i = 0; value.is_array() && i < value.items().size(); ++i) {
      auto deeper = steps;
      deeper.push_back({"", i, true});
      visit(value.items()[i], deeper);
    }
    if (!value.is_object()) return;
    for (const auto& [key, member] : value.members()) {
      auto deeper = steps;
      deeper.push_back({key, 0, false});
      visit(member, deeper);
    }
  }

 private:
  void add(const Steps& steps, std::string_view what, std::function<void(Json&)> apply) {
    found_.push_back({fmt::format("{} {}", name_of(steps), what), std::move(apply)});
  }

  void change(const Steps& steps, std::string_view what, Json value) {
    add(steps, what, [steps, value](Json& json) { set_value(json, steps, value); });
  }

  void at_value(const Json& value, const Steps& steps) {
    add(steps, "deleted", [steps](Json& json) { delete_value(json, steps); });
    if (steps.back().is_index) {
      add(steps, "doubled", [steps](Json& json) { double_item(json, steps); });
      add(steps, "swapped", [steps](Json& json) { swap_with_next(json, steps); });
    }
    switch (value.type()) {
      case Json::Type::kNull:
        break;
      case Json::Type::kString:
        change(steps, "emptied", Json::string(""));
        for (auto& [what, other] : other_texts(steps.back().key, value.as_string())) {
          change(steps, what, other);
        }
        break;
      case Json::Type::kInteger:
      case Json::Type::kNumber:
        change(steps, "nulled", Json::null());
        for (const std::int64_t other : {-1L, 0L, 999'999'999'999L}) {
          change(steps, std::to_string(other), Json::integer(other));
        }
        break;
      case Json::Type::kBoolean:
        change(steps, "flipped", Json::boolean(!value.as_boolean()));
        break;
      case Json::Type::kArray:
        change(steps, "emptied", Json::array());
        break;
      case Json::Type::kObject:
        if (!steps.back().is_index) change(steps, "emptied", Json::object());
        break;
    }
  }

  std::vector<Mutation>& found_;
};

Json object(std::initializer_list<std::pair<std::string, std::string>> texts) {
  Json made = Json::object();
  for (const auto& [key, value] : texts) made.set(key, Json::string(value));
  return made;
}

void append_to(Json& json, const std::string& list, Json item) {
  if (json.find(list) == nullptr) json.set(list, Json::array());
  json.find(list)->append(std::move(item));
}

void add_services(std::vector<Mutation>& found) {
  for (const std::string mode : {"直接送达", "留置送达", "邮寄送达", "委托送达", "转交送达",
                                 "张贴公告", "刊登公告", "电子送达"}) {
    found.push_back({"bare service " + mode, [mode](Json& json) {
                       append_to(json, "events",
                                 object({{"id", "X1"},
                                         {"kind", "EV_SERVICE"},
                                         {"mode", mode},
                                         {"start", "2025-09-01T09:00"}}));
                     }});
  }
}

/// A step with nothing but its kind, and all its flags true or all false.
void add_steps(std::vector<Mutation>& found) {
  const auto kinds = Json::parse(embedded("case_kinds.json"), "kinds");
  for (const auto& [kind, words] : kinds.find("events")->members()) {
    for (const bool flag : {false, true}) {
      found.push_back({fmt::format("bare step {} {}", kind, flag), [kind = kind, flag](Json& json) {
                         auto event = object({{"id", "X1"},
                                              {"kind", kind},
                                              {"start", "2025-10-01T23:00"},
                                              {"outcome", flag ? "受理" : "不启动"},
                                              {"measure", "扣押财物"},
                                              {"enforce_mode", "强制拆除"},
                                              {"remedy_expired_at", "2024-01-01"}});
                         for (const std::string key :
                              {"supplement", "corrected_on_spot", "emergency", "on_the_spot"}) {
                           event.set(key, Json::boolean(flag));
                         }
                         event.set("fine", Json::integer(5000));
                         append_to(json, "events", std::move(event));
                       }});
    }
  }
  for (const auto& [kind, words] : kinds.find("documents")->members()) {
    found.push_back({"bare document " + kind, [kind = kind](Json& json) {
                       auto document = object({{"id", "X1"}, {"kind", kind}, {"event", "E02"}});
                       document.set("refused", Json::boolean(true));
                       append_to(json, "docs", std::move(document));
                     }});
  }
}

void add_recordings(std::vector<Mutation>& found) {
  for (const bool flag : {false, true}) {
    found.push_back({fmt::format("bare recording {}", flag), [flag](Json& json) {
                       auto recording = object({{"id", "X1"},
                                                {"made_at", "2025-09-01T09:00"},
                                                {"returned_at", "2025-09-01T18:00"}});
                       recording.set("remote", Json::boolean(flag));
                       recording.set("continuous", Json::boolean(flag));
                       append_to(json, "av", std::move(recording));
                     }});
  }
}

void add_flags(std::vector<Mutation>& found) {
  constexpr std::array kFlags = {
      "hearing_required", "legal_review_required", "major_or_complex",
      "has_decision",     "has_adverse_decision",  "has_close",
      "entrusted",        "must_publish",          "fine_collected_on_spot"};
  for (const auto* key : kFlags) {
    found.push_back(
        {fmt::format("flag {}", key), [key](Json& json) { json.set(key, Json::boolean(true)); }});
  }
  found.push_back({"a revoked decision still published", [](Json& json) {
                     json.set("decision_revoked", Json::boolean(true));
                     json.set("published", Json::boolean(true));
                     json.set("revoked_at", Json::string("2025-10-09"));
                   }});
  found.push_back(
      {"a daily inspection", [](Json& json) { json.set("type", Json::string("日常监督检查")); }});
  found.push_back({"the ordinary procedure", [](Json& json) {
                     json.set("procedure", Json::string("普通程序"));
                     json.set("initiation", Json::string("依职权"));
                   }});
}

void add_pairs_of_steps(std::vector<Mutation>& found) {
  found.push_back({"an officer chairs the hearing", [](Json& json) {
                     const auto officer = json.find("officers")->items()[0].text_or("name", "");
                     append_to(json, "events",
                               object({{"id", "X1"}, {"kind", "EV_HEARING"}, {"host", officer}}));
                   }});
  found.push_back(
      {"the court asked on the tenth day", [](Json& json) {
         append_to(json, "events",
                   object({{"id", "X1"}, {"kind", "EV_URGE"}, {"served_at", "2025-10-09"}}));
         append_to(json, "events",
                   object({{"id", "X2"}, {"kind", "EV_COURT"}, {"start", "2025-10-19T09:00"}}));
       }});
}

}  // namespace

std::vector<Mutation> mutations_of(const Json& declared) {
  std::vector<Mutation> found;
  Collector(found).visit(declared, {});
  return found;
}

std::vector<Mutation> additions() {
  std::vector<Mutation> found;
  add_services(found);
  add_steps(found);
  add_recordings(found);
  add_flags(found);
  add_pairs_of_steps(found);
  return found;
}

}  // namespace anjuan::test
