// How long the case declares to be kept, against the floor and the longest line of the schedule.

#include "preservation/rules/operators.h"

namespace anjuan::rules::operators {

namespace {

/// Declared years; permanent by its code (DA/T 22), 0 where nothing is declared.
double declared_years(const CaseRetention& retention) {
  if (retention.code == "Y") return kPermanent;
  return retention.years ? static_cast<double>(*retention.years) : 0;
}

std::string years_text(const Scene& scene, double years) {
  if (years >= kPermanent) return scene.words.say("judge.permanent");
  return scene.words.say("judge.years", {{"n", fmt::format("{:.0f}", years)}});
}

Outcome not_declared(const Scene& scene) {
  return Outcome::failed(
      {scene.words.say("judge.no_retention"), scene.words.say("judge.next_retention")});
}

}  // namespace

Outcome retention_min(const Scene& scene, const Json& parameters) {
  const auto declared = declared_years(scene.facts.file().retention());
  const auto floor = static_cast<double>(whole_number(parameters, "years", 5));
  if (declared >= floor) return Outcome::passed();
  if (declared == 0) return not_declared(scene);
  return Outcome::failed(
      {scene.words.say("judge.retention_short", {{"declared", years_text(scene, declared)},
                                                 {"needed", years_text(scene, floor)}}),
       scene.words.say("judge.next_retention")});
}

Outcome retention_longest(const Scene& scene, const Json&) {
  const auto& schedule = scene.law.retention;
  const auto declared = declared_years(scene.facts.file().retention());
  const auto longest = schedule.longest(scene.facts.file());
  if (declared >= longest) return Outcome::passed();
  const auto lines = schedule.matching(scene.facts.file());
  const auto title = lines.empty() ? "" : lines.front()->title;
  const auto basis = lines.empty() ? "" : lines.front()->basis;
  const auto found = declared == 0 ? scene.words.say("judge.no_retention")
                                   : scene.words.say("judge.retention_declared",
                                                     {{"declared", years_text(scene, declared)}});
  return Outcome::failed(
      {scene.words.say("judge.retention_longest", {{"found", found},
                                                   {"needed", years_text(scene, longest)},
                                                   {"line", full_width(title)},
                                                   {"basis", full_width(basis)}}),
       scene.words.say("judge.next_retention")});
}

}  // namespace anjuan::rules::operators
