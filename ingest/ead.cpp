#include "ingest/ead.h"

#include "core/messages.h"
#include "core/xml_writer.h"

namespace anjuan::ingest {

namespace {

constexpr std::string_view kNamespace = "http://ead3.archivists.org/schema/";

/// An EAD element that must not be empty: what is not declared is said in words.
std::string or_untitled(const std::string& text) {
  return text.empty() ? say_in(Language::kChinese, "ingest.not_described") : text;
}

void write_control(XmlWriter& xml, const CaseFile& declared, const EadFacts& facts) {
  xml.start("control");
  xml.attribute("countryencoding", "iso3166-1");
  xml.attribute("dateencoding", "iso8601");
  xml.attribute("langencoding", "iso639-2b");
  xml.element("recordid", facts.record_id);
  xml.start("filedesc");
  xml.start("titlestmt");
  xml.element("titleproper", or_untitled(declared.title()));
  xml.end();
  xml.end();
  xml.start("maintenancestatus");
  xml.attribute("value", "new");
  xml.end();
  xml.start("maintenanceagency");
  xml.element("agencyname", or_untitled(facts.agency_name));
  xml.end();
  xml.start("maintenancehistory");
  xml.start("maintenanceevent");
  xml.start("eventtype");
  xml.attribute("value", "created");
  xml.end();
  xml.start("eventdatetime");
  xml.attribute("standarddatetime", to_text(facts.created));
  xml.end();
  xml.start("agenttype");
  xml.attribute("value", "machine");
  xml.end();
  xml.element("agent", "Anjuan " ANJUAN_VERSION);
  xml.end();
  xml.end();
  xml.end();
}

void write_date(XmlWriter& xml, const std::string& from, const std::string& to) {
  if (from.empty() && to.empty()) return;
  xml.start("unitdatestructured");
  xml.start("daterange");
  if (!from.empty()) xml.element("fromdate", from);
  if (!to.empty()) xml.element("todate", to);
  xml.end();
  xml.end();
}

void write_case_did(XmlWriter& xml, const CaseFile& declared, const EadFacts& facts) {
  xml.start("did");
  if (!facts.archival_code.empty()) xml.element("unitid", facts.archival_code);
  xml.element("unitid", or_untitled(declared.case_no()));
  xml.element("unittitle", or_untitled(declared.title()));
  write_date(xml, declared.text("filed_at"), declared.closed_at());
  if (!declared.agency().empty()) {
    xml.start("origination");
    xml.start("corpname");
    xml.element("part", declared.agency());
    xml.end();
    xml.end();
  }
  xml.element("physdesc", say_in(Language::kChinese, "ingest.ead_extent",
                                 {{"documents", std::to_string(declared.documents().size())},
                                  {"recordings", std::to_string(declared.recordings().size())}}));
  xml.end();
}

void write_document(XmlWriter& xml, const CaseDocument& document) {
  xml.start("c");
  xml.attribute("level", "item");
  xml.start("did");
  if (!document.doc_no.empty()) xml.element("unitid", document.doc_no);
  xml.element("unittitle", or_untitled(document.title));
  if (!document.date.empty()) {
    xml.start("unitdatestructured");
    xml.element("datesingle", document.date);
    xml.end();
  }
  xml.end();
  xml.end();
}

}  // namespace

std::string write_ead(const CaseFile& declared, const EadFacts& facts) {
  std::string out;
  XmlWriter xml([&out](std::string_view bytes) { out += bytes; });
  xml.start("ead");
  xml.attribute("xmlns", kNamespace);
  write_control(xml, declared, facts);
  xml.start("archdesc");
  xml.attribute("level", "file");
  write_case_did(xml, declared, facts);
  if (!declared.documents().empty()) {
    xml.start("dsc");
    for (const CaseDocument& document : declared.documents()) write_document(xml, document);
    xml.end();
  }
  xml.end();
  xml.end();
  xml.close();
  return out;
}

}  // namespace anjuan::ingest
