#include "core/error.h"
#include "core/xml_reader.h"
#include "preservation/formats/characterise/answers.h"

namespace anjuan::formats {

namespace {

class Nothing final : public XmlHandler {
 public:
  void start(std::string_view, std::string_view, const std::vector<XmlAttribute>&, Place) override {
  }

  void text(std::string_view) override {}

  void end(std::string_view, std::string_view) override {}
};

bool is_well_formed(const std::string& xml) {
  try {
    Nothing handler;
    parse_xml_text(xml, "MediaInfo", handler);
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// From `begin` to the end of `end`, the first time that it occurs.
void cut(std::string& text, std::string_view begin, std::string_view end) {
  const auto from = text.find(begin);
  if (from == std::string::npos) return;
  const auto to = text.find(end, from + begin.size());
  if (to != std::string::npos) text.erase(from, to + end.size() - from);
}

/// Without the moment at which MediaInfo looked: the same file gives the same text, so that a
/// package that is built again is the same; the moment stands in its event.
std::string without_moment(std::string xml) {
  cut(xml, "<!-- Generated at ", "-->");
  cut(xml, " dateLastModified=\"", "\"");
  cut(xml, " timeLastModified=\"", "\"");
  return xml;
}

}  // namespace

std::optional<ExtensionXml> extension_in(const Json& answer, std::string_view part) {
  std::string xml = without_moment(answer.text_or("xml", ""));
  if (xml.empty() || xml.size() > kExtensionXmlMax || !is_well_formed(xml)) return std::nullopt;
  return ExtensionXml{part == kMixPart ? "MIX" : "EBUCore", std::move(xml)};
}

}  // namespace anjuan::formats
