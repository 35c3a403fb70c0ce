// Operators on whether elements of documents, steps, recordings and the case are filled.

#include <algorithm>

#include "preservation/rules/operators.h"

namespace anjuan::rules::operators {

namespace {

Gaps gaps_over(const Scene& scene, const Items& documents, const std::vector<std::string>& fields) {
  Gaps gaps;
  for (const auto& field : fields) {
    Truth truth = Truth::kNo;
    for (const auto* document : documents) {
      truth = either(truth, scene.facts.filled(*document, "fields", field));
    }
    gaps.note(truth, scene.words.field(field));
  }
  return gaps;
}

std::string names_of(const Scene& scene, const Items& documents) {
  std::vector<std::string> names;
  for (const auto* document : documents) names.push_back(scene.words.object(*document));
  return scene.words.short_list(names);
}

/// A document's own gaps need not repeat its name: the message begins with it.
Outcome over_documents(const Scene& scene, const Items& documents,
                       const std::vector<std::string>& fields) {
  if (documents.empty()) return Outcome::passed();
  const auto gaps = gaps_over(scene, documents, fields);
  if (!gaps.any()) return Outcome::passed();
  const bool is_own = documents.size() == 1 && documents.front() == &scene.object;
  if (is_own) return outcome_of(scene, gaps, "judge.lacks");
  return outcome_of(scene, gaps, "judge.document_lacks", names_of(scene, documents));
}

Outcome over_members(const Scene& scene, const Item& item, const Json& parameters) {
  Gaps gaps;
  for (const auto& key : texts(parameters, "fields")) {
    gaps.note(scene.facts.filled(item, key), scene.words.label(item.subject, key));
  }
  return outcome_of(scene, gaps, "judge.not_filled_list");
}

/// "true or filled": a flag counts when it is true.
Truth holds(const Scene& scene, const std::string& key) {
  const auto truth = scene.facts.filled(scene.object, key);
  const Json* value = scene.object.find(key);
  const bool is_flag = value != nullptr && value->is(Json::Type::kBoolean);
  return truth == Truth::kYes && is_flag && !is_true(value) ? Truth::kNo : truth;
}

FactBasis own_basis(const Scene& scene) {
  if (scene.object.subject != Subject::kRecording) return FactBasis::kNone;
  return basis_of(scene, scene.object);
}

std::vector<std::string> allowed_values(const Scene& scene, const Json& parameters) {
  auto allowed = texts(parameters, "values");
  const auto list = text_of(parameters, "values_from");
  if (!list.empty()) {
    const auto& named = scene.law.rules->values(list);
    allowed.insert(allowed.end(), named.begin(), named.end());
  }
  return allowed;
}

}  // namespace

Outcome doc_fields(const Scene& scene, const Json& parameters) {
  const auto fields = texts(parameters, "fields");
  if (scene.object.subject == Subject::kDocument) {
    return over_documents(scene, {&scene.object}, fields);
  }
  return over_documents(scene, scene.documents(texts(parameters, "doc")), fields);
}

Outcome group_fields(const Scene& scene, const Json& parameters) {
  auto documents = scene.documents(texts(parameters, "docs"));
  if (documents.empty() && scene.object.subject == Subject::kDocument) {
    documents.push_back(&scene.object);  // bound to no step: a group of its own
  }
  return over_documents(scene, documents, texts(parameters, "fields"));
}

Outcome member_fields(const Scene& scene, const Json& parameters) {
  auto outcome = over_members(scene, scene.object, parameters);
  return outcome.resting_on(own_basis(scene));
}

Outcome case_fields(const Scene& scene, const Json& parameters) {
  return over_members(scene, scene.facts.whole(), parameters);
}

Outcome any_field(const Scene& scene, const Json& parameters) {
  Truth truth = Truth::kNo;
  std::vector<std::string> labels;
  for (const auto& key : texts(parameters, "fields")) {
    truth = either(truth, holds(scene, key));
    labels.push_back(scene.words.label(scene.object.subject, key));
  }
  if (truth == Truth::kYes) return Outcome::passed().resting_on(own_basis(scene));
  if (truth == Truth::kOpen) return unconfirmed(scene, labels).resting_on(own_basis(scene));
  const auto names = scene.words.list(labels);
  return Outcome::failed({scene.words.say("judge.none_of", {{"elements", names}}),
                          scene.words.say("judge.next_fill_one", {{"elements", names}})})
      .resting_on(own_basis(scene));
}

Outcome one_of(const Scene& scene, const Json& parameters) {
  const std::string key(text_of(parameters, "field"));
  const auto label = scene.words.label(scene.object.subject, key);
  const auto truth = scene.facts.filled(scene.object, key);
  if (truth == Truth::kOpen) return unconfirmed(scene, {label}).resting_on(own_basis(scene));
  const auto allowed = allowed_values(scene, parameters);
  const auto value = text_of(scene.object.find(key));
  const bool is_allowed = std::find(allowed.begin(), allowed.end(), value) != allowed.end();
  if (is_allowed) return Outcome::passed().resting_on(own_basis(scene));
  const auto names = scene.words.list(allowed);
  const auto what =
      truth == Truth::kNo
          ? scene.words.say("judge.not_filled", {{"element", label}})
          : scene.words.say("judge.not_allowed",
                            {{"element", label},
                             {"value", scene.words.quoted(shown(scene.object.find(key)))},
                             {"allowed", names}});
  return Outcome::failed({what, scene.words.say("judge.next_allowed",
                                                {{"element", label}, {"allowed", names}})})
      .resting_on(own_basis(scene));
}

}  // namespace anjuan::rules::operators
