// Operators on whether documents are there.

#include <algorithm>

#include "preservation/rules/operators.h"

namespace anjuan::rules::operators {

namespace {

Fact too_few(const Scene& scene, const std::vector<std::string>& kinds, std::size_t found,
             std::int64_t needed) {
  const auto& words = scene.words;
  const auto names = words.kinds(kinds);
  if (found == 0) {
    return {words.say("judge.document_missing", {{"kinds", names}}),
            words.say("judge.next_document", {{"kinds", names}})};
  }
  return {words.say("judge.documents_few", {{"kinds", names},
                                            {"found", std::to_string(found)},
                                            {"needed", std::to_string(needed)}}),
          words.say("judge.next_document", {{"kinds", names}})};
}

Outcome enough(const Scene& scene, const std::vector<std::string>& kinds, std::size_t found,
               std::int64_t needed) {
  if (static_cast<std::int64_t>(found) >= needed) return Outcome::passed();
  return Outcome::failed(too_few(scene, kinds, found, needed));
}

Truth all_filled(const Scene& scene, const Item& document, const std::vector<std::string>& fields) {
  Truth truth = Truth::kYes;
  for (const auto& field : fields) {
    truth = both(truth, scene.facts.filled(document, "fields", field));
  }
  return truth;
}

}  // namespace

Outcome doc(const Scene& scene, const Json& parameters) {
  const auto kinds = texts(parameters, "any");
  return enough(scene, kinds, scene.documents(kinds).size(), whole_number(parameters, "min", 1));
}

Outcome doc_any(const Scene& scene, const Json& parameters) {
  const auto* event = scene.event();
  if (event == nullptr || event->kind == "EV_CLOSE") return Outcome::passed();
  const auto found = scene.facts.documents_of(*event).size();
  if (static_cast<std::int64_t>(found) >= whole_number(parameters, "min", 1)) {
    return Outcome::passed();
  }
  return Outcome::failed(
      {scene.words.say("judge.no_document"), scene.words.say("judge.next_any_document")});
}

Outcome case_doc(const Scene& scene, const Json& parameters) {
  const auto kinds = texts(parameters, "any");
  const auto fields = texts(parameters, "fields");
  const auto needed = whole_number(parameters, "min", 1);
  std::size_t held = 0;
  std::size_t good = 0;
  std::size_t open = 0;
  for (const auto& kind : kinds) {
    if (kind == "D_INDEX" && is_filled(scene.facts.whole().find("index"))) {
      ++held;
      ++good;
    }
    for (const auto* item : scene.facts.of_kind(kind)) {
      if (item->subject != Subject::kDocument) continue;
      const auto truth = all_filled(scene, *item, fields);
      ++held;
      good += truth == Truth::kYes ? 1 : 0;
      open += truth == Truth::kOpen ? 1 : 0;
    }
  }
  if (static_cast<std::int64_t>(good) >= needed) return Outcome::passed();
  if (static_cast<std::int64_t>(held) < needed) {
    return Outcome::failed(too_few(scene, kinds, held, needed));
  }
  std::vector<std::string> labels;
  for (const auto& field : fields) labels.push_back(scene.words.field(field));
  if (static_cast<std::int64_t>(good + open) >= needed) return unconfirmed(scene, labels);
  return outcome_of(scene, {labels, {}}, "judge.document_lacks", scene.words.kinds(kinds));
}

Outcome doc_before_event(const Scene& scene, const Json& parameters) {
  const auto kinds = texts(parameters, "doc");
  const auto* event = scene.event();
  const auto documents = scene.documents(kinds);
  if (event == nullptr || documents.empty()) {
    return Outcome::failed(too_few(scene, kinds, 0, 1));
  }
  const auto start_label = scene.words.label(Subject::kEvent, "start");
  const auto start = moment_of(event->find("start"));
  if (!start.is_read()) {
    return Outcome::not_checked(unknown_time(scene, *event, start_label, start));
  }
  std::vector<Outcome> others;
  for (const auto* document : documents) {
    const auto label = scene.words.field("approved_at");
    if (!scene.facts.is_settled(*document, "fields", "approved_at")) {
      others.push_back(unconfirmed(scene, {label}));
      continue;
    }
    const Json* fields = document->find("fields");
    auto moment = moment_of(fields == nullptr ? nullptr : fields->find("approved_at"));
    if (moment.reading == Reading::kMissing) moment = moment_of(document->find("date"));
    if (moment.is_read() && moment.at <= start.at) return Outcome::passed();
    if (moment.reading == Reading::kUnreadable) {
      others.push_back(Outcome::not_checked(unreadable(scene, label, moment)));
    } else {
      const auto when = moment.is_read() ? scene.words.time(moment.at) : "";
      others.push_back(Outcome::failed(
          {scene.words.say("judge.approved_after", {{"document", scene.words.object(*document)},
                                                    {"approved", when},
                                                    {"start", scene.words.time(start.at)}}),
           scene.words.say("judge.next_times")}));
    }
  }
  // What is open may still turn out right; only if all are wrong is the requirement failed.
  for (const auto& outcome : others) {
    if (outcome.result != CheckResult::kFailed) return outcome;
  }
  return others.front();
}

}  // namespace anjuan::rules::operators
