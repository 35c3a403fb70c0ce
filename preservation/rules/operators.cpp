#include "preservation/rules/operators.h"

#include <algorithm>
#include <array>

namespace anjuan::rules {

namespace {

constexpr std::array kOperators = {
    Operator{"doc", operators::doc},
    Operator{"doc_any", operators::doc_any},
    Operator{"case_doc", operators::case_doc, Reach::kCase},
    Operator{"doc_before_event", operators::doc_before_event},
    Operator{"doc_fields", operators::doc_fields},
    Operator{"doc_fields_each", operators::member_fields},
    Operator{"group_fields", operators::group_fields, Reach::kEvent},
    Operator{"event_fields", operators::member_fields},
    Operator{"case_fields", operators::case_fields, Reach::kCase},
    Operator{"av_fields", operators::member_fields},
    Operator{"event_any_field", operators::any_field},
    Operator{"av_any_field", operators::any_field},
    Operator{"event_enum", operators::one_of},
    Operator{"av_enum", operators::one_of},
    Operator{"officers", operators::officers},
    Operator{"case_officers", operators::case_officers, Reach::kCase},
    Operator{"host_not_investigator", operators::host_not_investigator},
    Operator{"participants_signed", operators::participants_signed},
    Operator{"signed", operators::signatures},
    Operator{"signed_event_doc", operators::signed_event_doc},
    Operator{"av", operators::av},
    Operator{"av_linked_event", operators::av_linked_event},
    Operator{"av_tags", operators::av_tags},
    Operator{"event_av_tags", operators::event_av_tags},
    Operator{"av_note", operators::av_note},
    Operator{"av_time_match", operators::av_time_match},
    Operator{"av_continuity", operators::av_continuity},
    Operator{"event_exists", operators::event_exists, Reach::kCase},
    Operator{"order", operators::order, Reach::kCase},
    Operator{"spot_limit", operators::spot_limit},
    Operator{"not_night_or_holiday", operators::not_night_or_holiday},
    Operator{"served", operators::served},
    Operator{"served_copy", operators::served_copy},
    Operator{"served_within", operators::served_within},
    Operator{"deadline", operators::deadline},
    Operator{"deadline_between_events", operators::deadline_between_events},
    Operator{"min_gap", operators::min_gap},
    Operator{"months", operators::months},
    Operator{"years", operators::years},
    Operator{"measure_period", operators::measure_period},
    Operator{"chronological", operators::chronological, Reach::kCase},
    Operator{"index_matches", operators::index_matches, Reach::kCase},
    Operator{"page_numbers", operators::page_numbers, Reach::kCase},
    Operator{"retention_min", operators::retention_min, Reach::kCase},
    Operator{"retention_longest", operators::retention_longest, Reach::kCase},
};

}  // namespace

const Operator* find_operator(std::string_view name) {
  const auto found = std::find_if(kOperators.begin(), kOperators.end(),
                                  [&](const Operator& known) { return known.name == name; });
  return found == kOperators.end() ? nullptr : &*found;
}

FactBasis joined(FactBasis left, FactBasis right) {
  if (left == FactBasis::kDeclared || right == FactBasis::kDeclared) return FactBasis::kDeclared;
  return left == FactBasis::kNone ? right : left;
}

FactBasis basis_of(const Scene& scene, const Item& recording) {
  const auto* media = scene.facts.media(recording);
  return media != nullptr && media->was_measured() ? FactBasis::kMeasured : FactBasis::kDeclared;
}

Outcome& Outcome::resting_on(FactBasis more) {
  basis = joined(basis, more);
  return *this;
}

const Item* Scene::event() const {
  if (object.subject == Subject::kEvent) return &object;
  return object.subject == Subject::kCase ? nullptr : facts.event(object.event);
}

Items Scene::documents(const std::vector<std::string>& kinds) const {
  Items found;
  if (object.subject == Subject::kCase) {
    for (const auto& kind : kinds) {
      for (const auto* item : facts.of_kind(kind)) {
        if (item->subject == Subject::kDocument) found.push_back(item);
      }
    }
    return found;
  }
  const auto* step = event();
  if (step == nullptr) return found;
  for (const auto* item : facts.documents_of(*step)) {
    if (std::find(kinds.begin(), kinds.end(), item->kind) != kinds.end()) found.push_back(item);
  }
  return found;
}

std::vector<std::string> texts(const Json& parameters, std::string_view key) {
  std::vector<std::string> found;
  const Json* value = parameters.find(key);
  if (value != nullptr && value->is_string()) found.push_back(value->as_string());
  for (const auto& item : items_of(value)) found.emplace_back(text_of(&item));
  return found;
}

std::int64_t whole_number(const Json& parameters, std::string_view key, std::int64_t fallback) {
  const Json* value = parameters.find(key);
  return value != nullptr && value->is(Json::Type::kInteger) ? value->as_integer() : fallback;
}

void Gaps::note(Truth truth, const std::string& label) {
  if (truth == Truth::kNo) empty.push_back(label);
  if (truth == Truth::kOpen) open.push_back(label);
}

Outcome unconfirmed(const Scene& scene, const std::vector<std::string>& labels) {
  const auto& words = scene.words;
  return Outcome::needs_person(
      {words.say("judge.not_confirmed", {{"elements", words.list(labels)}}),
       words.say("judge.next_confirm")});
}

Outcome outcome_of(const Scene& scene, const Gaps& gaps, std::string_view empty_message,
                   std::string_view subject) {
  const auto& words = scene.words;
  if (gaps.empty.empty()) {
    return gaps.open.empty() ? Outcome::passed() : unconfirmed(scene, gaps.open);
  }
  const auto names = words.list(gaps.empty);
  return Outcome::failed(
      {words.say(empty_message, {{"elements", names}, {"subject", std::string(subject)}}),
       words.say("judge.next_fill", {{"elements", names}})});
}

Fact unreadable(const Scene& scene, const std::string& label, const Moment& moment) {
  return {scene.words.say("judge.unreadable",
                          {{"element", label}, {"value", scene.words.quoted(moment.written)}}),
          scene.words.say("judge.next_date", {{"element", label}})};
}

Fact unknown_time(const Scene& scene, const Item& item, const std::string& label,
                  const Moment& moment) {
  auto fact = moment.reading == Reading::kUnreadable
                  ? unreadable(scene, label, moment)
                  : Fact{scene.words.say("judge.not_filled", {{"element", label}}),
                         scene.words.say("judge.next_fill", {{"elements", label}})};
  if (&item == &scene.object) return fact;
  fact.what = scene.words.say("judge.of_object",
                              {{"object", scene.words.object(item)}, {"fact", fact.what}});
  return fact;
}

}  // namespace anjuan::rules
