// Statutory periods that end by a time that the case declares.

#include "preservation/rules/deadlines.h"
#include "preservation/rules/operators.h"

namespace anjuan::rules::operators {

namespace {

/// A time of an object, by "a|b"; what it is called, and whether somebody confirmed it.
struct NamedMoment {
  const Item* item = nullptr;
  std::string key;
  std::string label;
  Moment moment;
  bool is_settled = true;
};

NamedMoment named(const Scene& scene, const Item& item, std::string_view alternatives) {
  const auto key = scene.facts.taken_key(item, alternatives);
  return {&item, std::string(key), scene.words.label(item.subject, key), moment_of(item.find(key)),
          scene.facts.is_settled(item, key)};
}

FactBasis own_basis(const Scene& scene) {
  if (scene.object.subject != Subject::kRecording) return FactBasis::kNone;
  return basis_of(scene, scene.object);
}

/// The day to which a period was extended, where a document of that kind says so.
Moment extended_until(const Scene& scene, const Json& parameters) {
  const auto key = text_of(parameters, "extended_until");
  const auto document = text_of(parameters, "extension_doc");
  if (key.empty() || scene.facts.of_kind(document).empty()) return {};
  return moment_of(scene.object.find(key));
}

DueDate extended(const DueDate& due, Instant until) {
  DueDate longer = due;
  longer.due = end_of(day_of(until));
  longer.is_provisional = false;
  longer.steps = {{DueStep::Kind::kDue, longer.day(), longer.day(), 0, ""}};
  return longer;
}

Outcome against(const Scene& scene, const NamedMoment& to, Instant from, const DueDate& due) {
  const auto what = scene.words.act(to.key);
  if (!to.is_settled) {
    auto outcome = unconfirmed(scene, {to.label});
    if (to.moment.reading == Reading::kMissing) {
      outcome.open.push_back(open_deadline(scene, what, from, due));
    }
    return outcome;
  }
  if (to.moment.reading == Reading::kUnreadable) {
    return Outcome::failed(unreadable(scene, to.label, to.moment));
  }
  if (to.moment.is_read()) return kept(scene, to.moment.at, due, what);
  const auto missing = scene.words.say("judge.not_filled", {{"element", to.label}});
  return still_open(scene, missing, what, from, due);
}

Outcome not_known(const Scene& scene, const NamedMoment& time) {
  return Outcome::not_checked(unknown_time(scene, *time.item, time.label, time.moment));
}

Outcome at_least(const Scene& scene, Instant from, Instant to, std::int64_t days) {
  const auto between = (day_of(to) - day_of(from)).count();
  if (between > days) return Outcome::passed();
  return Outcome::failed({scene.words.say("judge.too_early", {{"from", scene.words.date(from)},
                                                              {"to", scene.words.date(to)},
                                                              {"between", std::to_string(between)},
                                                              {"days", std::to_string(days)}}),
                          scene.words.say("judge.next_times")});
}

}  // namespace

Outcome deadline(const Scene& scene, const Json& parameters) {
  const auto from = named(scene, scene.object, text_of(parameters, "frm"));
  const auto basis = own_basis(scene);
  if (!from.is_settled) return unconfirmed(scene, {from.label}).resting_on(basis);
  if (from.moment.reading == Reading::kMissing) return Outcome::passed().resting_on(basis);
  if (!from.moment.is_read()) return not_known(scene, from).resting_on(basis);
  const auto period = period_of(parameters);
  auto due = due_date(from.moment.at, period.count, period.unit, scene.law.calendar);
  const auto to = named(scene, scene.object, text_of(parameters, "to"));
  const auto longer = extended_until(scene, parameters);
  if (longer.is_read()) due = extended(due, longer.at);
  auto outcome = against(scene, to, from.moment.at, due);
  if (outcome.result == CheckResult::kFailed && longer.reading == Reading::kUnreadable) {
    const auto label =
        scene.words.label(scene.object.subject, text_of(parameters, "extended_until"));
    return Outcome::not_checked(unreadable(scene, label, longer)).resting_on(basis);
  }
  return outcome.resting_on(basis);
}

Outcome deadline_between_events(const Scene& scene, const Json& parameters) {
  const auto keys = text_of(parameters, "frm");
  const auto* event = scene.facts.earliest(text_of(parameters, "frm_event"), keys);
  if (event == nullptr) return Outcome::passed();
  const auto from = named(scene, *event, keys);
  const auto to = named(scene, scene.object, text_of(parameters, "to"));
  for (const auto* time : {&from, &to}) {
    if (!time->is_settled) return unconfirmed(scene, {time->label});
    if (!time->moment.is_read()) return not_known(scene, *time);
  }
  if (parameters.find("min") != nullptr) {
    return at_least(scene, from.moment.at, to.moment.at, whole_number(parameters, "min", 0));
  }
  const auto period = period_of(parameters);
  const auto due = due_date(from.moment.at, period.count, period.unit, scene.law.calendar);
  return kept(scene, to.moment.at, due, scene.words.act(to.key));
}

}  // namespace anjuan::rules::operators
