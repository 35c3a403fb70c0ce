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

}  // namespace

std::optional<ExtensionXml> extension_in(const Json& answer, std::string_view part) {
  std::string xml = answer.text_or("xml", "");
  if (xml.empty() || xml.size() > kExtensionXmlMax || !is_well_formed(xml)) return std::nullopt;
  return ExtensionXml{part == kMixPart ? "MIX" : "EBUCore", std::move(xml)};
}

}  // namespace anjuan::formats
