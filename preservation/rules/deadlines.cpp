#include "preservation/rules/deadlines.h"

namespace anjuan::rules {

namespace {

/// A period in hours ends at an instant of the day, one in days at its end.
bool is_to_the_minute(const DueDate& due) { return due.due != end_of(due.day()); }

std::string overrun(const Scene& scene, Instant done, const DueDate& due) {
  if (is_to_the_minute(due)) return scene.words.length(done - due.due);
  const auto days = (day_of(done) - due.day()).count();
  return scene.words.say("judge.days", {{"n", std::to_string(days)}});
}

}  // namespace

Period period_of(const Json& parameters, std::string_view key) {
  const auto unit = text_of(parameters, "unit");
  return {whole_number(parameters, key, 0), unit == "hour"      ? TimeUnit::kHour
                                            : unit == "workday" ? TimeUnit::kWorkday
                                                                : TimeUnit::kDay};
}

Outcome kept(const Scene& scene, Instant done, const DueDate& due, const std::string& what) {
  if (done <= due.due) return Outcome::passed();
  const auto actual = is_to_the_minute(due) ? scene.words.time(done) : scene.words.date(done);
  return Outcome::failed({scene.words.say("judge.late", {{"what", what},
                                                         {"due", scene.words.due(due)},
                                                         {"actual", actual},
                                                         {"over", overrun(scene, done, due)}}),
                          scene.words.say("judge.next_times")});
}

Deadline open_deadline(const Scene& scene, const std::string& what, Instant from,
                       const DueDate& due) {
  return {scene.rule.id,
          scene.rule.article,
          scene.object.name(),
          scene.words.object(scene.object),
          what,
          from,
          due,
          false};
}

Outcome still_open(const Scene& scene, const std::string& missing, const std::string& what,
                   Instant from, const DueDate& due) {
  auto outcome = Outcome::failed(
      {scene.words.say("judge.not_done",
                       {{"missing", missing}, {"what", what}, {"due", scene.words.due(due)}}),
       scene.words.say("judge.next_not_done")});
  outcome.open.push_back(open_deadline(scene, what, from, due));
  return outcome;
}

}  // namespace anjuan::rules
