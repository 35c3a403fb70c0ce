// Operators on steps: there, in order, within the limits of an on-the-spot penalty, by day.

#include <algorithm>

#include "preservation/rules/operators.h"

namespace anjuan::rules::operators {

namespace {

/// Where a step lies on the time line: its `key`, else its other end.
Moment edge_of(const Item& event, std::string_view key, std::string_view other) {
  const auto moment = moment_of(event.find(key));
  return moment.reading == Reading::kMissing ? moment_of(event.find(other)) : moment;
}

struct Edge {
  const Item* event = nullptr;
  Moment moment;
};

/// The latest end or the earliest start of the steps of a kind; false if one cannot be known.
bool outermost(const Items& events, bool is_latest, Edge& found) {
  bool all_known = true;
  for (const auto* event : events) {
    const auto moment =
        is_latest ? edge_of(*event, "end", "start") : edge_of(*event, "start", "end");
    all_known = all_known && moment.is_read();
    if (!moment.is_read()) {
      if (found.event == nullptr) found = {event, moment};
      continue;
    }
    const bool is_outer = is_latest ? moment.at > found.moment.at : moment.at < found.moment.at;
    if (!found.moment.is_read() || is_outer) found = {event, moment};
  }
  return all_known;
}

/// "22:00" as minutes of the day, or `fallback`.
int minutes_of(std::string_view text, int fallback) {
  const auto digit = [&](std::size_t at) { return text[at] - '0'; };
  if (text.size() != 5 || text[2] != ':') return fallback;
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (digit(at) < 0 || digit(at) > 9) return fallback;
  }
  return (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
}

Fact unknown_start(const Scene& scene, const Item& event, const Moment& start) {
  return unknown_time(scene, event, scene.words.label(Subject::kEvent, "start"), start);
}

}  // namespace

Outcome event_exists(const Scene& scene, const Json& parameters) {
  const auto kinds = texts(parameters, "any");
  for (const auto& kind : kinds) {
    if (!scene.facts.of_kind(kind).empty()) return Outcome::passed();
  }
  const bool may_lapse = parameters.find("alt_after") != nullptr;
  if (may_lapse && is_true(scene.facts.whole().find("no_plea_in_time"))) return Outcome::passed();
  const auto names = scene.words.kinds(kinds);
  return Outcome::failed({scene.words.say("judge.event_missing", {{"kinds", names}}),
                          scene.words.say("judge.next_event_missing", {{"kinds", names}})});
}

Outcome order(const Scene& scene, const Json& parameters) {
  const auto& before = scene.facts.of_kind(text_of(parameters, "before"));
  const auto& after = scene.facts.of_kind(text_of(parameters, "after"));
  if (before.empty() || after.empty()) return Outcome::passed();
  Edge last;
  Edge first;
  const bool known = static_cast<int>(outermost(before, true, last)) +
                         static_cast<int>(outermost(after, false, first)) ==
                     2;
  if (last.moment.is_read() && first.moment.is_read() && last.moment.at > first.moment.at) {
    return Outcome::failed(
        {scene.words.say("judge.out_of_order", {{"before", scene.words.object(*last.event)},
                                                {"ended", scene.words.time(last.moment.at)},
                                                {"after", scene.words.object(*first.event)},
                                                {"started", scene.words.time(first.moment.at)}}),
         scene.words.say("judge.next_times")});
  }
  if (known) return Outcome::passed();
  const auto& unknown = last.moment.is_read() ? first : last;
  // Where both outermost times were read, another step of the kind has none.
  return Outcome::not_checked(
      unknown.moment.is_read()
          ? Fact{scene.words.say("judge.times_missing"), scene.words.say("judge.next_times")}
          : unknown_start(scene, *unknown.event, unknown.moment));
}

Outcome spot_limit(const Scene& scene, const Json& parameters) {
  std::vector<std::string> open;
  for (const std::string key : {"fine", "party_kind"}) {
    const bool is_settled = scene.facts.is_settled(scene.object, key);
    if (!is_settled) open.push_back(scene.words.label(Subject::kEvent, key));
  }
  if (!open.empty()) return unconfirmed(scene, open);
  const auto kind = text_of(scene.object.find("party_kind"));
  const auto limit = whole_number(parameters, kind == "公民" ? "person" : "org", 0);
  const auto* fine = scene.object.find("fine");
  if (number_of(fine).value_or(0) <= static_cast<double>(limit)) return Outcome::passed();
  const auto party = kind.empty() ? scene.words.say("judge.party_unknown") : short_text(kind);
  return Outcome::failed(
      {scene.words.say("judge.over_limit",
                       {{"fine", shown(fine)}, {"party", party}, {"limit", std::to_string(limit)}}),
       scene.words.say("judge.next_over_limit")});
}

Outcome not_night_or_holiday(const Scene& scene, const Json& parameters) {
  const auto start = moment_of(scene.object.find("start"));
  if (!start.is_read()) return Outcome::not_checked(unknown_start(scene, scene.object, start));
  const auto day = day_of(start.at);
  if (scene.law.calendar.is_statutory_holiday(day)) {
    auto name = scene.law.calendar.name(day);
    if (name.empty()) name = scene.words.say("judge.holiday");
    return Outcome::failed(
        {scene.words.say("judge.on_holiday",
                         {{"start", scene.words.time(start.at)}, {"name", name}}),
         scene.words.say("judge.next_night")});
  }
  const auto& night = items_of(parameters.find("night"));
  const int from = minutes_of(night.size() == 2 ? text_of(&night[0]) : "", 22 * 60);
  const int until = minutes_of(night.size() == 2 ? text_of(&night[1]) : "", 6 * 60);
  const auto since_midnight = start.at - start_of(day);
  const bool is_night =
      since_midnight >= std::chrono::minutes(from) || since_midnight < std::chrono::minutes(until);
  if (is_night) {
    return Outcome::failed(
        {scene.words.say("judge.at_night", {{"start", scene.words.time(start.at)}}),
         scene.words.say("judge.next_night")});
  }
  // A year without a calendar: whether the day is a holiday is not known.
  if (scene.law.calendar.is_known(day)) return Outcome::passed();
  return Outcome::not_checked(
      {scene.words.say("judge.no_calendar", {{"date", scene.words.date(start.at)}}),
       scene.words.say("judge.next_calendar")});
}

}  // namespace anjuan::rules::operators
