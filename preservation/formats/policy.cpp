#include "preservation/formats/policy.h"

#include <algorithm>
#include <sstream>

#include "core/durable.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"

namespace anjuan::formats {

namespace {

/// The schema was obeyed: required attributes are there and of their type.
std::string text(const XmlElement& element, std::string_view name) {
  const std::string* value = element.attribute(name);
  return value == nullptr ? "" : *value;
}

template <typename Number>
Number number(const XmlElement& element, std::string_view name) {
  std::istringstream in(text(element, name));
  in.imbue(std::locale::classic());
  Number value{};
  if (in >> value) return value;
  throw Error(ErrorCode::kInvalid, std::string(name),
              say("transcode.policy_number",
                  {{"name", std::string(name)}, {"line", std::to_string(element.place.line)}}));
}

bool truth(const XmlElement& element, std::string_view name) {
  const std::string value = text(element, name);
  return value == "true" || value == "1";
}

std::vector<std::string> words(const XmlElement& element, std::string_view name) {
  std::istringstream in(text(element, name));
  std::vector<std::string> list;
  for (std::string word; in >> word;) list.push_back(word);
  return list;
}

CodecRule codec_rule(const XmlElement& element) {
  CodecRule rule;
  rule.kind = text(element, "kind") == "audio" ? StreamKind::kAudio : StreamKind::kVideo;
  rule.codecs = words(element, "names");
  const std::string preservation = text(element, "preservation");
  if (preservation == "ffv1") rule.preservation = PreservationAction::kFfv1;
  if (preservation == "flac") rule.preservation = PreservationAction::kFlac;
  if (text(element, "access") == "copy") rule.access = AccessAction::kCopy;
  rule.because = text(element, "because");
  return rule;
}

void take(const XmlElement& element, FormatPolicy& policy) {
  if (element.name == "ffv1") {
    policy.slices = number<int>(element, "slices");
    policy.slices_large = number<int>(element, "slicesLarge");
    policy.large_from_pixels = number<std::int64_t>(element, "largeFromPixels");
    policy.context = number<int>(element, "context");
    policy.range_coder = truth(element, "rangeCoder");
  } else if (element.name == "budget") {
    policy.case_bytes = number<std::uint64_t>(element, "caseBytes");
    policy.expected_share = number<double>(element, "expectedShare");
  } else if (element.name == "access") {
    policy.access_width_max = number<int>(element, "widthMax");
    policy.access_height_max = number<int>(element, "heightMax");
    policy.access_pixel_formats = words(element, "pixelFormats");
    policy.access_quality = number<int>(element, "quality");
    policy.access_speed = text(element, "speed");
    policy.access_sound_bits_per_second = number<int>(element, "soundBitsPerSecond");
  } else if (element.name == "codec") {
    policy.codecs.push_back(codec_rule(element));
  } else if (element.name == "image") {
    policy.images.push_back({words(element, "types"), text(element, "preservation") == "png",
                             text(element, "because")});
  }
}

const CodecRule* find_rule(const FormatPolicy& policy, StreamKind kind, std::string_view codec) {
  for (const CodecRule& rule : policy.codecs) {
    const auto& names = rule.codecs;
    const bool named = names.empty() || std::find(names.begin(), names.end(), codec) != names.end();
    if (rule.kind == kind && named) return &rule;
  }
  return nullptr;
}

}  // namespace

FormatPolicy FormatPolicy::parse(std::string_view xml, const std::string& subject) {
  // Not in schemas/xml: what lies there goes into every package.
  static const XmlSchemaSet schemas({{"formats.xsd", std::string(embedded("policy/formats.xsd"))}});
  const XmlElement root = read_xml_tree(xml, subject, &schemas);
  FormatPolicy policy;
  for (const XmlElement& element : root.children) take(element, policy);
  for (const StreamKind kind : {StreamKind::kVideo, StreamKind::kAudio}) {
    if (find_rule(policy, kind, "") != nullptr) continue;
    throw Error(ErrorCode::kInvalid, subject,
                say("transcode.policy_no_rest",
                    {{"path", subject}, {"kind", std::string(stream_kind_word(kind))}}));
  }
  return policy;
}

FormatPolicy FormatPolicy::load(const std::optional<std::filesystem::path>& home) {
  if (home) {
    const auto own = *home / "data" / "policy" / "formats.xml";
    std::error_code ignored;
    if (std::filesystem::exists(own, ignored)) return parse(read_file(own), own.string());
  }
  return parse(embedded("policy/formats.xml"), "policy/formats.xml");
}

const CodecRule& FormatPolicy::rule(StreamKind kind, std::string_view codec) const {
  const CodecRule* found = find_rule(*this, kind, codec);
  if (found == nullptr) throw Error(ErrorCode::kInternal, std::string(codec), "no rule for codec");
  return *found;
}

const ImageRule* FormatPolicy::image(std::string_view type) const {
  for (const ImageRule& rule : images) {
    if (std::find(rule.types.begin(), rule.types.end(), type) != rule.types.end()) return &rule;
  }
  return nullptr;
}

}  // namespace anjuan::formats
