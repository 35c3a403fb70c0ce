#include "core/error.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "preservation/rules/check_report.h"

namespace anjuan::rules {

namespace {

ReportedResult result_of(const XmlElement& element) {
  ReportedResult result;
  result.rule = element.value_of("rule");
  result.article = element.value_of("article");
  result.severity = element.value_of("severity");
  result.object = element.value_of("object");
  result.object_name = element.value_of("objectName");
  result.result = element.value_of("result");
  result.basis_of_fact = element.value_of("basisOfFact");
  result.is_stated = element.value_of("stated") == "true";
  result.message = element.text_of("message");
  return result;
}

WeakeningRecord weakening_of(const XmlElement& element) {
  return {element.value_of("rule"), element.text_of("change"), element.text_of("reason"),
          element.value_of("by"),   element.value_of("at"),    element.value_of("document")};
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
  report.verdict = root.value_of("verdict");
  report.judged = root.value_of("judged");
  for (const XmlElement& element : root.children) {
    if (element.name == "rules") {
      report.rules_version = element.value_of("version");
      report.rules_digest = element.value_of("digest");
    }
    if (element.name == "weakened") report.weakened.push_back(weakening_of(element));
    if (element.name == "note") report.notes.push_back(element.text);
    if (element.name == "count") ++report.rules_judged;
    if (element.name == "result") report.results.push_back(result_of(element));
  }
  return report;
}

}  // namespace anjuan::rules
