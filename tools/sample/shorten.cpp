#include "tools/sample/shorten.h"

#include <cmath>

#include "core/clock.h"
#include "tools/sample/chinese.h"
#include "tools/sample/facts.h"

namespace anjuan::sample {

namespace {

using std::chrono::seconds;

struct Clip {
  std::size_t index;  ///< in the list av
  std::string device;
  bool continuous;
  bool photograph;
  Instant made;
  seconds length;
};

struct Step {
  std::size_t index;  ///< in the list events
  std::string kind;
  Instant start, end;
};

std::optional<Instant> time_of(const Json& object, std::string_view key) {
  return time_in(object.text_or(key, ""));
}

seconds length_of(const Json& object) {
  const Json* value = object.find("duration_s");
  const bool number =
      value != nullptr && (value->is(Json::Type::kInteger) || value->is(Json::Type::kNumber));
  return seconds(number ? std::llround(value->as_double()) : 0);
}

bool flag_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value != nullptr && value->is(Json::Type::kBoolean) && value->as_boolean();
}

seconds whole(std::chrono::milliseconds span) { return std::chrono::duration_cast<seconds>(span); }

/// Rounded away from zero: what was a little early or late stays so.
seconds scaled(seconds span, double factor) {
  const double exact = static_cast<double>(span.count()) * factor;
  return seconds(static_cast<std::int64_t>(exact < 0 ? std::floor(exact) : std::ceil(exact)));
}

/// `instant` written as `original` was: without seconds if it had none and needs none.
std::string like(const std::string& original, Instant instant) {
  if (time_in(original) == instant) return original;
  std::string text = to_text(instant);
  const bool had_seconds = original.size() > 16 && original[16] == ':';
  if (!had_seconds && text.substr(16, 3) == ":00") text.erase(16, 3);
  return text;
}

void shift(Json& object, const char* key, seconds by) {
  const auto time = time_of(object, key);
  if (time) object.set(key, Json::string(like(object.text_or(key, ""), *time + by)));
}

/// The segments of a recording at `factor`, seams kept; how long they are together now and before.
struct Segments {
  std::vector<Json> items;
  seconds before{0};
  seconds after{0};
};

Segments scaled_segments(const Json& recording, Instant made, double factor) {
  Segments result;
  std::optional<Instant> old_end;
  Instant new_end = made;
  for (Json segment : list_of(recording, "segments")) {
    const seconds length = length_of(segment);
    const seconds shorter = std::max(seconds(1), scaled(length, factor));
    const auto start = time_of(segment, "made_at");
    if (start) {
      const seconds seam = old_end ? whole(*start - *old_end) : seconds(0);
      const Instant begin = new_end + seam;
      segment.set("made_at", Json::string(like(segment.text_or("made_at", ""), begin)));
      old_end = *start + length;
      new_end = begin + shorter;
    }
    segment.set("duration_s", Json::integer(shorter.count()));
    result.before += length;
    result.after += shorter;
    result.items.push_back(std::move(segment));
  }
  return result;
}

/// The clip's new length: that of its segments if it has any.
seconds shorter_length(const Json& recording, const Clip& clip, double factor) {
  if (clip.photograph) return clip.length;
  const Segments segments = scaled_segments(recording, clip.made, factor);
  if (!segments.items.empty()) return segments.after + (clip.length - segments.before);
  return std::max(seconds(1), scaled(clip.length, factor));
}

class Shortener {
 public:
  Shortener(const Json& the_case, seconds limit)
      : limit_(limit), events_(list_of(the_case, "events")), recordings_(list_of(the_case, "av")) {}

  void run() {
    for (std::size_t i = 0; i < events_.size(); ++i) shorten_step(i);
    for (Json& recording : recordings_) shorten_alone(recording);
  }

  const std::vector<Json>& events() const { return events_; }

  const std::vector<Json>& recordings() const { return recordings_; }

