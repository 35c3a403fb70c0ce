// Operators on who took part: officers, the chair of a hearing, those who discussed.

#include <unordered_set>

#include "preservation/rules/operators.h"

namespace anjuan::rules::operators {

namespace {

Outcome too_few_officers(const Scene& scene, std::size_t found, std::int64_t needed) {
  return Outcome::failed(
      {scene.words.say("judge.officers_few",
                       {{"found", std::to_string(found)}, {"needed", std::to_string(needed)}}),
       scene.words.say("judge.next_officers")});
}

std::string officer_name(const Scene& scene, const Json& officer, std::size_t number) {
  const auto name = text_of(officer, "name");
  if (!name.empty()) return short_text(name);
  return scene.words.say("judge.nth_officer", {{"n", std::to_string(number)}});
}

/// Each officer's missing fields as one text, or "".
std::string gaps_of_officers(const Scene& scene, const std::vector<Json>& officers,
                             const std::vector<std::string>& fields) {
  std::vector<std::string> gaps;
  std::size_t number = 0;
  for (const auto& officer : officers) {
    ++number;
    std::vector<std::string> missing;
    for (const auto& field : fields) {
      if (is_filled(officer.find(field))) continue;
      missing.push_back(scene.words.person(field));
    }
    if (missing.empty()) continue;
    gaps.push_back(
        scene.words.say("judge.officer_lacks", {{"officer", officer_name(scene, officer, number)},
                                                {"elements", scene.words.list(missing)}}));
  }
  return scene.words.short_list(gaps);
}

}  // namespace

Outcome officers(const Scene& scene, const Json& parameters) {
  const auto* event = scene.event();
  if (event == nullptr) return Outcome::passed();
  if (!scene.facts.is_settled(*event, "officers")) {
    return unconfirmed(scene, {scene.words.label(Subject::kEvent, "officers")});
  }
  const auto& present = items_of(event->find("officers"));
  const auto needed = whole_number(parameters, "min", 2);
  if (static_cast<std::int64_t>(present.size()) < needed) {
    return too_few_officers(scene, present.size(), needed);
  }
  const auto gaps = gaps_of_officers(scene, present, texts(parameters, "fields"));
  if (gaps.empty()) return Outcome::passed();
  return Outcome::failed({gaps, scene.words.say("judge.next_officers")});
}

Outcome case_officers(const Scene& scene, const Json& parameters) {
  const auto& known = items_of(scene.facts.whole().find("officers"));
  const auto needed = whole_number(parameters, "min", 2);
  if (static_cast<std::int64_t>(known.size()) >= needed) return Outcome::passed();
  return too_few_officers(scene, known.size(), needed);
}

Outcome host_not_investigator(const Scene& scene, const Json&) {
  const auto label = scene.words.label(Subject::kEvent, "host");
  const auto truth = scene.facts.filled(scene.object, "host");
  if (truth == Truth::kOpen) return unconfirmed(scene, {label});
  if (truth == Truth::kNo) {
    return Outcome::not_checked(unknown_time(scene, scene.object, label, {}));
  }
  const auto host = text_of(scene.object.find("host"));
  if (!scene.facts.is_case_officer(host)) return Outcome::passed();
  return Outcome::failed({scene.words.say("judge.host_is_officer", {{"host", short_text(host)}}),
                          scene.words.say("judge.next_host")});
}

Outcome participants_signed(const Scene& scene, const Json& parameters) {
  const auto kinds = texts(parameters, "doc");
  const auto documents = scene.documents(kinds);
  const auto* event = scene.event();
  if (event == nullptr || documents.empty()) {
    const auto names = scene.words.kinds(kinds);
    return Outcome::failed({scene.words.say("judge.document_missing", {{"kinds", names}}),
                            scene.words.say("judge.next_document", {{"kinds", names}})});
  }
  const auto& document = *documents.front();
  std::vector<std::string> open;
  if (!scene.facts.is_settled(*event, "participants")) {
    open.push_back(scene.words.label(Subject::kEvent, "participants"));
  }
  if (!scene.facts.is_settled(document, "signed", "participants")) {
    open.push_back(
        scene.words.say("judge.signature_of", {{"role", scene.words.role("participants")}}));
  }
  if (!open.empty()) return unconfirmed(scene, open);
  std::unordered_set<std::string_view> signers;
  const Json* all_signed = document.find("signed");
  if (all_signed != nullptr) {
    for (const auto& name : items_of(all_signed->find("participants")))
      signers.insert(text_of(&name));
  }
  std::vector<std::string> unsigned_names;
  for (const auto& person : items_of(event->find("participants"))) {
    if (signers.count(text_of(&person)) == 0) unsigned_names.push_back(shown(&person));
  }
  if (unsigned_names.empty()) return Outcome::passed();
  return Outcome::failed({scene.words.say("judge.participants_unsigned",
                                          {{"document", scene.words.object(document)},
                                           {"names", scene.words.short_list(unsigned_names)}}),
                          scene.words.say("judge.next_sign")});
}

}  // namespace anjuan::rules::operators
