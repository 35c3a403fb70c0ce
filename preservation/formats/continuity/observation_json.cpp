#include "preservation/formats/continuity/observation_json.h"

#include <cmath>

#include "core/base64.h"
#include "core/error.h"
#include "core/json.h"
#include "core/text.h"

namespace anjuan::formats {

namespace {

constexpr std::uint64_t kBytesMax = 64ULL * 1024 * 1024;
constexpr std::size_t kTextMax = 8 * 1024;
constexpr double kSecondsMax = 1e11;  ///< some 3,000 years

[[noreturn]] void refuse(const char* what) {
  throw Error(ErrorCode::kInvalid, "observer", fmt::format("observer: {}", what));
}

Json number(double value) {
  if (!std::isfinite(value)) value = 0;
  return Json::number(fmt::format("{:.7f}", std::clamp(value, -kSecondsMax, kSecondsMax)));
}

Json numbers(std::initializer_list<double> values) {
  Json list = Json::array();
  for (const double value : values) list.append(number(value));
  return list;
}

Json text(const std::string& value) {
  return Json::string(is_valid_utf8(value) ? value.substr(0, kTextMax)
                                           : to_hex(value.substr(0, 200)));
}

class Writer {
 public:
  explicit Writer(const std::function<void(std::string_view)>& sink) : sink_(sink) {}

  void line(const char* kind, std::initializer_list<Json::Member> members) {
    Json object = Json::object({{"kind", Json::string(kind)}});
    for (const auto& [key, value] : members) object.set(key, value);
    sink_(object.dump() + "\n");
  }

 private:
  const std::function<void(std::string_view)>& sink_;
};

void write_container(const ContainerView& view, Writer& out) {
  out.line("container", {{"format", text(view.format)},
                         {"fingerprint", text(view.fingerprint)},
                         {"encoder", text(view.encoder)},
                         {"edits", Json::integer(view.edits)},
                         {"lengths", numbers({view.skipped_s, view.declared_s})}});
  if (view.created_s) out.line("created", {{"at", Json::integer(*view.created_s)}});
  if (view.modified_s) out.line("modified", {{"at", Json::integer(*view.modified_s)}});
}

void write_tracks(const SegmentObservation& seen, Writer& out) {
  if (seen.video) {
    const VideoView& view = *seen.video;
    out.line("video", {{"codec", text(view.codec)},
                       {"width", Json::integer(view.width)},
                       {"height", Json::integer(view.height)},
                       {"pictures", Json::integer(static_cast<std::int64_t>(view.pictures))},
                       {"times", numbers({view.picture_s, view.start_s, view.end_s})},
                       {"variable", Json::boolean(view.variable)}});
  }
  if (seen.sound) {
    const SoundView& view = *seen.sound;
    out.line("sound", {{"codec", text(view.codec)},
                       {"packets", Json::integer(static_cast<std::int64_t>(view.packets))},
                       {"times", numbers({view.packet_s, view.start_s, view.end_s})}});
  }
}

void write_clock(const ClockView& clock, Writer& out) {
  if (!clock.found) return;
  const Rect& place = clock.place;
  out.line("clock", {{"date", Json::boolean(clock.has_date)},
                     {"sampled", Json::integer(clock.sampled)},
                     {"read", Json::integer(clock.read)},
                     {"place", numbers({double(place.left), double(place.top), double(place.width),
                                        double(place.height)})}});
  for (const ClockReading& reading : clock.readings) {
    out.line("reading",
             {{"shows", Json::integer(reading.reading)},
              {"times", numbers({reading.at_s, reading.until_s, reading.low_s, reading.high_s})}});
  }
  for (const PictureAt& at : clock.pictures) {
    out.line("picture", {{"times", numbers({at.before_s, at.at_s, at.from_s, at.to_s})},
                         {"levels", numbers({at.measured, at.usual, at.expected})},
                         {"flow", Json::integer(static_cast<int>(at.flow))}});
  }
}

/// What is read must be there, of its type and within bounds.
class Line {
 public:
  explicit Line(const Json& object) : object_(object) {}

