#include "tests/support/law.h"

#include "core/xml_writer.h"

namespace anjuan::test {

std::string StatementParts::xml() const {
  std::string out;
  XmlWriter xml([&out](std::string_view bytes) { out += bytes; });
  xml.start("defects");
  xml.attribute("xmlns", "urn:anjuan:defects:1");
  xml.element("caseNo", case_no);
  for (const auto& defect : defects) {
    xml.start("defect");
    xml.attribute("rule", defect.rule);
    xml.attribute("object", defect.object);
    xml.attribute("curable", defect.curable == rules::Curable::kYes ? "true" : "false");
    xml.element("reason", defect.reason);
    xml.end();
  }
  for (const auto& signature : signatures) {
    xml.start("signature");
    xml.attribute("role", rules::signer_word(signature.role));
    xml.attribute("name", signature.name);
    xml.attribute("office", signature.office);
    xml.attribute("date", signature.date);
    xml.end();
  }
  if (!scan.empty()) {
    xml.start("scan");
    xml.attribute("file", scan);
    xml.attribute("sha512", scan_sha512);
    xml.end();
  }
  xml.end();
  xml.close();
  return out;
}

StatementParts statement_of(const CaseFile& declared, const rules::Judgement& judgement) {
  StatementParts parts;
  parts.case_no = declared.case_no();
  for (const Finding& finding : judgement.findings()) {
    if (finding.result != CheckResult::kFailed || finding.severity > Severity::kError) continue;
    parts.defects.push_back(
        {finding.code, finding.where, "", "原件已无法补制", rules::Curable::kNo, ""});
  }
  return parts;
}

}  // namespace anjuan::test
