#include "tests/support/case_schema.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/core.h>

#include "core/case/case_keys.h"

namespace anjuan::test {

namespace {

std::string comment(const std::string& label) { return "<!-- " + label + " -->"; }

std::string_view type_of(const CaseKey& key) {
  const bool mark = key.form == KeyForm::kAttribute;
  switch (key.type) {
    case KeyType::kText:
      return mark ? "xs:string" : "text";
    case KeyType::kInteger:
      return mark ? "integerMark" : "integer";
    case KeyType::kNumber:
      return mark ? "numberMark" : "number";
    case KeyType::kBoolean:
      break;
  }
  return "booleanOrNothing";
}

std::string flags(const CaseShape& shape) {
  std::string names;
  for (const auto& key : shape.keys) {
    if (key.form != KeyForm::kFlag) continue;
    names +=
        fmt::format("        <xs:enumeration value=\"{}\"/> {}\n", key.xml, comment(key.label));
  }
  return fmt::format(
      "   <xs:element name=\"flag\" minOccurs=\"0\" maxOccurs=\"unbounded\">\n"
      "    <xs:complexType><xs:simpleContent><xs:extension base=\"booleanOrNothing\">\n"
      "     <xs:attribute name=\"name\" use=\"required\">\n"
      "      <xs:simpleType>\n       <xs:restriction base=\"xs:string\">\n{}"
      "       </xs:restriction>\n      </xs:simpleType>\n     </xs:attribute>\n"
      "     <xs:attribute name=\"nil\" type=\"true\"/>\n"
      "    </xs:extension></xs:simpleContent></xs:complexType>\n   </xs:element>\n",
      names);
}

std::string list(const CaseKey& key) {
  const std::string item_type = key.item_form == ItemForm::kText ? "xs:string"
                                : key.item_form == ItemForm::kTextOrObject
                                    ? key.shape->name + "OrText"
                                    : key.shape->name;
  return fmt::format(
      "   <xs:element name=\"{}\" minOccurs=\"0\"> {}\n    <xs:complexType>\n     "
      "<xs:sequence>\n"
      "      <xs:element name=\"{}\" type=\"{}\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n"
      "     </xs:sequence>\n     <xs:attribute name=\"nil\" type=\"true\"/>\n"
      "     <xs:attribute name=\"count\" type=\"zero\"/>\n"
      "    </xs:complexType>\n   </xs:element>\n",
      key.xml, comment(key.label), key.item, item_type);
}

std::string simple(const CaseKey& key, std::string_view type, std::string_view max) {
  return fmt::format("   <xs:element name=\"{}\" type=\"{}\" minOccurs=\"0\"{}/> {}\n", key.xml,
                     type, max, comment(key.label));
}

std::string elements(const CaseShape& shape) {
  std::string out;
  bool flags_done = false;
  for (const auto& key : shape.keys) {
    switch (key.form) {
      case KeyForm::kAttribute:
        break;
      case KeyForm::kElement:
        out += simple(key, type_of(key), "");
        break;
      case KeyForm::kObject:
        out += simple(key, key.shape->name, "");
        break;
      case KeyForm::kList:
        out += list(key);
        break;
      case KeyForm::kFields:
        out += simple(key, "fields", "");
        break;
      case KeyForm::kSigned:
        out += simple(key, "signed", " maxOccurs=\"unbounded\"");
        break;
      case KeyForm::kFlag:
        if (!flags_done) out += flags(shape);
        flags_done = true;
        break;
    }
  }
  return out;
}

std::string attributes(const CaseShape& shape) {
  std::string out;
  for (const auto& key : shape.keys) {
    if (key.form != KeyForm::kAttribute) continue;
    out += fmt::format("  <xs:attribute name=\"{}\" type=\"{}\"/> {}\n", key.xml, type_of(key),
                       comment(key.label));
  }
  if (!out.empty()) out += "  <xs:attribute name=\"nulls\" type=\"xs:string\"/>\n";
  return out;
}

std::string type(const std::string& name, const CaseShape& shape, bool mixed) {
  const bool root = name == "case";
  const std::string extra = root ? "   <xs:element name=\"extra\" type=\"extra\" minOccurs=\"0\" "
                                   "maxOccurs=\"unbounded\"/>\n"
                                 : "";
  const std::string nil = root ? "" : "  <xs:attribute name=\"nil\" type=\"true\"/>\n";
  const std::string count = mixed ? "  <xs:attribute name=\"count\" type=\"zero\"/>\n" : "";
  const auto body = elements(shape) + extra;
  const auto sequence = body.empty() ? "" : "  <xs:sequence>\n" + body + "  </xs:sequence>\n";
  return fmt::format("\n <xs:complexType name=\"{}\"{}>\n{}{}{}{} </xs:complexType>\n", name,
                     mixed ? " mixed=\"true\"" : "", sequence, attributes(shape), nil, count);
}

void types(const CaseShape& shape, std::set<std::string>& done, std::string& out) {
  if (!done.insert(shape.name).second) return;
  out += type(shape.name, shape, false);
  for (const auto& key : shape.keys) {
    if (key.shape == nullptr) continue;
    types(*key.shape, done, out);
    const auto mixed = key.shape->name + "OrText";
    if (key.item_form == ItemForm::kTextOrObject && done.insert(mixed).second) {
      out += type(mixed, *key.shape, true);
    }
  }
}

}  // namespace

std::string case_schema_of_the_known_keys() {
  std::string out;
  std::set<std::string> done;
  types(case_shape(), done, out);
  return out + "</xs:schema>\n";
}

bool golden_update() { return std::getenv("ANJUAN_UPDATE") != nullptr; }

GoldenSchema golden_schema(const std::string& name, const std::string& wanted) {
  const auto path = std::string(ANJUAN_SOURCE_DIR) + "/schemas/xml/" + name;
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  // What is written by hand ends with the comment "From here on ...".
  const auto mark = text.find("From here on");
  const auto end = text.find("-->\n", mark);
  if (mark == text.npos || end == text.npos) return {text, "no mark 'From here on' in " + path};
  const auto whole = text.substr(0, end + 4) + wanted;
  if (golden_update()) std::ofstream(path, std::ios::binary) << whole;
  return {golden_update() ? whole : text, whole};
}

}  // namespace anjuan::test
