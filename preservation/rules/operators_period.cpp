// Shortest and longest times between two facts: notice of a hearing, sealing and seizure, the time
// limits of courts and penalties.

#include "preservation/rules/deadlines.h"
#include "preservation/rules/operators.h"

namespace anjuan::rules::operators {

namespace {

struct Ends {
  Moment from;
  Moment to;
  std::string from_label;
  std::string to_label;
};

/// Both times of a rule's `frm` and `to`; what stands against reading them is in `outcome`.
Ends ends_of(const Scene& scene, const Json& parameters) {
  const auto subject = scene.object.subject;
  const auto frm = text_of(parameters, "frm");
  const auto to = text_of(parameters, "to");
  return {moment_of(scene.object.find(frm)), moment_of(scene.object.find(to)),
          scene.words.label(subject, frm), scene.words.label(subject, to)};
}

/// Labels of those of the keys that nobody confirmed.
std::vector<std::string> open_labels(const Scene& scene, std::initializer_list<std::string> keys) {
  std::vector<std::string> labels;
  for (const auto& key : keys) {
    if (!scene.facts.is_settled(scene.object, key)) {
      labels.push_back(scene.words.label(scene.object.subject, key));
    }
  }
  return labels;
}

std::vector<std::string> open_ends(const Scene& scene, const Json& parameters) {
  return open_labels(
      scene, {std::string(text_of(parameters, "frm")), std::string(text_of(parameters, "to"))});
}

Fact missing(const Scene& scene, const std::string& label) {
  return unknown_time(scene, scene.object, label, {});
}

/// The fact about the first end that cannot be read; nothing if both were read or are missing.
std::optional<Fact> unreadable_end(const Scene& scene, const Ends& ends) {
  if (ends.from.reading == Reading::kUnreadable) {
    return unreadable(scene, ends.from_label, ends.from);
  }
  if (ends.to.reading == Reading::kUnreadable) return unreadable(scene, ends.to_label, ends.to);
  return std::nullopt;
}

std::int64_t days_between(Instant from, Instant to) { return (day_of(to) - day_of(from)).count(); }

/// Working days in (from, to], counted only as far as `enough`.
std::int64_t workdays_up_to(Day from, Day to, std::int64_t enough, const WorkCalendar& calendar) {
  std::int64_t count = 0;
  for (Day day = from + std::chrono::days(1); day <= to && count < enough;
       day += std::chrono::days(1)) {
    count += calendar.is_working(day) ? 1 : 0;
  }
  return count;
}

/// Both given and at most `days` apart; a missing end is nothing to hold against the case.
Outcome within_days(const Scene& scene, const Ends& ends, std::int64_t days) {
  if (auto fact = unreadable_end(scene, ends)) return Outcome::not_checked(std::move(*fact));
  const auto between = days_between(ends.from.at, ends.to.at);
  if (between <= days) return Outcome::passed();
  return Outcome::failed(
      {scene.words.say("judge.too_long", {{"from_label", ends.from_label},
                                          {"from", scene.words.date(ends.from.at)},
                                          {"to_label", ends.to_label},
                                          {"to", scene.words.date(ends.to.at)},
                                          {"between", std::to_string(between)},
                                          {"days", std::to_string(days)}}),
       scene.words.say("judge.next_times")});
}

DueDate exactly(Instant from, std::int64_t days) {
  const auto start = day_of(from);
  const auto due = start + std::chrono::days(days);
  return {
      end_of(due),
      false,
      {{DueStep::Kind::kStart, start, start, 0, ""}, {DueStep::Kind::kDue, due, due, days, ""}}};
}

/// The deadline is then the first day on which it may happen.
void add_earliest(const Scene& scene, const Ends& ends, const Period& period,
                  const std::string& what, Outcome& outcome) {
  const bool is_open = ends.from.is_read() && ends.to.reading == Reading::kMissing;
  if (!is_open) return;
  const auto due = period.unit == TimeUnit::kWorkday
                       ? due_date(ends.from.at, period.count, period.unit, scene.law.calendar)
                       : exactly(ends.from.at, period.count);
  auto deadline = open_deadline(scene, what, ends.from.at, due);
  deadline.is_earliest = true;
  outcome.open.push_back(std::move(deadline));
}

}  // namespace

Outcome min_gap(const Scene& scene, const Json& parameters) {
  const auto open = open_ends(scene, parameters);
  if (!open.empty()) return unconfirmed(scene, open);
  const auto ends = ends_of(scene, parameters);
  const auto period = period_of(parameters, "min");
  if (auto fact = unreadable_end(scene, ends)) return Outcome::failed(std::move(*fact));
  if (!ends.from.is_read() || !ends.to.is_read()) {
    auto outcome =
        Outcome::failed(missing(scene, ends.from.is_read() ? ends.to_label : ends.from_label));
    const auto what = scene.words.act(text_of(parameters, "to"));
    add_earliest(scene, ends, period, what, outcome);
    return outcome;
  }
  const bool is_workdays = period.unit == TimeUnit::kWorkday;
  const auto between = is_workdays ? workdays_up_to(day_of(ends.from.at), day_of(ends.to.at),
                                                    period.count, scene.law.calendar)
                                   : days_between(ends.from.at, ends.to.at);
  if (between >= period.count) return Outcome::passed();
  return Outcome::failed(
      {scene.words.say(
           "judge.too_short",
           {{"from_label", ends.from_label},
            {"from", scene.words.date(ends.from.at)},
            {"to_label", ends.to_label},
            {"to", scene.words.date(ends.to.at)},
            {"between", scene.words.period(std::max<std::int64_t>(between, 0), period.unit)},
            {"needed", scene.words.period(period.count, period.unit)}}),
       scene.words.say("judge.next_times")});
}

Outcome months(const Scene& scene, const Json& parameters) {
  constexpr std::int64_t kDaysOfThreeMonths = 92;
  const auto open = open_ends(scene, parameters);
  if (!open.empty()) return unconfirmed(scene, open);
  const auto ends = ends_of(scene, parameters);
  if (ends.from.reading == Reading::kMissing) return Outcome::passed();
  if (ends.to.reading == Reading::kMissing) {
    return Outcome::not_checked(missing(scene, ends.to_label));
  }
  return within_days(scene, ends, kDaysOfThreeMonths * whole_number(parameters, "max", 3) / 3);
}

Outcome years(const Scene& scene, const Json& parameters) {
  constexpr std::int64_t kDaysOfYear = 366;
  const auto open = open_ends(scene, parameters);
  if (!open.empty()) return unconfirmed(scene, open);
  const auto ends = ends_of(scene, parameters);
  const bool is_either_missing =
      ends.from.reading == Reading::kMissing || ends.to.reading == Reading::kMissing;
  if (is_either_missing) return Outcome::passed();
  const auto flag = text_of(parameters, "alt_flag");
  const bool is_longer = !flag.empty() && is_true(scene.object.find(flag));
  const auto max = whole_number(parameters, "max", 2);
  return within_days(scene, ends,
                     kDaysOfYear * (is_longer ? whole_number(parameters, "alt_max", max) : max));
}

Outcome measure_period(const Scene& scene, const Json& parameters) {
  const auto open = open_labels(scene, {"lifted_at", "extended", "appraisal_days"});
  if (!open.empty()) return unconfirmed(scene, open);
  const auto start = moment_of(scene.object.find("start"));
  const auto lifted = moment_of(scene.object.find("lifted_at"));
  const auto start_label = scene.words.label(Subject::kEvent, "start");
  const auto lifted_label = scene.words.label(Subject::kEvent, "lifted_at");
  const bool is_extended = is_true(scene.object.find("extended"));
  const auto allowed =
      is_extended ? whole_number(parameters, "extended", 60) : whole_number(parameters, "base", 30);
  constexpr double kDaysMax = 100'000;
  const bool is_excluded = text_of(parameters, "exclude") == "appraisal";
  const auto appraisal =
      is_excluded ? number_of(scene.object.find("appraisal_days")).value_or(0) : 0;
  const auto excluded = static_cast<std::int64_t>(std::min(std::max(appraisal, 0.0), kDaysMax));
  if (lifted.reading == Reading::kUnreadable) {
    return Outcome::failed(unreadable(scene, lifted_label, lifted));
  }
  if (lifted.reading == Reading::kMissing) {
    if (!start.is_read()) return Outcome::failed(missing(scene, lifted_label));
    return still_open(scene, scene.words.say("judge.not_filled", {{"element", lifted_label}}),
                      scene.words.act("lifted_at"), start.at,
                      exactly(start.at, allowed + excluded));
  }
  if (!start.is_read()) {
    return Outcome::not_checked(unknown_time(scene, scene.object, start_label, start));
  }
  const auto days = days_between(start.at, lifted.at) - excluded;
  if (days <= allowed) return Outcome::passed();
  return Outcome::failed(
      {scene.words.say("judge.measure_long", {{"from", scene.words.date(start.at)},
                                              {"to", scene.words.date(lifted.at)},
                                              {"days", std::to_string(days)},
                                              {"excluded", std::to_string(excluded)},
                                              {"allowed", std::to_string(allowed)}}),
       scene.words.say("judge.next_times")});
}

}  // namespace anjuan::rules::operators
