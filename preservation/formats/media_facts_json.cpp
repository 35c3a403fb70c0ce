// MediaFacts as JSON lines, both ways.
#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/media_facts.h"

namespace anjuan::formats {

namespace {

template <typename Value>
struct Field {
  const char* name;
  Value AvStreamInfo::*member;
};

constexpr Field<std::string> kTexts[] = {{"codec", &AvStreamInfo::codec},
                                         {"codec_tag", &AvStreamInfo::codec_tag},
                                         {"pixel_format", &AvStreamInfo::pixel_format},
                                         {"field_order", &AvStreamInfo::field_order},
                                         {"color_range", &AvStreamInfo::color_range},
                                         {"color_space", &AvStreamInfo::color_space},
                                         {"color_primaries", &AvStreamInfo::color_primaries},
                                         {"color_transfer", &AvStreamInfo::color_transfer},
                                         {"chroma_place", &AvStreamInfo::chroma_place},
                                         {"sample_format", &AvStreamInfo::sample_format}};
constexpr Field<int> kNumbers[] = {{"index", &AvStreamInfo::index},
                                   {"width", &AvStreamInfo::width},
                                   {"height", &AvStreamInfo::height},
                                   {"rotation", &AvStreamInfo::rotation},
                                   {"sample_rate", &AvStreamInfo::sample_rate},
                                   {"channels", &AvStreamInfo::channels},
                                   {"bits_per_sample", &AvStreamInfo::bits_per_sample},
                                   {"initial_padding", &AvStreamInfo::initial_padding}};
constexpr Field<std::int64_t> kLongs[] = {{"start", &AvStreamInfo::start},
                                          {"duration", &AvStreamInfo::duration},
                                          {"frames", &AvStreamInfo::frames},
                                          {"bits_per_second", &AvStreamInfo::bits_per_second}};
constexpr Field<Rational> kRatios[] = {{"time_base", &AvStreamInfo::time_base},
                                       {"sample_aspect", &AvStreamInfo::sample_aspect},
                                       {"frame_rate", &AvStreamInfo::frame_rate}};

const Json& member(const Json& json, std::string_view key) {
  const Json* found = json.find(key);
  if (found == nullptr) {
    throw Error(ErrorCode::kInvalid, std::string(key), say("transcode.child_nonsense"));
  }
  return *found;
}

int small(const Json& json) {
  const std::int64_t value = json.as_integer();
  if (value < INT32_MIN || value > INT32_MAX) {
    throw Error(ErrorCode::kInvalid, json.lexical(), say("transcode.child_nonsense"));
  }
  return static_cast<int>(value);
}

Json to_json(const AvStreamInfo& info) {
  Json json = Json::object();
  json.set("kind", Json::string(std::string(stream_kind_word(info.kind))));
  for (const auto& [name, field] : kTexts) json.set(name, Json::string(info.*field));
  for (const auto& [name, field] : kNumbers) json.set(name, Json::integer(info.*field));
  for (const auto& [name, field] : kLongs) json.set(name, Json::integer(info.*field));
  for (const auto& [name, field] : kRatios) {
    json.set(name,
             Json::array({Json::integer((info.*field).num), Json::integer((info.*field).den)}));
  }
  json.set("tags", formats::to_json(info.tags));
  return json;
}

StreamKind kind_from(const std::string& word) {
  for (int i = 0; i <= static_cast<int>(StreamKind::kOther); ++i) {
    if (stream_kind_word(static_cast<StreamKind>(i)) == word) return static_cast<StreamKind>(i);
  }
  return StreamKind::kOther;
}

AvStreamInfo stream_from(const Json& json) {
  AvStreamInfo info;
  info.kind = kind_from(member(json, "kind").as_string());
  for (const auto& [name, field] : kTexts) info.*field = member(json, name).as_string();
  for (const auto& [name, field] : kNumbers) info.*field = small(member(json, name));
  for (const auto& [name, field] : kLongs) info.*field = member(json, name).as_integer();
  for (const auto& [name, field] : kRatios) {
    const auto& pair = member(json, name).items();
    if (pair.size() == 2) info.*field = {small(pair[0]), small(pair[1])};
  }
  info.tags = tags_from(member(json, "tags"));
  return info;
}

}  // namespace

Json to_json(const AvTags& tags) {
  Json json = Json::array();
  for (const auto& [name, value] : tags) {
    json.append(Json::array({Json::string(name), Json::string(value)}));
  }
  return json;
}

AvTags tags_from(const Json& json) {
  AvTags tags;
  for (const Json& pair : json.items()) {
    if (pair.items().size() != 2) continue;
    tags.emplace_back(pair.items()[0].as_string(), pair.items()[1].as_string());
  }
  return tags;
}

Json to_json(const std::vector<AvChapter>& chapters) {
  Json json = Json::array();
  for (const AvChapter& chapter : chapters) {
    json.append(Json::array({Json::integer(chapter.start_ms), Json::integer(chapter.end_ms),
                             Json::string(chapter.title)}));
  }
  return json;
}

std::vector<AvChapter> chapters_from(const Json& json) {
  std::vector<AvChapter> chapters;
  for (const Json& one : json.items()) {
    const auto& parts = one.items();
    if (parts.size() != 3) continue;
    chapters.push_back({parts[0].as_integer(), parts[1].as_integer(), parts[2].as_string()});
  }
  return chapters;
}

Json to_json(const AvFileInfo& info) {
  Json streams = Json::array();
  for (const auto& stream : info.streams) streams.append(to_json(stream));
  return Json::object({{"format", Json::string(info.format)},
                       {"start_us", Json::integer(info.start_us)},
                       {"duration_us", Json::integer(info.duration_us)},
                       {"streams", streams},
                       {"chapters", to_json(info.chapters)},
                       {"tags", to_json(info.tags)}});
}

AvFileInfo file_info_from(const Json& json) {
  AvFileInfo info;
  info.format = member(json, "format").as_string();
  info.start_us = member(json, "start_us").as_integer();
  info.duration_us = member(json, "duration_us").as_integer();
  const auto& streams = member(json, "streams").items();
  if (streams.size() > AvSource::kStreamsMax) {
    throw Error(ErrorCode::kInvalid, "streams", say("transcode.child_nonsense"));
  }
  for (const Json& stream : streams) info.streams.push_back(stream_from(stream));
  info.chapters = chapters_from(member(json, "chapters"));
  info.tags = tags_from(member(json, "tags"));
  return info;
}

Json to_json(const MediaFacts& facts) {
  Json edits = Json::array();
  for (const EditFacts& edit : facts.edits) {
    edits.append(Json::array({Json::integer(edit.stream), Json::integer(edit.shown_frames),
                              Json::integer(edit.held_frames), Json::integer(edit.shown_start),
                              Json::integer(edit.held_start)}));
  }
  return Json::object({{"file", to_json(facts.file)},
                       {"edits", edits},
                       {"fast_start", Json::boolean(facts.fast_start)},
                       {"complaints", to_json(facts.complaints)}});
}

MediaFacts facts_from(const Json& json) {
  MediaFacts facts;
  facts.file = file_info_from(member(json, "file"));
  facts.fast_start = member(json, "fast_start").as_boolean();
  facts.complaints = complaints_from(member(json, "complaints"));
  for (const Json& edit : member(json, "edits").items()) {
    const auto& parts = edit.items();
    if (parts.size() != 5 || facts.edits.size() == AvSource::kStreamsMax) continue;
    facts.edits.push_back({small(parts[0]), parts[1].as_integer(), parts[2].as_integer(),
                           parts[3].as_integer(), parts[4].as_integer()});
  }
  return facts;
}

Json to_json(const MediaFault& fault) {
  return Json::object({{"fault", Json::string(std::string(media_fault_word(fault.kind)))},
                       {"detail", Json::string(fault.detail)}});
}

MediaFault fault_from(const Json& json) {
  const std::string word = json.text_or("fault", "");
  for (int i = 0; i <= static_cast<int>(MediaFaultKind::kInternal); ++i) {
    const auto kind = static_cast<MediaFaultKind>(i);
    if (media_fault_word(kind) == word) return {kind, json.text_or("detail", "")};
  }
  return {MediaFaultKind::kInternal, json.text_or("detail", "")};
}

Json to_json(const AvComplaints& complaints) {
  Json first = Json::array();
  for (const auto& line : complaints.first) first.append(Json::string(line));
  return Json::object(
      {{"errors", Json::integer(static_cast<std::int64_t>(complaints.errors))}, {"first", first}});
}

AvComplaints complaints_from(const Json& json) {
  AvComplaints complaints;
  complaints.errors = static_cast<std::uint64_t>(member(json, "errors").as_integer());
  for (const Json& line : member(json, "first").items()) {
    if (complaints.first.size() < AvComplaints::kKept) complaints.first.push_back(line.as_string());
  }
  return complaints;
}

}  // namespace anjuan::formats
