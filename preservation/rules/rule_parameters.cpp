// Reading a parameter by its form.

#include <algorithm>

#include "core/case/kinds.h"
#include "core/messages.h"
#include "preservation/rules/rule_signatures.h"

namespace anjuan::rules {

namespace {

std::vector<std::string_view> choices(std::string_view text) {
  std::vector<std::string_view> parts;
  for (auto bar = text.find('|'); bar != text.npos; bar = text.find('|')) {
    parts.push_back(text.substr(0, bar));
    text.remove_prefix(bar + 1);
  }
  parts.push_back(text);
  return parts;
}

bool is_clock(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  return text.size() == 5 && digit(0) && digit(1) && text[2] == ':' && digit(3) && digit(4) &&
         text.substr(0, 2) < "24" && text.substr(3) < "60";
}

bool is_control_id(std::string_view text) {
  constexpr std::string_view kPrefix = "CTL-";
  return text.substr(0, kPrefix.size()) == kPrefix && text.size() > kPrefix.size() &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == text.npos;
}

/// Checks one value against one parameter.
class ParameterReader {
 public:
  ParameterReader(const DataReader& reader, const Parameter& parameter, const RuleScope& scope)
      : reader_(reader), parameter_(parameter), scope_(scope) {}

  Json read(const Json& value) const {
    switch (parameter_.form) {
      case ParameterForm::kCount:
        reader_.check_range(value, name(), parameter_.least, parameter_.most);
        return Json::integer(value.as_integer());
      case ParameterForm::kFlag:
        reader_.check_type(value, name(), Json::Type::kBoolean);
        return value;
      case ParameterForm::kWord:
        reader_.check_word(value, name(), parameter_.words);
        return value;
      case ParameterForm::kNight:
        check_night(value);
        return value;
      case ParameterForm::kPleaAfter:
        check_plea_after(value);
        return value;
      case ParameterForm::kKey:
      case ParameterForm::kKeyChoice:
      case ParameterForm::kDocument:
      case ParameterForm::kEvent:
      case ParameterForm::kListName:
      case ParameterForm::kControl:
        check_name(value);
        return value;
      case ParameterForm::kTexts:
      case ParameterForm::kKeys:
      case ParameterForm::kRoles:
      case ParameterForm::kDocuments:
      case ParameterForm::kEvents:
        reader_.texts(value, name());
        for (const auto& item : value.items()) check_name(item);
        return value;
    }
    return value;
  }

 private:
  std::string_view name() const { return parameter_.name; }

  void check_name(const Json& value) const {
    reader_.check_text(value, name());
    const auto& text = value.as_string();
    switch (parameter_.form) {
      case ParameterForm::kKey:
      case ParameterForm::kKeys:
        return check_key(value, text, home());
      case ParameterForm::kKeyChoice:
      case ParameterForm::kRoles:
        for (const auto part : choices(text)) check_key(value, part, home());
        return;
      case ParameterForm::kDocument:
      case ParameterForm::kDocuments:
        return check(is_document_kind(text), value, "rules.unknown_document_kind");
      case ParameterForm::kEvent:
      case ParameterForm::kEvents:
        return check(is_event_kind(text), value, "rules.unknown_event_kind");
      case ParameterForm::kListName:
        return check(scope_.lists.find(text) != scope_.lists.end(), value, "rules.unknown_list");
      case ParameterForm::kControl:
        return check(is_control_id(text), value, "rules.bad_control_id");
      case ParameterForm::kTexts:
        if (!parameter_.words.empty()) reader_.check_word(value, name(), parameter_.words);
        return;
      case ParameterForm::kCount:
      case ParameterForm::kFlag:
      case ParameterForm::kWord:
      case ParameterForm::kNight:
      case ParameterForm::kPleaAfter:
        return;
    }
  }

  KeyHome home() const {
    if (parameter_.form == ParameterForm::kRoles) return KeyHome::kRole;
    return parameter_.is_of_subject ? home_of(scope_.subject) : parameter_.home;
  }

  void check_key(const Json& value, std::string_view key, KeyHome home) const {
    if (scope_.names.knows(home, key)) return;
    reader_.refuse(value.place(), say("rules.unknown_name", {{"name", std::string(key)}}));
  }

  void check(bool is_good, const Json& value, std::string_view message) const {
    if (is_good) return;
    reader_.refuse(value.place(), say(message, {{"value", value.as_string()}}));
  }

