// Operators on recordings: there, bound to a step, tagged, described, dated like their file.

#include <algorithm>
#include <cmath>

#include "preservation/rules/operators.h"

namespace anjuan::rules::operators {

namespace {

bool is_in(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::string_view continuity_message(Continuity continuity) {
  constexpr std::string_view kMessages[] = {"judge.recording_broken", "judge.recording_whole",
                                            "judge.recording_unclear"};
  return kMessages[static_cast<std::size_t>(continuity)];
}

/// "V02（照相）、V04（录像，有间断）".
std::string present(const Scene& scene, const Items& recordings) {
  std::vector<std::string> names;
  for (const auto* recording : recordings) {
    names.push_back(scene.words.say(continuity_message(scene.facts.continuity(*recording)),
                                    {{"id", short_text(recording->name())},
                                     {"method", scene.words.method(short_text(recording->kind))}}));
  }
  return scene.words.short_list(names);
}

Fact no_recording(const Scene& scene, const std::vector<std::string>& methods, bool continuous,
                  const Items& recordings) {
  const auto wanted = scene.words.say(continuous ? "judge.wanted_continuous" : "judge.wanted",
                                      {{"methods", scene.words.list(methods)}});
  const auto what =
      recordings.empty()
          ? scene.words.say("judge.no_recording", {{"wanted", wanted}})
          : scene.words.say("judge.no_such_recording",
                            {{"wanted", wanted}, {"present", present(scene, recordings)}});
  return {what, scene.words.say("judge.next_recording")};
}

/// Whether it is uninterrupted was measured, or only declared.
FactBasis basis_of_continuity(const Scene& scene, const Item& recording) {
  const auto* media = scene.facts.media(recording);
  return media != nullptr && media->continuity ? FactBasis::kMeasured : FactBasis::kDeclared;
}

std::vector<std::string_view> tags_of(const Item& recording) {
  std::vector<std::string_view> tags;
  for (const auto& tag : items_of(recording.find("tags"))) tags.push_back(text_of(&tag));
  return tags;
}

bool has_tag(const std::vector<std::string_view>& tags, std::string_view tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

}  // namespace

Outcome av(const Scene& scene, const Json& parameters) {
  const auto* event = scene.event();
  const auto methods = texts(parameters, "method_any");
  const bool continuous = is_true(parameters.find("continuous"));
  static const Items none;
  const auto& recordings = event == nullptr ? none : scene.facts.recordings_of(*event);
  std::int64_t good = 0;
  const Item* unclear = nullptr;
  FactBasis basis = recordings.empty() ? FactBasis::kDeclared : FactBasis::kNone;
  for (const auto* recording : recordings) {
    basis = joined(
        basis, continuous ? basis_of_continuity(scene, *recording) : basis_of(scene, *recording));
    if (!is_in(methods, recording->kind)) continue;
    const auto measured = scene.facts.continuity(*recording);
    if (!continuous || measured == Continuity::kUninterrupted)
      ++good;
    else if (measured == Continuity::kNeedsPerson)
      unclear = recording;
  }
  if (good >= whole_number(parameters, "min", 1)) return Outcome::passed().resting_on(basis);
  if (unclear != nullptr) return unclear_continuity(scene, *unclear).resting_on(basis);
  return Outcome::failed(no_recording(scene, methods, continuous, recordings)).resting_on(basis);
}

Outcome av_linked_event(const Scene& scene, const Json&) {
  const auto basis = basis_of(scene, scene.object);
  if (scene.facts.event(scene.object.event) != nullptr) return Outcome::passed().resting_on(basis);
  const auto what =
      scene.object.event.empty()
          ? scene.words.say("judge.no_event")
          : scene.words.say("judge.unknown_event", {{"event", short_text(scene.object.event)}});
  return Outcome::failed({what, scene.words.say("judge.next_event")}).resting_on(basis);
}

Outcome av_tags(const Scene& scene, const Json& parameters) {
  const auto basis = basis_of(scene, scene.object);
  const auto label = scene.words.label(Subject::kRecording, "tags");
  if (!scene.facts.is_settled(scene.object, "tags")) {
    return unconfirmed(scene, {label}).resting_on(basis);
  }
  const auto wanted = texts(parameters, "min_any");
  const auto tags = tags_of(scene.object);
  const bool any = std::any_of(wanted.begin(), wanted.end(),
                               [&](const std::string& tag) { return has_tag(tags, tag); });
  if (any) return Outcome::passed().resting_on(basis);
  return Outcome::failed({scene.words.say("judge.no_tag"),
                          scene.words.say("judge.next_tag", {{"tags", scene.words.list(wanted)}})})
      .resting_on(basis);
}

Outcome event_av_tags(const Scene& scene, const Json& parameters) {
  const auto* event = scene.event();
  if (event == nullptr) return Outcome::passed();
  const auto& recordings = scene.facts.recordings_of(*event);
  if (recordings.empty()) return Outcome::passed();
  FactBasis basis = FactBasis::kNone;
  bool is_open = false;
  auto missing = texts(parameters, "all");
  for (const auto* recording : recordings) {
    basis = joined(basis, basis_of(scene, *recording));
    if (!scene.facts.is_settled(*recording, "tags")) {
      is_open = true;
      continue;
    }
    const auto tags = tags_of(*recording);
    missing.erase(std::remove_if(missing.begin(), missing.end(),
                                 [&](const std::string& tag) { return has_tag(tags, tag); }),
                  missing.end());
  }
  if (missing.empty()) return Outcome::passed().resting_on(basis);
  if (is_open) {
    return unconfirmed(scene, {scene.words.label(Subject::kRecording, "tags")}).resting_on(basis);
  }
  const auto names = scene.words.list(missing);
  return Outcome::failed({scene.words.say("judge.tags_missing", {{"tags", names}}),
                          scene.words.say("judge.next_tag", {{"tags", names}})})
      .resting_on(basis);
}

Outcome av_note(const Scene& scene, const Json& parameters) {
  const auto basis = basis_of(scene, scene.object);
  auto fields = texts(parameters, "fields");
  if (scene.object.kind == "录音") {
    const auto extra = texts(parameters, "audio_extra");
    fields.insert(fields.end(), extra.begin(), extra.end());
  }
  Gaps gaps;
  for (const auto& field : fields) {
    gaps.note(scene.facts.filled(scene.object, field),
              scene.words.label(Subject::kRecording, field));
  }
  auto outcome = outcome_of(scene, gaps, "judge.note_lacks");
  if (!is_true(scene.object.find("note_in_file"))) {
    Fact fact{scene.words.say("judge.no_note"), scene.words.say("judge.next_note")};
    if (outcome.result != CheckResult::kFailed)
      outcome = Outcome::failed(std::move(fact));
    else
      outcome.facts.insert(outcome.facts.begin(), std::move(fact));
  }
  return outcome.resting_on(basis);
}

Outcome av_time_match(const Scene& scene, const Json& parameters) {
  const auto* media = scene.facts.media(scene.object);
  const bool is_measured = media != nullptr && media->file_time.has_value();
  const auto basis = is_measured ? FactBasis::kMeasured : FactBasis::kDeclared;
  const auto made = moment_of(scene.object.find("made_at"));
  const auto file = scene.facts.file_time(scene.object);
  const std::pair<std::string_view, const Moment*> times[] = {{"made_at", &made},
                                                              {"file_time", &file}};
  for (const auto& [key, moment] : times) {
    if (moment->is_read()) continue;
    const auto label = scene.words.label(Subject::kRecording, key);
    return Outcome::not_checked(unknown_time(scene, scene.object, label, *moment))
        .resting_on(basis);
  }
  const auto apart = made.at > file.at ? made.at - file.at : file.at - made.at;
  const std::chrono::seconds tolerance(whole_number(parameters, "tol_s", 300));
  if (apart <= tolerance) return Outcome::passed().resting_on(basis);
  return Outcome::failed(
             {scene.words.say("judge.times_apart", {{"made", scene.words.time(made.at)},
                                                    {"file", scene.words.time(file.at)},
                                                    {"apart", scene.words.length(apart)}}),
              scene.words.say("judge.next_clock")})
      .resting_on(basis);
}

}  // namespace anjuan::rules::operators
