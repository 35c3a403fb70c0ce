// Operators on the service of documents (送达).

#include <algorithm>

#include "preservation/rules/deadlines.h"
#include "preservation/rules/operators.h"

namespace anjuan::rules::operators {

namespace {

Truth was_served(const Scene& scene, const Item& document) {
  const auto& services = scene.facts.services_of(document.id);
  const bool is_settled = std::any_of(services.begin(), services.end(), [&](const Item* service) {
    return scene.facts.is_settled(*service, "served_doc");
  });
  if (is_settled) return Truth::kYes;
  return scene.facts.is_a_service_open() ? Truth::kOpen : Truth::kNo;
}

Items documents_asked(const Scene& scene, const std::vector<std::string>& kinds, bool in_case) {
  if (!in_case) return scene.documents(kinds);
  const Scene whole{scene.facts, scene.law, scene.words, scene.rule, scene.facts.whole()};
  return whole.documents(kinds);
}

}  // namespace

Outcome served(const Scene& scene, const Json& parameters) {
  const auto kinds = texts(parameters, "docs");
  const auto documents = documents_asked(scene, kinds, text_of(parameters, "scope") == "case");
  if (documents.empty()) {
    const auto names = scene.words.kinds(kinds);
    return Outcome::failed({scene.words.say("judge.document_missing", {{"kinds", names}}),
                            scene.words.say("judge.next_document", {{"kinds", names}})});
  }
  std::vector<std::string> unserved;
  Truth truth = Truth::kYes;
  for (const auto* document : documents) {
    const auto served = was_served(scene, *document);
    truth = both(truth, served);
    if (served == Truth::kNo) unserved.push_back(scene.words.object(*document));
  }
  if (truth == Truth::kYes) return Outcome::passed();
  if (truth == Truth::kOpen) {
    return unconfirmed(scene, {scene.words.label(Subject::kEvent, "served_doc")});
  }
  const auto names = scene.words.short_list(unserved);
  return Outcome::failed({scene.words.say("judge.not_served", {{"documents", names}}),
                          scene.words.say("judge.next_service")});
}

Outcome served_copy(const Scene& scene, const Json&) {
  const auto label = scene.words.label(Subject::kEvent, "served_doc");
  if (!scene.facts.is_settled(scene.object, "served_doc")) return unconfirmed(scene, {label});
  const auto served = text_of(scene.object.find("served_doc"));
  if (scene.facts.document(served) != nullptr) return Outcome::passed();
  const auto what = served.empty()
                        ? scene.words.say("judge.not_filled", {{"element", label}})
                        : scene.words.say("judge.no_copy", {{"document", short_text(served)}});
  return Outcome::failed({what, scene.words.say("judge.next_copy")});
}

Outcome served_within(const Scene& scene, const Json& parameters) {
  const auto period = period_of(parameters);
  const auto start = moment_of(scene.object.find("start"));
  const auto label = scene.words.label(Subject::kEvent, "start");
  if (!start.is_read()) {
    return Outcome::not_checked(unknown_time(scene, scene.object, label, start));
  }
  const auto kinds = texts(parameters, "docs");
  const auto due = due_date(start.at, period.count, period.unit, scene.law.calendar);
  const auto what = scene.words.say("judge.serve", {{"kinds", scene.words.kinds(kinds)}});
  std::optional<Instant> first;
  Moment bad;
  for (const auto* document : scene.documents(kinds)) {
    for (const auto* service : scene.facts.services_of(document->id)) {
      if (!scene.facts.is_settled(*service, "served_doc")) continue;
      auto moment = moment_of(service->find("end"));
      if (moment.reading == Reading::kMissing) moment = moment_of(service->find("start"));
      if (moment.is_read()) first = first ? std::min(*first, moment.at) : moment.at;
      if (moment.reading == Reading::kUnreadable) bad = moment;
    }
  }
  if (first) return kept(scene, *first, due, what);
  if (bad.reading == Reading::kUnreadable) {
    return Outcome::failed(unreadable(scene, scene.words.label(Subject::kEvent, "end"), bad));
  }
  if (scene.facts.is_a_service_open()) {
    auto outcome = unconfirmed(scene, {scene.words.label(Subject::kEvent, "served_doc")});
    outcome.open.push_back(open_deadline(scene, what, start.at, due));
    return outcome;
  }
  return still_open(scene, scene.words.say("judge.no_service"), what, start.at, due);
}

}  // namespace anjuan::rules::operators
