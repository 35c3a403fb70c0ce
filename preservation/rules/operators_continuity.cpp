// "不间断" as seams: one logical recording is all that one device recorded of one step, without a
// hole and from the step's start to its end (细则 Art. 15, 23, 28).

#include <cmath>

#include "preservation/rules/operators.h"

namespace anjuan::rules {

Outcome unclear_continuity(const Scene& scene, const Item& recording) {
  return Outcome::needs_person(
      {scene.words.say("judge.unclear_continuity",
                       {{"id", short_text(recording.name())},
                        {"method", scene.words.method(short_text(recording.kind))}}),
       scene.words.say("judge.next_look")});
}

}  // namespace anjuan::rules

namespace anjuan::rules::operators {

namespace {

struct Span {
  Instant from;
  Instant until;
};

/// Longer than any recording; keeps the arithmetic in range.
constexpr double kDurationMaxS = 1e9;

std::chrono::milliseconds milliseconds_of(double seconds) {
  const auto kept = std::min(std::max(seconds, 0.0), kDurationMaxS);
  return std::chrono::milliseconds(std::llround(kept * 1000));
}

struct Spans {
  std::vector<Span> list;
  std::vector<Fact> unknown;  ///< why a span could not be worked out
};

/// Made at, and for how long; false and a fact if one of both cannot be known.
bool add_span(const Scene& scene, const Item& recording, const Json& timed,
              std::optional<double> duration, Spans& spans) {
  const auto made = moment_of(timed.find("made_at"));
  if (made.is_read() && duration) {
    spans.list.push_back({made.at, made.at + milliseconds_of(*duration)});
    return true;
  }
  const auto label =
      scene.words.label(Subject::kRecording, made.is_read() ? "duration_s" : "made_at");
  spans.unknown.push_back(unknown_time(scene, recording, label, made));
  return false;
}

void add_recording(const Scene& scene, const Item& recording, Spans& spans) {
  const auto& segments = items_of(recording.find("segments"));
  const auto* media = scene.facts.media(recording);
  const bool is_measured = media != nullptr && media->duration_s.has_value();
  if (segments.empty() || is_measured) {
    add_span(scene, recording, *recording.json, scene.facts.duration_s(recording), spans);
    return;
  }
  for (const auto& segment : segments) {
    if (!segment.is_object()) continue;
    if (!add_span(scene, recording, segment, number_of(segment.find("duration_s")), spans)) return;
  }
}

class Coverage {
 public:
  Coverage(const Scene& scene, const Json& parameters)
      : scene_(scene),
        gap_(whole_number(parameters, "gap_s", kSeamDefaultS)),
        edge_(whole_number(parameters, "edge_s", 120)) {}

  void seams(const std::vector<Span>& spans) {
    auto reached = spans.front().until;
    for (const auto& span : spans) {
      if (span.from - reached > gap_) {
        fail("judge.seam", {{"from", time(reached)},
                            {"until", time(span.from)},
                            {"length", scene_.words.length(span.from - reached)}});
      }
      reached = std::max(reached, span.until);
    }
    reached_ = reached;
  }

  void edges(const Item& event, Instant first) {
    if (const auto start = edge(event, "start"); start && first > *start + edge_) {
      fail("judge.starts_late", {{"first", time(first)},
                                 {"start", time(*start)},
                                 {"length", scene_.words.length(first - *start)}});
    }
    if (const auto end = edge(event, "end"); end && reached_ < *end - edge_) {
      fail("judge.ends_early", {{"last", time(reached_)},
                                {"end", time(*end)},
                                {"length", scene_.words.length(*end - reached_)}});
    }
  }

  Outcome outcome() {
    if (!faults_.empty()) return {CheckResult::kFailed, faults_, FactBasis::kNone, {}};
    if (!unknown_.empty()) return {CheckResult::kNotChecked, unknown_, FactBasis::kNone, {}};
    return Outcome::passed();
  }

  void unknown(Fact fact) { unknown_.push_back(std::move(fact)); }

 private:
  std::optional<Instant> edge(const Item& event, std::string_view key) {
    const auto moment = moment_of(event.find(key));
    if (moment.is_read()) return moment.at;
    unknown(unknown_time(scene_, event, scene_.words.label(Subject::kEvent, key), moment));
    return std::nullopt;
  }

  std::string time(Instant instant) const { return scene_.words.time(instant); }

  void fail(std::string_view id, std::initializer_list<MessageArgument> arguments) {
    faults_.push_back({scene_.words.say(id, arguments), scene_.words.say("judge.next_continuity")});
  }

  const Scene& scene_;
  std::chrono::seconds gap_;
  std::chrono::seconds edge_;
  Instant reached_;
  std::vector<Fact> faults_;
  std::vector<Fact> unknown_;
};

/// The first sentence of the verdict, without its full stop: what was found, not what to do.
std::string note_of(const Scene& scene, const MediaFacts& media) {
  const bool is_chinese = scene.words.language() == Language::kChinese;
  const std::string& note =
      is_chinese ? media.continuity_note.chinese : media.continuity_note.english;
  return note.substr(0, note.find(is_chinese ? "。" : ". "));
}

/// Uninterrupted inside by measurement, or only by declaration.
FactBasis basis_of_group(const Scene& scene, const Items& group) {
  FactBasis basis = FactBasis::kNone;
  for (const auto* recording : group) {
    const auto* media = scene.facts.media(*recording);
    const bool is_measured = media != nullptr && media->duration_s && media->continuity;
    basis = joined(basis, is_measured ? FactBasis::kMeasured : FactBasis::kDeclared);
  }
  return basis;
}

/// What the file itself says, before its edges are looked at; nothing where it was not measured or
/// is uninterrupted.
std::optional<Outcome> measured_break(const Scene& scene) {
  const auto* media = scene.facts.media(scene.object);
  if (media == nullptr || !media->continuity) return std::nullopt;
  if (*media->continuity == Continuity::kNeedsPerson) {
    return unclear_continuity(scene, scene.object);
  }
  if (*media->continuity == Continuity::kUninterrupted) return std::nullopt;
  return Outcome::failed(
      {scene.words.say("judge.measured_break", {{"what", note_of(scene, *media)}}),
       scene.words.say("judge.next_continuity")});
}

}  // namespace

Outcome av_continuity(const Scene& scene, const Json& parameters) {
  if (auto broken = measured_break(scene)) return broken->resting_on(FactBasis::kMeasured);
  const auto& group = scene.facts.continuous_with(scene.object);
  if (!group.empty() && group.front() != &scene.object) return Outcome::not_applicable();
  const auto basis = basis_of_group(scene, group);
  Spans spans;
  for (const auto* recording : group) add_recording(scene, *recording, spans);
  Coverage coverage(scene, parameters);
  for (auto& fact : spans.unknown) coverage.unknown(std::move(fact));
  if (spans.list.empty()) return coverage.outcome().resting_on(basis);
  std::stable_sort(spans.list.begin(), spans.list.end(),
                   [](const Span& a, const Span& b) { return a.from < b.from; });
  coverage.seams(spans.list);
  const auto* event = scene.facts.event(scene.object.event);
  if (event == nullptr) {
    coverage.unknown({scene.words.say("judge.no_event"), scene.words.say("judge.next_event")});
  } else if (spans.unknown.empty()) {
    coverage.edges(*event, spans.list.front().from);
  }
  return coverage.outcome().resting_on(basis);
}

}  // namespace anjuan::rules::operators
