#include "tests/support/description_schema.h"

#include <fmt/core.h>

#include "core/case/description_fields.h"

namespace anjuan::test {

namespace {

std::string type_of(const DescriptionField& field) {
  return field.type == "sha512" || field.type == "sm3" || field.type == "urn" ? field.type
                                                                              : "xs:string";
}

std::string attribute(std::string_view indent, std::string_view name, std::string_view type,
                      std::string_view rest = "") {
  return fmt::format("{}<xs:attribute name=\"{}\" type=\"{}\"{}/>\n", indent, name, type, rest);
}

std::string attributes(const DescriptionElement& kind, const std::string& indent) {
  std::string out;
  if (kind.field != nullptr && !kind.field->standard.empty()) {
    out += attribute(indent, "standard", "xs:string",
                     fmt::format(" use=\"required\" fixed=\"{}\"", kind.field->standard));
  }
  if (!kind.is_group() || kind.has_value_attribute()) out += attribute(indent, "state", "state");
  for (const auto* field : kind.attributes) {
    const auto name = field->path.substr(field->path.find('@') + 1);
    out += fmt::format("{}<xs:attribute name=\"{}\" type=\"{}\"/> <!-- {}{} -->\n", indent, name,
                       type_of(*field), field->chinese,
                       field->standard.empty() ? "" : ", " + field->standard);
  }
  if (!kind.attributes.empty()) {
    out += attribute(indent, "undescribed", "xs:string");
    out += attribute(indent, "unchecked", "xs:string");
  }
  if (kind.has_value_attribute()) out += attribute(indent, "value", "xs:string");
  return out;
}

std::string element(const DescriptionElement& kind, const std::string& indent);

std::string content(const DescriptionElement& kind, const std::string& indent) {
  if (!kind.is_group()) {
    const auto base = kind.field->type == "urn" ? "urn" : "xs:string";
    return fmt::format(
        "{0}<xs:simpleContent><xs:extension base=\"{1}\">\n{2}"
        "{0}</xs:extension></xs:simpleContent>\n",
        indent, base, attributes(kind, indent + " "));
  }
  std::string children;
  for (const auto& child : kind.children) children += element(child, indent + " ");
  return fmt::format("{0}<xs:sequence>\n{1}{0}</xs:sequence>\n{2}", indent, children,
                     attributes(kind, indent));
}

std::string element(const DescriptionElement& kind, const std::string& indent) {
  return fmt::format(
      "{0}<xs:element name=\"{1}\"{2}{3}> <!-- {4} -->\n{0} <xs:complexType>\n{5}"
      "{0} </xs:complexType>\n{0}</xs:element>\n",
      indent, kind.name, kind.is_required ? "" : " minOccurs=\"0\"",
      kind.repeats ? " maxOccurs=\"unbounded\"" : "", kind.chinese, content(kind, indent + "  "));
}

}  // namespace

std::string description_schema_of_the_fields() {
  const auto& root = description_root();
  std::string children;
  for (const auto& child : root.children) children += element(child, "    ");
  return "\n <xs:element name=\"description\">\n  <xs:complexType>\n   <xs:sequence>\n" + children +
         "   </xs:sequence>\n   <xs:attributeGroup ref=\"version\"/>\n  </xs:complexType>\n"
         " </xs:element>\n</xs:schema>\n";
}

}  // namespace anjuan::test