  void check_night(const Json& value) const {
    const auto times = reader_.texts(value, name());
    const bool is_good =
        times.size() == 2 && is_clock(times[0]) && is_clock(times[1]) && times[0] > times[1];
    if (!is_good) reader_.refuse(value.place(), say("rules.bad_night"));
  }

  void check_plea_after(const Json& value) const {
    reader_.check_keys(value, {"event", "days_field"});
    const Json& event = reader_.need(value, "event", Json::Type::kString);
    check(is_event_kind(event.as_string()), event, "rules.unknown_event_kind");
    const Json& field = reader_.need(value, "days_field", Json::Type::kString);
    check_key(field, field.as_string(), KeyHome::kContent);
  }

  const DataReader& reader_;
  const Parameter& parameter_;
  const RuleScope& scope_;
};

bool is_in(const std::vector<Json>& all, const Json& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_subset(const std::vector<Json>& part, const std::vector<Json>& whole) {
  return std::all_of(part.begin(), part.end(), [&](const Json& one) { return is_in(whole, one); });
}

/// "none" allows no way out; a note together with a witness is more than a note.
bool asks_more(const std::string& now, const std::string& before) {
  return now == "none" || (before == "note" && now == "note_and_(witness_or_video)");
}

/// Whoever fills role `now` fills role `before` too: "party" for "party|agent".
bool fills(const Json& now, const Json& before) {
  const auto allowed = choices(before.as_string());
  for (const auto one : choices(now.as_string())) {
    if (std::find(allowed.begin(), allowed.end(), one) == allowed.end()) return false;
  }
  return true;
}

bool demands_roles(const std::vector<Json>& now, const std::vector<Json>& before) {
  return std::all_of(before.begin(), before.end(), [&](const Json& old) {
    return std::any_of(now.begin(), now.end(), [&](const Json& role) { return fills(role, old); });
  });
}

/// Of two values that are both there and not equal.
bool is_tighter(Tightens way, const Json& now, const Json& before) {
  switch (way) {
    case Tightens::kHigher:
      return now.as_integer() >= before.as_integer();
    case Tightens::kLower:
      return now.as_integer() <= before.as_integer();
    case Tightens::kSuperset:
      return is_subset(before.items(), now.items());
    case Tightens::kSubset:
      return is_subset(now.items(), before.items());
    case Tightens::kTrue:
      return now.as_boolean();
    case Tightens::kRefusal:
      return asks_more(now.as_string(), before.as_string());
    case Tightens::kRoles:
      return demands_roles(now.items(), before.items());
    case Tightens::kWiderNight:
      return now.items()[0].as_string() <= before.items()[0].as_string() &&
             now.items()[1].as_string() >= before.items()[1].as_string();
    case Tightens::kSame:
    case Tightens::kNone:
      return false;
  }
  return false;
}

bool is_no_weaker(const Parameter& parameter, const Json* now, const Json* before) {
  const auto way = parameter.tightens;
  if (now == nullptr && before == nullptr) return true;
  if (now == nullptr) return way == Tightens::kNone || way == Tightens::kLower;
  if (before == nullptr) return way == Tightens::kSuperset;
  return *now == *before || is_tighter(way, *now, *before);
}

}  // namespace

Json check_parameters(const DataReader& reader, const Signature& signature, const Json& written,
                      const RuleScope& scope) {
  std::vector<std::string_view> allowed{"op"};
  if (signature.op == "all" || signature.op == "any") allowed.push_back("of");
  for (const auto& parameter : signature.parameters) allowed.push_back(parameter.name);
  reader.check_keys(written, allowed);
  std::vector<Json::Member> members;
  for (const auto& parameter : signature.parameters) {
    const Json* value = written.find(parameter.name);
    if (value == nullptr && parameter.need == Need::kOptional) continue;
    if (value == nullptr) {
      reader.refuse(written.place(),
                    say("rules.missing_parameter", {{"op", std::string(signature.op)},
                                                    {"name", std::string(parameter.name)}}));
    }
    members.emplace_back(parameter.name, ParameterReader(reader, parameter, scope).read(*value));
  }
  std::sort(members.begin(), members.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  Json parameters = Json::object(std::move(members));
  const auto reason = signature.agree == nullptr ? "" : signature.agree(parameters);
  if (!reason.empty()) reader.refuse(written.place(), reason);
  return parameters;
}

std::string_view weaker_parameter(const Signature& signature, const Json& now, const Json& before) {
  for (const auto& parameter : signature.parameters) {
    if (!is_no_weaker(parameter, now.find(parameter.name), before.find(parameter.name))) {
      return parameter.name;
    }
  }
  return "";
}

}  // namespace anjuan::rules