  const Json& member(const char* key) const {
    const Json* found = object_.find(key);
    if (found == nullptr) refuse(key);
    return *found;
  }

  std::string text(const char* key) const {
    const std::string& value = member(key).as_string();
    if (value.size() > kTextMax) refuse(key);
    return value;
  }

  std::int64_t integer(const char* key, std::int64_t least, std::int64_t most) const {
    const std::int64_t value = member(key).as_integer();
    if (value < least || value > most) refuse(key);
    return value;
  }

  std::vector<double> numbers(const char* key, std::size_t count) const {
    const auto& items = member(key).items();
    if (items.size() != count) refuse(key);
    std::vector<double> values;
    for (const Json& item : items) {
      values.push_back(item.as_double());
      if (!std::isfinite(values.back()) || std::abs(values.back()) > kSecondsMax) refuse(key);
    }
    return values;
  }

  bool boolean(const char* key) const { return member(key).as_boolean(); }

 private:
  const Json& object_;
};

constexpr std::int64_t kCountMax = 4'000'000'000;
constexpr std::int64_t kInstantMax = 300'000'000'000;
constexpr std::int64_t kPixelsMax = 40'000'000;  ///< a side: no larger picture is looked at

void read_container(const Line& line, SegmentObservation& seen) {
  ContainerView& view = seen.container;
  view.format = line.text("format");
  view.fingerprint = line.text("fingerprint");
  view.encoder = line.text("encoder");
  view.edits = static_cast<std::uint32_t>(line.integer("edits", 0, 100'000));
  const auto lengths = line.numbers("lengths", 2);
  view.skipped_s = lengths[0];
  view.declared_s = lengths[1];
}

void read_created(const Line& line, SegmentObservation& seen) {
  seen.container.created_s = line.integer("at", -kInstantMax, kInstantMax);
}

void read_modified(const Line& line, SegmentObservation& seen) {
  seen.container.modified_s = line.integer("at", -kInstantMax, kInstantMax);
}

void read_video(const Line& line, SegmentObservation& seen) {
  VideoView& view = seen.video.emplace();
  view.codec = line.text("codec");
  view.width = static_cast<int>(line.integer("width", 0, kPixelsMax));
  view.height = static_cast<int>(line.integer("height", 0, kPixelsMax));
  view.pictures = static_cast<std::uint64_t>(line.integer("pictures", 0, kCountMax));
  const auto times = line.numbers("times", 3);
  if (times[0] < 0 || times[2] < times[1]) refuse("times");
  view.picture_s = times[0];
  view.start_s = times[1];
  view.end_s = times[2];
  view.variable = line.boolean("variable");
}

void read_sound(const Line& line, SegmentObservation& seen) {
  SoundView& view = seen.sound.emplace();
  view.codec = line.text("codec");
  view.packets = static_cast<std::uint64_t>(line.integer("packets", 0, kCountMax));
  const auto times = line.numbers("times", 3);
  view.packet_s = times[0];
  view.start_s = times[1];
  view.end_s = times[2];
}

void read_clock(const Line& line, SegmentObservation& seen) {
  seen.clock.found = true;
  seen.clock.has_date = line.boolean("date");
  seen.clock.sampled = static_cast<std::uint32_t>(line.integer("sampled", 0, kCountMax));
  seen.clock.read = static_cast<std::uint32_t>(line.integer("read", 0, kCountMax));
  const auto place = line.numbers("place", 4);
  for (const double pixels : place) {
    if (pixels < 0 || pixels > kPixelsMax) refuse("place");
  }
  seen.clock.place = {static_cast<int>(place[0]), static_cast<int>(place[1]),
                      static_cast<int>(place[2]), static_cast<int>(place[3])};
}

void read_reading(const Line& line, SegmentObservation& seen) {
  if (seen.clock.readings.size() >= kReadingsMax) refuse("reading");
  const auto times = line.numbers("times", 4);
  if (times[1] < times[0] || times[3] < times[2]) refuse("times");
  seen.clock.readings.push_back(
      {times[0], times[1], line.integer("shows", 0, kInstantMax), times[2], times[3]});
}

void read_picture(const Line& line, SegmentObservation& seen) {
  if (seen.clock.pictures.size() >= kPicturesMax) refuse("picture");
  const auto times = line.numbers("times", 4);
  const auto levels = line.numbers("levels", 3);
  seen.clock.pictures.push_back({times[0], times[1], times[2], times[3], levels[0], levels[1],
                                 levels[2], static_cast<PictureFlow>(line.integer("flow", 0, 2))});
}

void read_event(const Line& line, SegmentObservation& seen) {
  if (seen.events.size() >= kEventsMax) refuse("event");
  const auto values = line.numbers("values", 3);
  seen.events.push_back({line.text("event"), values[0], values[1], values[2]});
}

void read_crop(const Line& line, SegmentObservation& seen) {
  constexpr std::string_view kPngMark = "\x89PNG\r\n\x1a\n";
  if (seen.crops.size() >= kCropsMax) refuse("crop");
  const auto bytes = from_base64(line.member("png").as_string());
  if (!bytes || bytes->size() > kCropBytesMax || !bytes->starts_with(kPngMark)) refuse("png");
  seen.crops.push_back({line.numbers("at", 1)[0], *bytes});
}

void read_failure(const Line& line, SegmentObservation& seen) {
  seen.failure = line.text("reason");
}

void read_watched(const Line& line, SegmentObservation& seen) {
  seen.decoded_s = line.numbers("seconds", 1)[0];
}

using Take = void (*)(const Line&, SegmentObservation&);

constexpr std::pair<std::string_view, Take> kKinds[] = {
    {"container", read_container}, {"created", read_created}, {"modified", read_modified},
    {"video", read_video},         {"sound", read_sound},     {"clock", read_clock},
    {"reading", read_reading},     {"picture", read_picture}, {"event", read_event},
    {"crop", read_crop},           {"failure", read_failure}, {"watched", read_watched}};

}  // namespace

void write_observation(const SegmentObservation& seen,
                       const std::function<void(std::string_view)>& sink) {
  Writer out(sink);
  write_container(seen.container, out);
  write_tracks(seen, out);
  write_clock(seen.clock, out);
  for (std::size_t i = 0; i < std::min(seen.events.size(), kEventsMax); ++i) {
    const StreamEvent& event = seen.events[i];
    out.line("event", {{"event", Json::string(event.kind)},
                       {"values", numbers({event.at_s, event.value, event.other_s})}});
  }
  for (const Crop& crop : seen.crops) {
    out.line("crop", {{"at", numbers({crop.at_s})}, {"png", Json::string(to_base64(crop.png))}});
  }
  out.line("watched", {{"seconds", numbers({seen.decoded_s})}});
  if (!seen.failure.empty()) out.line("failure", {{"reason", text(seen.failure)}});
  out.line("end", {});
}

void write_part(double part, const std::function<void(std::string_view)>& sink) {
  Writer(sink).line("at", {{"part", numbers({part})}});
}

void ObservationReader::take(std::string_view bytes) {
  bytes_ += bytes.size();
  if (bytes_ > kBytesMax) refuse("too much");
  rest_ += bytes;
  std::size_t begin = 0;
  for (auto end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', begin)) {
    take_line(std::string_view(rest_).substr(begin, end - begin));
    begin = end + 1;
  }
  rest_.erase(0, begin);
}

void ObservationReader::take_line(std::string_view line) {
  const Json object = Json::parse(line, "observer");
  const std::string kind = object.text_or("kind", "");
  if (complete_) refuse("after the end");
  if (kind == "end") {
    complete_ = true;
    return;
  }
  if (kind == "at") {
    const double part = Line(object).numbers("part", 1)[0];
    if (on_part_) on_part_(part);
    return;
  }
  for (const auto& [name, take] : kKinds) {
    if (name == kind) return take(Line(object), seen_);
  }
  refuse("unknown kind");
}

}  // namespace anjuan::formats
