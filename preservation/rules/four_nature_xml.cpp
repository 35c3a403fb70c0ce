// The four-nature report as XML (docs/formats/four-nature.md): writer and reader.
#include <algorithm>

#include "core/error.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "core/xml_writer.h"
#include "preservation/rules/four_nature.h"

namespace anjuan::rules {

namespace {

void write_item(XmlWriter& xml, const ItemResult& item) {
  xml.start("item");
  xml.attribute("code", item.code);
  xml.attribute("nature", item.nature);
  xml.attribute("name", item.name);
  xml.attribute("state", state_chinese(item.state));
  if (!item.evidence.empty()) xml.element("evidence", to_xml_text(item.evidence));
  if (!item.reason.empty()) xml.element("reason", to_xml_text(item.reason));
  xml.end();
}

[[noreturn]] void refuse(const std::string& subject, const Place& place, std::string_view what) {
  const std::string where = fmt::format("{}:{}:{}", subject, place.line, place.column);
  throw Error(ErrorCode::kInvalid, where,
              say("four_nature.bad_report", {{"place", where}, {"what", std::string(what)}}));
}

ItemResult read_item(const XmlElement& element, const std::string& subject) {
  ItemResult item;
  item.code = element.value_of("code");
  item.nature = element.value_of("nature");
  item.name = element.value_of("name");
  for (const ItemState state : {ItemState::kPassed, ItemState::kFailed, ItemState::kNotRun}) {
    if (state_chinese(state) == element.value_of("state")) item.state = state;
  }
  if (const auto* evidence = element.child("evidence")) item.evidence = evidence->text;
  if (const auto* reason = element.child("reason")) item.reason = reason->text;
  const bool says_why =
      item.state == ItemState::kNotRun ? !item.reason.empty() : !item.evidence.empty();
  if (!says_why) refuse(subject, element.place, item.code);
  return item;
}

void check_count(const XmlElement& root, const FourNatureReport& report, ItemState state,
                 std::string_view attribute, const std::string& subject) {
  if (root.value_of(attribute) != std::to_string(report.count(state))) {
    refuse(subject, root.place, attribute);
  }
}

}  // namespace

std::string to_xml(const FourNatureReport& report) {
  std::string out;
  XmlWriter xml([&out](std::string_view bytes) { out += bytes; });
  xml.start("fourNature");
  xml.attribute("xmlns", kFourNatureNamespace);
  xml.attribute("standard", report.standard);
  xml.attribute("phase", phase_code(report.phase));
  xml.attribute("phaseName", report.phase_name);
  xml.attribute("subject", to_xml_text(report.subject));
  xml.attribute("made", report.made);
  xml.attribute("program", report.program);
  xml.attribute("passed", std::uint64_t{report.count(ItemState::kPassed)});
  xml.attribute("failed", std::uint64_t{report.count(ItemState::kFailed)});
  xml.attribute("notRun", std::uint64_t{report.count(ItemState::kNotRun)});
  for (const ItemResult& item : report.items) write_item(xml, item);
  xml.end();
  xml.close();
  return out;
}

FourNatureReport read_four_nature(std::string_view xml, const std::string& subject) {
  const auto& schemas = XmlSchemaSet::embedded_set({"four-nature.xsd"});
  const XmlElement root = read_xml_tree(xml, subject, &schemas);
  FourNatureReport report;
  report.standard = root.value_of("standard");
  report.phase = phase_of_code(root.value_of("phase")).value_or(Phase::kArchiving);
  report.phase_name = root.value_of("phaseName");
  report.subject = root.value_of("subject");
  report.made = root.value_of("made");
  report.program = root.value_of("program");
  for (const XmlElement& element : root.children) {
    report.items.push_back(read_item(element, subject));
  }
  check_count(root, report, ItemState::kPassed, "passed", subject);
  check_count(root, report, ItemState::kFailed, "failed", subject);
  check_count(root, report, ItemState::kNotRun, "notRun", subject);
  return report;
}

}  // namespace anjuan::rules