 private:
  using Session = std::vector<Clip>;

  std::vector<Session> sessions_of(const std::string& event_id) const;
  void shorten_step(std::size_t index);
  void shorten_alone(Json& recording) const;
  void place(const Step& step, Session& session, double factor) const;
  Instant new_end(const Step& step, const std::vector<Session>& before,
                  const std::vector<Session>& after, double factor) const;
  std::optional<Instant> first_decision() const;
  void write(const Clip& before, const Clip& after, double factor);

  seconds limit_;
  std::vector<Json> events_;
  std::vector<Json> recordings_;
};

/// The recordings of a step by device, each in order of time; photographs are sessions of one.
std::vector<Shortener::Session> Shortener::sessions_of(const std::string& event_id) const {
  std::vector<Session> sessions;
  for (std::size_t i = 0; i < recordings_.size(); ++i) {
    const Json& item = recordings_[i];
    const auto made = time_of(item, "made_at");
    if (item.text_or("event", "") != event_id || !made) continue;
    const bool photograph = item.text_or("method", "") == "照相" || length_of(item).count() <= 0;
    const Clip clip{i,
                    item.text_or("device_id", ""),
                    flag_of(item, "continuous"),
                    photograph,
                    *made,
                    length_of(item)};
    const auto same = std::find_if(sessions.begin(), sessions.end(), [&](const Session& session) {
      return !photograph && !session[0].photograph && session[0].device == clip.device &&
             session[0].continuous == clip.continuous;
    });
    if (same == sessions.end()) {
      sessions.push_back({clip});
    } else {
      same->push_back(clip);
    }
  }
  for (Session& session : sessions) {
    std::stable_sort(session.begin(), session.end(),
                     [](const Clip& a, const Clip& b) { return a.made < b.made; });
  }
  return sessions;
}

bool starts_in_time(const Step& step, const std::vector<Clip>& session) {
  return session.front().made <= step.start + seconds(kEdgeSeconds);
}

Instant end_of(const std::vector<Clip>& session) {
  return session.back().made + session.back().length;
}

/// Sets the new times of one session: the lead before the step shrinks, seams stay.
void Shortener::place(const Step& step, Session& session, double factor) const {
  Instant old_end{};
  Instant new_end{};
  const bool in_time = starts_in_time(step, session) || session.front().photograph;
  for (std::size_t i = 0; i < session.size(); ++i) {
    Clip& clip = session[i];
    const Instant old_made = clip.made;
    const seconds old_length = clip.length;
    const seconds lead = whole(old_made - step.start);
    clip.length = shorter_length(recordings_[clip.index], clip, factor);
    clip.made = i > 0 ? new_end + (old_made - old_end)
                      : step.start + (in_time ? scaled(lead, factor) : lead);
    old_end = old_made + old_length;
    new_end = clip.made + clip.length;
  }
}

std::optional<Instant> Shortener::first_decision() const {
  std::optional<Instant> first;
  for (const Json& event : events_) {
    if (event.text_or("kind", "") != "EV_DECISION") continue;
    const auto start = time_of(event, "start");
    if (start && (!first || *start < *first)) first = start;
  }
  return first;
}

/// The step's new end: uncovered ends stay uncovered, a step that ran into the decision still does.
Instant Shortener::new_end(const Step& step, const std::vector<Session>& before,
                           const std::vector<Session>& after, double factor) const {
  // Rules XCF-58-1, XCF-62-1 and XCF-65-1 compare the ends of these with the decision.
  constexpr std::string_view kBeforeDecision[] = {"EV_LEGAL", "EV_NOTICE", "EV_HEARING"};
  Instant end = step.start + std::max(seconds(1), scaled(whole(step.end - step.start), factor));
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool covered = end_of(before[i]) >= step.end - seconds(kEdgeSeconds);
    if (!before[i][0].continuous || covered) continue;
    end = std::max(end, end_of(after[i]) + seconds(kEdgeSeconds + 1));
  }
  const bool compared = std::find(std::begin(kBeforeDecision), std::end(kBeforeDecision),
                                  step.kind) != std::end(kBeforeDecision);
  const auto decision = first_decision();
  if (compared && decision && *decision < step.end) end = std::max(end, *decision + seconds(1));
  return std::min(end, step.end);
}

