#include "preservation/sidecar/foreign_xml.h"

namespace anjuan::preservation {

namespace {

constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view kXmlnsNamespace = "http://www.w3.org/2000/xmlns/";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

void put_attributes(XmlWriter& xml, const XmlElement& element) {
  std::size_t prefixes = 0;
  for (const XmlAttribute& attribute : element.attributes) {
    const std::string value = to_xml_text(attribute.value);
    if (attribute.namespace_uri == kXmlnsNamespace || attribute.name == "xmlns") continue;
    if (attribute.namespace_uri.empty()) {
      xml.attribute(attribute.name, value);
    } else if (attribute.namespace_uri == kXmlNamespace) {
      xml.attribute("xml:" + attribute.name, value);
    } else {
      const std::string prefix = fmt::format("a{}", ++prefixes);
      xml.attribute("xmlns:" + prefix, attribute.namespace_uri);
      xml.attribute(prefix + ":" + attribute.name, value);
    }
  }
}

}  // namespace

void put_foreign(XmlWriter& xml, const XmlElement& element, std::string_view outer) {
  xml.start(element.name);
  if (element.namespace_uri != outer) xml.attribute("xmlns", element.namespace_uri);
  put_attributes(xml, element);
  if (element.children.empty() || !is_blank(element.text)) xml.text(to_xml_text(element.text));
  for (const XmlElement& child : element.children) {
    put_foreign(xml, child, element.namespace_uri);
  }
  xml.end();
}

std::string foreign_xml(const XmlElement& root) {
  std::string out;
  XmlWriter xml([&](std::string_view bytes) { out += bytes; });
  put_foreign(xml, root, "");
  xml.close();
  return out;
}

std::string foreign_xml(std::string_view document, const std::string& subject) {
  return foreign_xml(read_xml_tree(document, subject));
}

}  // namespace anjuan::preservation
