#include "preservation/formats/probe_json.h"

namespace anjuan::formats {

namespace {

using Members = std::vector<Json::Member>;

void add(Members& members, std::string key, const std::string& text) {
  if (!text.empty()) members.emplace_back(std::move(key), Json::string(text));
}

void add(Members& members, std::string key, std::int64_t number) {
  if (number != 0) members.emplace_back(std::move(key), Json::integer(number));
}

void add(Members& members, std::string key, const std::optional<double>& number) {
  if (number) members.emplace_back(std::move(key), Json::number(fmt::format("{:.6f}", *number)));
}

Json to_json(const StreamFacts& stream) {
  Members members;
  add(members, "kind", stream.kind);
  add(members, "codec", stream.codec);
  add(members, "profile", stream.profile);
  add(members, "tag", stream.tag);
  add(members, "language", stream.language);
  add(members, "width", stream.width);
  add(members, "height", stream.height);
  add(members, "pixel_format", stream.pixel_format);
  add(members, "color_range", stream.color_range);
  add(members, "frame_rate", stream.frame_rate);
  add(members, "field_order", stream.field_order);
  add(members, "rotation_deg", stream.rotation_deg);
  add(members, "sample_rate", stream.sample_rate);
  add(members, "channels", stream.channels);
  add(members, "bits", stream.bits);
  add(members, "bit_rate", stream.bit_rate);
  add(members, "frames", stream.frames);
  add(members, "start_ms", stream.start_ms);
  add(members, "duration_ms", stream.duration_ms);
  return Json::object(std::move(members));
}

Json to_json(const PhotoFacts& photo) {
  Members members;
  add(members, "orientation", photo.orientation);
  add(members, "taken", photo.taken);
  add(members, "make", photo.make);
  add(members, "model", photo.model);
  add(members, "software", photo.software);
  add(members, "exif_version", photo.exif_version);
  add(members, "latitude", photo.latitude);
  add(members, "longitude", photo.longitude);
  add(members, "altitude_m", photo.altitude_m);
  add(members, "width", photo.width);
  add(members, "height", photo.height);
  return Json::object(std::move(members));
}

void add_media(Members& members, const AvCharacteristics& media) {
  add(members, "container", media.container);
  add(members, "duration_ms", media.duration_ms);
  add(members, "bit_rate", media.bit_rate);
  add(members, "chapters", media.chapters);
  add(members, "reader_errors", media.reader_errors);
  Json streams = Json::array();
  for (const StreamFacts& stream : media.streams) streams.append(to_json(stream));
  members.emplace_back("streams", std::move(streams));
  Json tags = Json::object();
  for (const Tag& tag : media.tags) tags.set(tag.name, Json::string(tag.value));
  if (!tags.members().empty()) members.emplace_back("tags", std::move(tags));
}

}  // namespace

std::vector<Json::Member> members_of(const Identification& found) {
  Members members;
  add(members, "puid", found.puid);
  add(members, "format", found.name);
  add(members, "version", found.version);
  add(members, "mime", found.mime);
  add(members, "basis", std::string(basis_word(found.basis)));
  add(members, "charset", found.charset);
  Members opinion{{"verdict", Json::string(std::string(opinion_word(found.opinion)))}};
  add(opinion, "mime", found.opinion_mime);
  members.emplace_back("second_opinion", Json::object(std::move(opinion)));
  if (found.candidates.empty()) return members;
  Json candidates = Json::array();
  for (const FormatName& candidate : found.candidates) {
    candidates.append(Json::string(candidate.puid));
  }
  members.emplace_back("candidates", std::move(candidates));
  return members;
}

std::vector<Json::Member> members_of(const Characteristics& facts) {
  Members members;
  if (facts.media) add_media(members, *facts.media);
  if (facts.photo) members.emplace_back("photo", to_json(*facts.photo));
  if (facts.extensions.empty()) return members;
  Json extensions = Json::array();
  for (const ExtensionXml& extension : facts.extensions) {
    extensions.append(Json::string(extension.standard));
  }
  members.emplace_back("extensions", std::move(extensions));
  return members;
}

Json to_json(const Findings& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    list.append(Json::object({{"code", Json::string(finding.code)},
                              {"level", Json::string(std::string(severity_word(finding.severity)))},
                              {"result", Json::string(std::string(result_word(finding.result)))},
                              {"message", Json::string(finding.message)}}));
  }
  return list;
}

}  // namespace anjuan::formats
