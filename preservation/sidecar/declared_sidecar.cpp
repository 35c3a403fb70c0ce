#include <cmath>
#include <set>

#include "core/case/kinds.h"
#include "core/clock.h"
#include "core/error.h"
#include "preservation/sidecar/sidecar.h"

namespace anjuan::preservation {

namespace {

/// Longer than any recording; keeps the arithmetic in range.
constexpr double kSecondsMax = 1e9;
/// "2025-06-17T09:05:00+08:00": longer is a year that no case of ours is in.
constexpr std::size_t kTimeLength = 25;

const Json kNothing;

const Json& member(const Json& object, std::string_view key) {
  const Json* found = object.is_object() ? object.find(key) : nullptr;
  return found == nullptr ? kNothing : *found;
}

std::string text_of(const Json& object, std::string_view key) {
  const Json& value = member(object, key);
  return value.is_string() ? value.as_string() : std::string();
}

bool is_true(const Json& object, std::string_view key) {
  const Json& value = member(object, key);
  return value.is(Json::Type::kBoolean) && value.as_boolean();
}

const std::vector<Json>& list_of(const Json& object, std::string_view key) {
  static const std::vector<Json> kEmpty;
  const Json& value = member(object, key);
  return value.is_array() ? value.items() : kEmpty;
}

std::optional<std::int64_t> milliseconds_of(std::optional<double> seconds) {
  if (!seconds || !(*seconds >= 0)) return std::nullopt;
  return std::llround(std::min(*seconds, kSecondsMax) * 1000);
}

std::optional<double> number_of(const Json& object, std::string_view key) {
  const Json& value = member(object, key);
  const bool is_number = value.is(Json::Type::kInteger) || value.is(Json::Type::kNumber);
  return is_number ? std::optional(value.as_double()) : std::nullopt;
}

std::string written_time(Instant instant) {
  std::string text = to_text(instant);
  return text.size() == kTimeLength && text.front() >= '0' ? text : std::string();
}

/// The certificate numbers by which one list names a person.
void collect(const std::vector<Json>& people, const std::string& name,
             std::set<std::string>& numbers, bool& is_listed) {
  for (const Json& person : people) {
    const std::string listed = person.is_string() ? person.as_string() : text_of(person, "name");
    if (listed != name) continue;
    is_listed = true;
    if (auto number = text_of(person, "cert_no"); !number.empty()) numbers.insert(number);
  }
}

/// Who made the recording, by the officers of its step, then of the case, then the witnesses. Two
/// people of one name and two numbers: no number is guessed.
RecordingMaker maker_of(const CaseFile& file, const Json& event, const std::string& name) {
  RecordingMaker maker{name, "", PersonRole::kNotListed};
  if (name.empty()) return maker;
  const auto look = [&](const std::vector<Json>& people, PersonRole role) {
    std::set<std::string> numbers;
    bool is_listed = false;
    collect(people, name, numbers, is_listed);
    if (!is_listed) return;
    if (maker.role == PersonRole::kNotListed) maker.role = role;
    if (maker.cert_no.empty() && numbers.size() == 1) maker.cert_no = *numbers.begin();
  };
  look(list_of(event, "officers"), PersonRole::kOfficer);
  look(list_of(event, "servers"), PersonRole::kOfficer);
  look(list_of(file.declared(), "officers"), PersonRole::kOfficer);
  if (maker.role == PersonRole::kNotListed) {
    look(list_of(event, "witnesses"), PersonRole::kWitness);
  }
  return maker;
}

const Json& event_of(const CaseFile& file, const std::string& id) {
  if (id.empty()) return kNothing;
  for (const Json& event : list_of(file.declared(), "events")) {
    if (text_of(event, "id") == id) return event;
  }
  return kNothing;
}

RecordedStep step_of(const std::string& id, const Json& event, const RecordingLaw& law) {
  RecordedStep step;
  step.event = id;
  step.kind = text_of(event, "kind");
  step.name = step.kind.empty() ? "" : kind_name(step.kind);
  step.started = sidecar_time(text_of(event, "start"));
  step.ended = sidecar_time(text_of(event, "end"));
  step.place = text_of(event, "place");
  for (const Json& witness : list_of(event, "witnesses")) {
    auto name = witness.is_string() ? witness.as_string() : text_of(witness, "name");
    if (!name.empty()) step.witnesses.push_back(std::move(name));
  }
  step.uninterrupted = law.uninterrupted;
  step.rule = law.rule;
  step.article = law.article;
  return step;
}

RecordingStorage storage_of(const Json& recording, const RecordingLaw& law) {
  RecordingStorage storage;
  storage.system = text_of(recording, "store");
  storage.place = text_of(recording, "location");
  storage.carrier_no = text_of(recording, "carrier_no");
  storage.in_package = is_true(recording, "in_package");
  storage.stored = sidecar_time(text_of(recording, "stored_at"));
  storage.returned = sidecar_time(text_of(recording, "returned_at"));
  storage.remote = is_true(recording, "remote");
  storage.remote_reason = text_of(recording, "remote_reason");
  storage.deadline = law.deadline;
  return storage;
}

std::vector<RecordedSegment> segments_of(const CaseRecording& recording) {
  std::vector<RecordedSegment> segments;
  const auto add = [&](const std::string& name, const std::string& made_at,
                       std::optional<double> duration_s) {
    RecordedSegment segment;
    segment.name = name;
    segment.started = sidecar_time(made_at);
    segment.duration_ms = milliseconds_of(duration_s);
    segments.push_back(std::move(segment));
  };
  for (const CaseSegment& one : recording.segments) add(one.file, one.made_at, one.duration_s);
  if (segments.empty() && !recording.file.empty()) {
    add(recording.file, recording.made_at, recording.duration_s);
  }
  return segments;
}

/// No case declares an end: it is the start and the length.
SidecarTime end_of(const SidecarTime& started, std::optional<std::int64_t> duration_ms) {
  if (started.at.empty() || !duration_ms) return {};
  const Instant end = parse_instant(started.at) + std::chrono::milliseconds(*duration_ms);
  return {"", written_time(end)};
}

std::vector<RecordingMark> marks_of(const Json& recording) {
  std::vector<RecordingMark> marks;
  for (const Json& mark : list_of(recording, "marks")) {
    const auto at_ms = milliseconds_of(number_of(mark, "at_s"));
    if (at_ms) marks.push_back({*at_ms, text_of(mark, "label")});
  }
  std::stable_sort(marks.begin(), marks.end(),
                   [](const auto& one, const auto& other) { return one.at_ms < other.at_ms; });
  return marks;
}

}  // namespace

RecordingMethod method_of(std::string_view declared) {
  if (declared == "照相") return RecordingMethod::kPhotograph;
  if (declared == "录音") return RecordingMethod::kSound;
  if (declared == "录像") return RecordingMethod::kVideo;
  if (declared == "视频监控") return RecordingMethod::kSurveillance;
  return RecordingMethod::kOther;
}

SidecarTime sidecar_time(std::string declared) {
  SidecarTime time{std::move(declared), ""};
  if (time.declared.empty()) return time;
  try {
    time.at = written_time(parse_instant(time.declared));
  } catch (const Error&) {
    // A text that is no time stays as it was declared; the rules say so.
    time.at.clear();
  }
  return time;
}

RecordingSidecar declared_sidecar(const CaseFile& file, std::size_t index,
                                  const RecordingLaw& law) {
  const CaseRecording& recording = file.recordings().at(index);
  const Json& declared = list_of(file.declared(), "av").at(index);
  const Json& event = event_of(file, recording.event);
  RecordingSidecar sidecar;
  sidecar.id = recording.id;
  sidecar.case_no = file.case_no();
  sidecar.method = recording.method;
  sidecar.method_kind = method_of(recording.method);
  sidecar.started = sidecar_time(recording.made_at);
  sidecar.duration_ms = milliseconds_of(recording.duration_s);
  sidecar.ended = end_of(sidecar.started, sidecar.duration_ms);
  sidecar.maker = maker_of(file, event, recording.maker);
  sidecar.purpose = recording.purpose;
  sidecar.device_id = recording.device_id;
  sidecar.step = step_of(recording.event, event, law);
  sidecar.title = sidecar.step.name + recording.method;
  sidecar.content_summary = text_of(declared, "content_summary");
  for (const Json& tag : list_of(declared, "tags")) {
    if (tag.is_string() && !tag.as_string().empty()) sidecar.coverage.push_back(tag.as_string());
  }
  sidecar.marks = marks_of(declared);
  sidecar.transcript = text_of(declared, "transcript");
  sidecar.said_continuous = recording.continuous;
  sidecar.storage = storage_of(declared, law);
  sidecar.segments = segments_of(recording);
  return sidecar;
}

std::vector<std::string> missing_facts(const RecordingSidecar& sidecar) {
  std::vector<std::string> missing;
  if (sidecar.method.empty()) missing.emplace_back("method");
  if (sidecar.started.declared.empty()) missing.emplace_back("made_at");
  if (sidecar.maker.name.empty()) missing.emplace_back("maker");
  if (sidecar.purpose.empty()) missing.emplace_back("purpose");
  return missing;
}

}  // namespace anjuan::preservation
