#include "tools/sample/facts.h"

#include "tools/sample/chinese.h"
#include "tools/sample/story.h"

namespace anjuan::sample {

namespace {

// Who signs for the office where the case names nobody; as fictitious as the cases.
constexpr std::string_view kLeader = "郑样辛";

std::string scalar_text(const Json& value) {
  switch (value.type()) {
    case Json::Type::kBoolean:
      return value.as_boolean() ? "true" : "";
    case Json::Type::kString:
    case Json::Type::kInteger:
    case Json::Type::kNumber:
      return value.lexical();
    case Json::Type::kNull:
    case Json::Type::kArray:
    case Json::Type::kObject:
      break;
  }
  return "";
}

bool only_declared(std::string_view value) { return value == "1" || value == "true"; }

/// Where the text after an opening brace ends: the matching closing brace, or npos.
std::size_t closing_brace(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at;
  }
  return std::string_view::npos;
}

std::string joined(const std::vector<Officer>& officers, bool with_numbers) {
  std::string text;
  for (const Officer& officer : officers) {
    if (!text.empty()) text += "、";
    text += officer.name;
    if (with_numbers) text += "(执法证件号：" + officer.cert_no + ")";
  }
  return text;
}

}  // namespace

const std::vector<Json>& list_of(const Json& object, std::string_view key) {
  static const std::vector<Json> none;
  const Json* list = object.find(key);
  return list != nullptr && list->is_array() ? list->items() : none;
}

Facts::Facts(const Json& the_case) : case_(&the_case) {
  flatten("case", the_case);
  if (const Json* party = the_case.find("party")) flatten("party", *party);
  for (const Json& document : list_of(the_case, "docs")) {
    const std::string name = "docs." + document.text_or("kind", "");
    if (!values_.contains(name + ".title")) flatten(name, document);
  }
  for (const Json& event : list_of(the_case, "events")) {
    const std::string name = "events." + event.text_or("kind", "");
    if (!values_.contains(name + ".id")) flatten(name, event);
  }
  const std::string type = the_case.text_or("type", "");
  if (type == "行政处罚") set("is.penalty", "true");
  if (type == "行政许可") set("is.licence", "true");
  const bool citizen = filled("party.id_no") && !filled("party.uscc");
  set(citizen ? "is.citizen" : "is.org", "true");
  set("party.person", find("party.legal_rep").value_or(find("party.name").value_or("")));
  if (const Json* fine = the_case.find("fine"); fine != nullptr && !fine->is_null()) {
    set("fine.cn", chinese_amount(static_cast<std::int64_t>(fine->as_double())));
  }
  set("leader", find("events.EV_DECISION.signed_by").value_or(std::string(kLeader)));
  add_people();
}

void Facts::flatten(const std::string& prefix, const Json& value) {
  if (value.is_object()) {
    for (const auto& [key, member] : value.members()) flatten(prefix + "." + key, member);
    return;
  }
  if (value.is_array()) {
    std::string all;
    for (const Json& item : value.items()) {
      if (!item.is_string()) continue;
      all += (all.empty() ? "" : "、") + item.as_string();
    }
    if (!all.empty()) set(prefix, all);
    return;
  }
  const std::string text = scalar_text(value);
  if (text.empty()) return;
  const auto time = time_in(text);
  // Words of an official document have Chinese dates; keys and numbers stay as they are.
  set(prefix, time ? text : chinese_dates_in(text));
  if (!time) return;
  set(prefix + ".day", chinese_day(*time));
  set(prefix + ".cn", text.size() > 10 ? chinese_time(*time) : chinese_day(*time));
  set(prefix + ".written", chinese_written_day(*time));
}

std::vector<Officer> Facts::officers() const {
  std::vector<Officer> officers;
  for (const auto* source : {event_, case_}) {
    if (source == nullptr || !officers.empty()) continue;
    for (const char* key : {"officers", "servers"}) {
      for (const Json& officer : list_of(*source, key)) {
        officers.push_back({officer.text_or("name", ""), officer.text_or("cert_no", "")});
      }
      if (!officers.empty()) break;
    }
  }
  return officers;
}

void Facts::add_people() {
  const auto people = officers();
  set("officers", joined(people, true));
  set("officers.names", joined(people, false));
  for (std::size_t i = 0; i < people.size(); ++i) {
    set(fmt::format("officers.{}.name", i + 1), people[i].name);
    set(fmt::format("officers.{}.cert_no", i + 1), people[i].cert_no);
  }
}

Facts Facts::of_event(std::string_view id) const {
  Facts facts = *this;
  for (const Json& event : list_of(*case_, "events")) {
    if (event.text_or("id", "") != id || id.empty()) continue;
    facts.event_ = &event;
    facts.flatten("event", event);
    facts.set("is." + event.text_or("kind", ""), "true");
    facts.add_people();
  }
  return facts;
}

Facts Facts::of_document(const Json& document) const {
  Facts facts = of_event(document.text_or("event", ""));
  facts.document_ = &document;
  facts.flatten("doc", document);
  if (const Json* fields = document.find("fields")) facts.flatten("fields", *fields);
  if (facts.find("fields.writing") == "手写") facts.set("is.hand", "true");
  const bool sketch = document.text_or("title", "").find("示意图") != std::string::npos;
  facts.set(sketch ? "is.sketch" : "is.photographs", "true");
  const bool hearing = document.text_or("title", "").find("听证") != std::string::npos;
  if (hearing) facts.set("is.about_hearing", "true");
  const std::string served = facts.find("event.served_doc").value_or("");
  for (const Json& other : list_of(*case_, "docs")) {
    if (other.text_or("id", "") == served && !served.empty()) facts.flatten("served", other);
  }
  return facts;
}

Facts Facts::of_item(const Json& item) const {
  Facts facts = *this;
  facts.flatten("item", item);
  return facts;
}

bool Facts::filled(std::string_view name) const {
  const auto found = values_.find(name);
  return found != values_.end() && !found->second.empty();
}

std::optional<std::string> Facts::find(std::string_view name) const {
  if (!filled(name)) return std::nullopt;
  return values_.find(name)->second;
}

std::string Facts::replacement(std::string_view inside) const {
  const auto bar = inside.find('|');
  const auto name = inside.substr(0, bar);
  if (name.starts_with("story.")) {
    const std::string told = story_text(find("case.cause").value_or(""), name.substr(6));
    if (!told.empty()) return expand(told);
  }
  const auto value = find(name);
  const bool has_words = bar != std::string_view::npos;
  if (value && !(has_words && only_declared(*value))) return *value;
  if (has_words && (value || !name.starts_with("fields."))) return expand(inside.substr(bar + 1));
  return std::string(kBlank);
}

std::string Facts::expand(std::string_view text) const {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at);
    result += text.substr(at, open - at);
    if (open == std::string_view::npos) break;
    const auto close = closing_brace(text, open);
    if (close == std::string_view::npos) return result + std::string(text.substr(open));
    result += replacement(text.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  return result;
}

}  // namespace anjuan::sample
