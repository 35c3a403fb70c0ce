#include "preservation/rules/rule_loader.h"

#include <algorithm>

#include "core/case/kinds.h"
#include "core/messages.h"
#include "preservation/rules/conditions.h"

namespace anjuan::rules {

namespace {

using Words = std::vector<std::string_view>;

const Words kLayerWords{"seed", "national", "bureau"};
const Words kPhases{"ingest", "package", "preservation", "catalog"};
const Words kWeightWords{"block", "error", "warn", "info", "control"};
const Words kSubjectWords{"event", "doc", "av"};

constexpr std::int64_t kPointsMax = 100;

std::size_t index_of(const Words& words, std::string_view word) {
  return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

bool is_key(std::string_view text) {
  return text.front() >= 'a' && text.front() <= 'z' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == text.npos;
}

bool is_list_name(std::string_view name) {
  constexpr std::string_view kPrefix = "config.";
  return name.size() > kPrefix.size() && name.substr(0, kPrefix.size()) == kPrefix &&
         is_key(name.substr(kPrefix.size()));
}

class RuleFileReader {
 public:
  RuleFileReader(const DataReader& reader, const NamedLists& known)
      : reader_(reader), lists_(known) {}

  ReadRuleFile read(const Json& root) {
    read_head(root);
    read_lists(root);
    read_rules(root);
    file_.weakened = read_weakened(reader_, root);
    return std::move(file_);
  }

 private:
  void read_head(const Json& root) {
    auto layers = kLayerWords;
    layers.push_back(kInForce);
    reader_.word(root, "schema", {kRulesSchema});
    file_.is_in_force = reader_.word(root, "layer", layers) == kInForce;
    if (!file_.is_in_force) {
      reader_.check_keys(root,
                         {"schema", "layer", "version", "title", "values", "weakened", "rules"});
      file_.sources.push_back(read_source(root));
      return;
    }
    reader_.check_keys(root, {"schema", "layer", "sources", "values", "weakened", "rules"});
    for (const auto& source :
         reader_.items(reader_.need(root, "sources", Json::Type::kArray), "sources")) {
      reader_.check_keys(source, {"layer", "version", "title"});
      file_.sources.push_back(read_source(source));
    }
  }

  RuleSource read_source(const Json& json) const {
    const auto layer = static_cast<Layer>(index_of(kLayerWords, layer_of(json)));
    return {layer, reader_.text(json, "version"), reader_.text(json, "title")};
  }

  std::string layer_of(const Json& json) const { return reader_.word(json, "layer", kLayerWords); }

  void read_lists(const Json& root) {
    const Json* values = reader_.maybe(root, "values", Json::Type::kObject);
    if (values == nullptr) values = &nothing_;
    for (const auto& [name, list] : values->members()) {
      if (!is_list_name(name)) {
        reader_.refuse(list.place(), say("rules.bad_list_name", {{"name", name}}));
      }
      file_.lists[name] = reader_.texts(list, name);
      if (name == kOwnKeys) check_own_keys(list);
    }
    add_lists(lists_, file_.lists);
    const auto own = lists_.find(kOwnKeys);
    if (own != lists_.end()) names_ = KeyNames(own->second);
  }

  void check_own_keys(const Json& list) const {
    for (const auto& item : list.items()) {
      if (is_key(item.as_string())) continue;
      reader_.refuse(item.place(), say("rules.bad_own_key", {{"name", item.as_string()}}));
    }
  }

  void read_rules(const Json& root) {
    const Json* rules = reader_.maybe(root, "rules", Json::Type::kArray);
    if (rules == nullptr) return;
    for (const auto& rule : rules->items()) file_.rules.push_back({read_rule(rule), rule.place()});
  }

  Rule read_rule(const Json& json) {
    Words keys{"id",      "article",    "phase",      "severity",    "review_points",   "trigger",
               "require", "message_zh", "message_en", "source_text", "source_verified", "note"};
    if (file_.is_in_force) keys.push_back("layer");
    reader_.check_keys(json, keys);
    Rule rule;
    rule.id = reader_.id(json, "id");
    rule.article = reader_.text(json, "article");
    rule.layer = file_.is_in_force ? static_cast<Layer>(index_of(kLayerWords, layer_of(json)))
                                   : file_.sources.front().layer;
    rule.phase = reader_.word(json, "phase", kPhases);
    rule.weight =
        static_cast<Weight>(index_of(kWeightWords, reader_.word(json, "severity", kWeightWords)));
    rule.review_points = static_cast<int>(reader_.integer(json, "review_points", 0, kPointsMax));
    rule.trigger = read_trigger(reader_.need(json, "trigger", Json::Type::kObject));
    rule.require = read_require(json, rule);
    rule.message_zh = reader_.text(json, "message_zh");
    rule.message_en = reader_.text(json, "message_en");
    rule.source_text = reader_.text(json, "source_text");
    rule.is_source_verified = reader_.boolean_or(json, "source_verified", true);
    rule.note = reader_.text_or_none(json, "note");
    rule.origin = fmt::format("{}:{}", reader_.file(), json.place().line);
    return rule;
  }

  Trigger read_trigger(const Json& json) const {
    reader_.check_keys(json, {"always", "case", "event", "doc", "each", "where"});
    Trigger trigger;
    const Json* where = reader_.maybe(json, "where", Json::Type::kObject);
    const auto subjects = json.members().size() - (where == nullptr ? 0 : 1);
    if (subjects != 1) reader_.refuse(json.place(), say("rules.one_trigger"));
    if (const Json* always = reader_.maybe(json, "always", Json::Type::kBoolean)) {
      if (!always->as_boolean()) reader_.refuse(always->place(), say("rules.always_is_true"));
    } else if (const Json* of_case = reader_.maybe(json, "case", Json::Type::kObject)) {
      trigger.where = read_conditions(reader_, *of_case, KeyHome::kCase, names_);
    } else {
      read_objects(json, trigger);
    }
    if (where == nullptr) return trigger;
    if (trigger.subject == Subject::kCase) {
      reader_.refuse(where->place(), say("rules.where_on_objects"));
    }
    trigger.where = read_conditions(reader_, *where, home_of(trigger.subject), names_);
    return trigger;
  }

  void read_objects(const Json& json, Trigger& trigger) const {
    if (json.find("each") != nullptr) {
      const auto word = reader_.word(json, "each", kSubjectWords);
      trigger.subject = static_cast<Subject>(index_of(kSubjectWords, word) + 1);
      return;
    }
    const bool is_event = json.find("event") != nullptr;
    const std::string_view key = is_event ? "event" : "doc";
    const Json& kinds = *json.find(key);
    trigger.subject = is_event ? Subject::kEvent : Subject::kDocument;
    trigger.kinds = reader_.texts(kinds, key);
    for (const auto& kind : kinds.items()) {
      const auto& code = kind.as_string();
      if (is_event ? is_event_kind(code) : is_document_kind(code)) continue;
      reader_.refuse(kind.place(),
                     say(is_event ? "rules.unknown_event_kind" : "rules.unknown_document_kind",
                         {{"value", code}}));
    }
  }

  Requirement read_require(const Json& json, const Rule& rule) {
    operators_ = 0;
    const Json& require = reader_.need(json, "require", Json::Type::kObject);
    const RuleScope scope{rule.trigger.subject, names_, lists_};
    auto tree = read_operator(require, scope, 1);
    const bool is_control = rule.weight == Weight::kControl;
    const bool is_always = rule.trigger.subject == Subject::kCase && rule.trigger.where.empty();
    if ((tree.op == "control") != is_control || (is_control && !is_always)) {
      reader_.refuse(require.place(), say("rules.control_alone"));
    }
    return tree;
  }

  Requirement read_operator(const Json& json, const RuleScope& scope, std::size_t depth) {
    if (depth > kOperatorDepthMax || ++operators_ > kOperatorsMax) {
      reader_.refuse(json.place(),
                     say("rules.too_deep", {{"depth", std::to_string(kOperatorDepthMax)},
                                            {"limit", std::to_string(kOperatorsMax)}}));
    }
    reader_.check_type(json, "require", Json::Type::kObject);
    Requirement made;
    made.op = reader_.word(json, "op", operator_names());
    const Signature& signature = *signature_of(made.op);
    check_subject(json, signature, scope);
    made.parameters = check_parameters(reader_, signature, json, scope);
    if (made.op != "all" && made.op != "any") return made;
    const Json& of = reader_.need(json, "of", Json::Type::kArray);
    for (const auto& part : reader_.items(of, "of")) {
      if (part.text_or("op", "") == "control") {
        reader_.refuse(part.place(), say("rules.control_alone"));
      }
      made.of.push_back(read_operator(part, scope, depth + 1));
    }
    if (made.of.empty()) reader_.refuse(of.place(), say("rules.empty", {{"key", "of"}}));
    return made;
  }

  void check_subject(const Json& json, const Signature& signature, const RuleScope& scope) const {
    const auto& allowed = signature.subjects;
    if (std::find(allowed.begin(), allowed.end(), scope.subject) != allowed.end()) return;
    constexpr std::string_view kWords[] = {"case", "event", "doc", "av"};
    Words words;
    for (const auto subject : allowed) words.push_back(kWords[static_cast<std::size_t>(subject)]);
    reader_.refuse(json.place(), say("rules.wrong_trigger", {{"op", std::string(signature.op)},
                                                             {"allowed", listed(words)}}));
  }

  const DataReader& reader_;
  NamedLists lists_;  ///< of the files before, and of this one
  KeyNames names_;
  Json nothing_ = Json::object();
  ReadRuleFile file_;
  std::size_t operators_ = 0;  ///< of the rule that is being read
};

}  // namespace

ReadRuleFile read_rule_file(const DataReader& reader, std::string_view text,
                            const NamedLists& known) {
  const Json root = reader.parse(text);
  return RuleFileReader(reader, known).read(root);
}

void add_lists(NamedLists& lists, const NamedLists& more) {
  for (const auto& [name, values] : more) {
    auto& list = lists[name];
    for (const auto& value : values) {
      if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
    }
  }
}

}  // namespace anjuan::rules
