#include "core/error.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "preservation/rules/check_report.h"

namespace anjuan::rules {

namespace {

std::string attribute(const XmlElement& element, std::string_view name) {
  const std::string* value = element.attribute(name);
  return value != nullptr ? *value : "";
}

std::string child_text(const XmlElement& element, std::string_view name) {
  const XmlElement* child = element.child(name);
  return child != nullptr ? child->text : "";
}

ReportedResult result_of(const XmlElement& element) {
  ReportedResult result;
  result.rule = attribute(element, "rule");
  result.article = attribute(element, "article");
  result.severity = attribute(element, "severity");
  result.object = attribute(element, "object");
  result.object_name = attribute(element, "objectName");
  result.result = attribute(element, "result");
  result.basis_of_fact = attribute(element, "basisOfFact");
  result.is_stated = attribute(element, "stated") == "true";
  result.message = child_text(element, "message");
  return result;
}

WeakeningRecord weakening_of(const XmlElement& element) {
  return {attribute(element, "rule"),    child_text(element, "change"),
          child_text(element, "reason"), attribute(element, "by"),
          attribute(element, "at"),      attribute(element, "document")};
}

}  // namespace

CheckReport read_check_report(std::string_view xml, const std::string& subject) {
  Findings findings;
  const auto& schemas = XmlSchemaSet::embedded_set({"checks.xsd"});
  const XmlElement root = read_xml_tree(xml, subject, &schemas, &findings);
  if (!findings.empty()) {
    throw Error(
        ErrorCode::kCorrupt, subject,
        say("checks.bad_report", {{"path", subject}, {"reason", findings.front().message}}));
  }
  CheckReport report;
  report.verdict = attribute(root, "verdict");
  report.judged = attribute(root, "judged");
  for (const XmlElement& element : root.children) {
    if (element.name == "rules") {
      report.rules_version = attribute(element, "version");
      report.rules_digest = attribute(element, "digest");
    }
    if (element.name == "weakened") report.weakened.push_back(weakening_of(element));
    if (element.name == "note") report.notes.push_back(element.text);
    if (element.name == "count") ++report.rules_judged;
    if (element.name == "result") report.results.push_back(result_of(element));
  }
  return report;
}

}  // namespace anjuan::rules