void Shortener::write(const Clip& before, const Clip& after, double factor) {
  Json& recording = recordings_[after.index];
  const seconds moved = whole(after.made - before.made);
  shift(recording, "made_at", moved);
  shift(recording, "file_time", moved);
  if (after.photograph) return;
  Segments segments = scaled_segments(recording, after.made, factor);
  if (!segments.items.empty()) {
    // A last segment made longer, to cover its step, takes what the sum of the others leaves.
    const seconds wanted = after.length - (before.length - segments.before);
    Json& last = segments.items.back();
    last.set("duration_s", Json::integer((length_of(last) + wanted - segments.after).count()));
    recording.set("segments", Json::array(std::move(segments.items)));
  }
  recording.set("duration_s", Json::integer(after.length.count()));
}

void Shortener::shorten_step(std::size_t index) {
  Json& event = events_[index];
  const auto start = time_of(event, "start");
  const auto end = time_of(event, "end");
  if (!start || !end || to_date_text(*start) != to_date_text(*end)) return;
  const Step step{index, event.text_or("kind", ""), *start, *end};
  const auto before = sessions_of(event.text_or("id", ""));
  seconds longest{0};
  for (const Session& session : before) {
    seconds sum{0};
    for (const Clip& clip : session) sum += clip.length;
    longest = std::max(longest, sum);
  }
  if (longest <= limit_) return;
  const double factor = static_cast<double>(limit_.count()) / static_cast<double>(longest.count());
  auto after = before;
  for (Session& session : after) place(step, session, factor);
  const Instant last = new_end(step, before, after, factor);
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool covered = end_of(before[i]) >= step.end - seconds(kEdgeSeconds);
    const Instant least = last - seconds(kEdgeSeconds);
    if (before[i][0].continuous && covered && end_of(after[i]) < least) {
      after[i].back().length += whole(least - end_of(after[i]));
    }
    for (std::size_t k = 0; k < before[i].size(); ++k) {
      if (to_date_text(after[i][k].made) != to_date_text(before[i][k].made)) return;
    }
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (std::size_t k = 0; k < before[i].size(); ++k) write(before[i][k], after[i][k], factor);
  }
  event.set("end", Json::string(like(event.text_or("end", ""), last)));
}

/// A recording whose step is unknown is cut to the limit; nothing measures it against a step.
void Shortener::shorten_alone(Json& recording) const {
  const std::string id = recording.text_or("event", "");
  const bool known = std::any_of(events_.begin(), events_.end(),
                                 [&](const Json& event) { return event.text_or("id", "") == id; });
  const seconds length = length_of(recording);
  const auto made = time_of(recording, "made_at");
  if (known || length <= limit_ || !made) return;
  const double factor = static_cast<double>(limit_.count()) / static_cast<double>(length.count());
  const Segments segments = scaled_segments(recording, *made, factor);
  const seconds shorter =
      segments.items.empty() ? limit_ : segments.after + (length - segments.before);
  if (!segments.items.empty()) recording.set("segments", Json::array(segments.items));
  recording.set("duration_s", Json::integer(shorter.count()));
}

}  // namespace

Json shorten(const Json& the_case, int limit_s) {
  Shortener shortener(the_case, seconds(std::max(1, limit_s)));
  shortener.run();
  Json result = the_case;
  if (result.find("events") != nullptr) result.set("events", Json::array(shortener.events()));
  if (result.find("av") != nullptr) result.set("av", Json::array(shortener.recordings()));
  return result;
}

}  // namespace anjuan::sample
