#include "packager/premis_writer.h"

#include "core/messages.h"
#include "core/text.h"
#include "packager/package_layout.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kUuid = "urn:uuid";
constexpr std::string_view kLocal = "local";

/// The Chinese sentence, and the English one in brackets.
std::string in_both(std::string_view id) {
  return fmt::format("{} ({})", say_in(Language::kChinese, id), say_in(Language::kEnglish, id));
}

std::string urn(std::string_view uuid) { return fmt::format("urn:uuid:{}", uuid); }

}  // namespace

PremisWriter::PremisWriter(const std::filesystem::path& target)
    : file_(target.string()), xml_(file_.sink()) {
  xml_.start("premis");
  xml_.attribute("xmlns", kPremisNamespace);
  xml_.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
  xml_.attribute("version", "3.0");
}

void PremisWriter::package(const PackageDraft& draft) {
  begin_object("intellectualEntity", draft.id.uuid());
  identifier("objectIdentifier", "case number", xml_text(draft.case_no));
  free_text("originalName", draft.title);
  xml_.end();
}

void PremisWriter::representation(const std::string& id, const std::string& name,
                                  const std::string& package) {
  begin_object("representation", id);
  xml_.element("originalName", name);
  location(representation_folder(name));
  xml_.start("relationship");
  xml_.element("relationshipType", "structural");
  xml_.element("relationshipSubType", "represents");
  identifier("relatedObjectIdentifier", kUuid, urn(package));
  xml_.end();
  xml_.end();
}

void PremisWriter::file(const PremisFile& file) {
  begin_object("file", file.id);
  xml_.start("objectCharacteristics");
  fixity("SHA-512", file.digests.sha512);
  if (!file.digests.sm3.empty()) fixity("SM3", file.digests.sm3);
  xml_.element("size", std::to_string(file.digests.bytes));
  format(file);
  for (const auto& each : file.characteristics) {
    xml_.start("objectCharacteristicsExtension");
    xml_.embed(each);
    xml_.end();
  }
  xml_.end();
  xml_.element("originalName", xml_name(file.original_name));
  if (!file.location.empty()) location(file.location);
  if (!file.part_of.empty()) part_of(file.part_of);
  if (!file.source.empty()) derived(file);
  xml_.end();
}

void PremisWriter::event(const PremisEvent& event) {
  const auto& draft = *event.event;
  xml_.start("event");
  identifier("eventIdentifier", kUuid, urn(event.id));
  xml_.element("eventType", xml_text(draft.type));
  xml_.element("eventDateTime", to_text_ms(draft.time));
  if (!draft.detail.empty()) {
    xml_.start("eventDetailInformation");
    free_text("eventDetail", draft.detail);
    xml_.end();
  }
  xml_.start("eventOutcomeInformation");
  free_text("eventOutcome", draft.outcome);
  if (!draft.outcome_note.empty()) {
    xml_.start("eventOutcomeDetail");
    free_text("eventOutcomeDetailNote", draft.outcome_note);
    xml_.end();
  }
  xml_.end();
  for (const auto& [id, role] : draft.agents) {
    xml_.start("linkingAgentIdentifier");
    xml_.element("linkingAgentIdentifierType", kLocal);
    free_text("linkingAgentIdentifierValue", id);
    if (!role.empty()) free_text("linkingAgentRole", role);
    xml_.end();
  }
  for (const auto& id : event.objects) identifier("linkingObjectIdentifier", kUuid, urn(id));
  xml_.end();
}

void PremisWriter::agent(const DraftAgent& agent) {
  xml_.start("agent");
  identifier("agentIdentifier", kLocal, xml_text(agent.id));
  free_text("agentName", agent.name);
  xml_.element("agentType", agent.type);
  if (!agent.version.empty()) free_text("agentVersion", agent.version);
  xml_.end();
}

void PremisWriter::rights(const DraftRights& rights, const PackageId& package, int version) {
  xml_.start("rights");
  xml_.start("rightsStatement");
  identifier("rightsStatementIdentifier", kUuid,
             urn(object_uuid(package, fmt::format("rights/v{}", version))));
  xml_.element("rightsBasis", "statute");
  statute(rights);
  xml_.start("rightsGranted");
  xml_.element("act", "disseminate");
  free_text("restriction", rights.restriction.empty() ? in_both("packager.no_restriction_decided")
                                                      : rights.restriction);
  xml_.end();
  identifier("linkingObjectIdentifier", kUuid, package.urn());
  xml_.end();
  xml_.end();
}

void PremisWriter::statute(const DraftRights& rights) {
  xml_.start("statuteInformation");
  xml_.element("statuteJurisdiction", "CN");
  free_text("statuteCitation", rights.statute);
  free_text("statuteNote", "密级 (security class): " + (rights.security_class.empty()
                                                            ? in_both("packager.class_not_stated")
                                                            : rights.security_class));
  xml_.end();
}

Digests PremisWriter::close() {
  xml_.end();
  xml_.close();
  return file_.close();
}

void PremisWriter::begin_object(std::string_view type, const std::string& id) {
  xml_.start("object");
  xml_.attribute("xsi:type", type);
  identifier("objectIdentifier", kUuid, urn(id));
}

void PremisWriter::identifier(std::string_view element, std::string_view type,
                              std::string_view value) {
  xml_.start(element);
  xml_.element(fmt::format("{}Type", element), type);
  xml_.element(fmt::format("{}Value", element), value);
  xml_.end();
}

void PremisWriter::part_of(const std::string& id) {
  xml_.start("relationship");
  xml_.element("relationshipType", "structural");
  xml_.element("relationshipSubType", "is part of");
  identifier("relatedObjectIdentifier", kUuid, urn(id));
  xml_.end();
}

void PremisWriter::derived(const PremisFile& file) {
  xml_.start("relationship");
  xml_.element("relationshipType", "derivation");
  xml_.element("relationshipSubType", "has source");
  identifier("relatedObjectIdentifier", kUuid, urn(file.source));
  if (!file.derivation.empty()) {
    identifier("relatedEventIdentifier", kUuid, urn(file.derivation));
  }
  xml_.end();
}

void PremisWriter::fixity(std::string_view algorithm, const std::string& digest) {
  xml_.start("fixity");
  xml_.element("messageDigestAlgorithm", algorithm);
  xml_.element("messageDigest", digest);
  xml_.end();
}

void PremisWriter::format(const PremisFile& file) {
  xml_.start("format");
  xml_.start("formatDesignation");
  xml_.element("formatName", file.mime);
  xml_.end();
  if (file.puid.empty()) {
    xml_.element("formatNote", "not identified 未识别");
  } else {
    xml_.start("formatRegistry");
    const bool is_local = file.puid.starts_with("local/");
    xml_.element("formatRegistryName", is_local ? "Anjuan" : "PRONOM");
    xml_.element("formatRegistryKey", file.puid);
    xml_.element("formatRegistryRole", "specification");
    xml_.end();
  }
  xml_.end();
}

void PremisWriter::location(const std::string& path) {
  xml_.start("storage");
  xml_.start("contentLocation");
  xml_.element("contentLocationType", "URI relative to the package folder");
  xml_.element("contentLocationValue", to_href(path));
  xml_.end();
  xml_.end();
}

void PremisWriter::free_text(std::string_view element, std::string_view value) {
  xml_.element(element, xml_text(value));
}

}  // namespace anjuan::packager
