#include "packager/mets_writer.h"

#include "core/text.h"
#include "core/xml_writer.h"
#include "packager/package_layout.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kRepresentations = "Representations";

class MetsWriter {
 public:
  /// `prefix` begins every ID that the writer makes up.
  MetsWriter(XmlWriter& xml, const MetsDocument& document, std::string prefix)
      : xml_(xml), document_(document), prefix_(std::move(prefix)) {}

  void head() {
    xml_.start("mets");
    xml_.attribute("xmlns", kMetsNamespace);
    xml_.attribute("xmlns:csip", kCsipNamespace);
    xml_.attribute("xmlns:xlink", kXlinkNamespace);
    xml_.attribute("OBJID", document_.objid);
    if (!document_.label.empty()) xml_.attribute("LABEL", document_.label);
    xml_.attribute("TYPE", "Mixed");
    xml_.attribute("PROFILE", document_.profile);
    xml_.attribute("csip:CONTENTINFORMATIONTYPE", "MIXED");
    header();
    descriptive();
    administrative();
  }

  void begin_files() {
    xml_.start("fileSec");
    xml_.attribute("ID", prefix_ + "-files");
  }

  void begin_group(const MetsGroup& group) {
    xml_.start("fileGrp");
    xml_.attribute("ID", group.id);
    xml_.attribute("USE", group.use);
    // Not MIXED: validators want OTHER with a word on every group (docs/formats/mets.md).
    xml_.attribute("csip:CONTENTINFORMATIONTYPE", "OTHER");
    xml_.attribute("csip:OTHERCONTENTINFORMATIONTYPE", group.content_type);
  }

  void file(const MetsFile& file) {
    xml_.start("file");
    xml_.attribute("ID", file.id);
    file_attributes(file);
    xml_.start("FLocat");
    location(file.path);
    xml_.end();
    xml_.end();
  }

  void end() { xml_.end(); }

  void begin_map() {
    xml_.start("structMap");
    xml_.attribute("ID", prefix_ + "-map");
    xml_.attribute("TYPE", "PHYSICAL");
    xml_.attribute("LABEL", "CSIP");
    begin_division("package", document_.objid);
    begin_division("metadata", "Metadata");
    section_list("ADMID", false);
    section_list("DMDID", true);
    xml_.end();
  }

  void division(std::string_view id, std::string_view label, const std::vector<std::string>& ids) {
    begin_division(id, label);
    for (const auto& each : ids) file_pointer(each);
    xml_.end();
  }

  /// CSIP105-112 and AIP3: the METS of the representation by name and by file ID.
  void representation(const MetsGroup& group) {
    const auto name = group.use.substr(kRepresentations.size() + 1);
    begin_division("representation-" + name, group.use);
    xml_.start("mptr");
    location(group.files.front().path, group.id);
    xml_.end();
    file_pointer(group.files.front().id);
    xml_.end();
  }

 private:
  void header() {
    xml_.start("metsHdr");
    xml_.attribute("CREATEDATE", document_.created);
    if (!document_.modified.empty()) xml_.attribute("LASTMODDATE", document_.modified);
    if (!document_.status.empty()) xml_.attribute("RECORDSTATUS", document_.status);
    xml_.attribute("csip:OAISPACKAGETYPE", "AIP");
    for (const auto& each : document_.agents) agent(each);
    for (const auto& [type, value] : document_.alternative_ids) {
      xml_.start("altRecordID");
      xml_.attribute("TYPE", type);
      xml_.text(value);
      xml_.end();
    }
    xml_.end();
  }

  void agent(const MetsAgent& agent) {
    xml_.start("agent");
    xml_.attribute("ROLE", agent.role);
    if (!agent.other_role.empty()) xml_.attribute("OTHERROLE", agent.other_role);
    xml_.attribute("TYPE", agent.type);
    if (!agent.other_type.empty()) xml_.attribute("OTHERTYPE", agent.other_type);
    xml_.element("name", agent.name);
    if (!agent.note.empty()) {
      xml_.start("note");
      xml_.attribute("csip:NOTETYPE", agent.note_type);
      xml_.text(agent.note);
      xml_.end();
    }
    xml_.end();
  }

  void descriptive() {
    for (const auto& each : document_.sections) {
      if (each.kind == MetsSection::Kind::kDescriptive) section("dmdSec", each);
    }
  }

  void administrative() {
    xml_.start("amdSec");
    xml_.attribute("ID", prefix_ + "-amd");
    // The schema's order: rightsMD before digiprovMD.
    for (const auto& each : document_.sections) {
      if (each.kind == MetsSection::Kind::kRights) section("rightsMD", each);
    }
    for (const auto& each : document_.sections) {
      if (each.kind == MetsSection::Kind::kProvenance) section("digiprovMD", each);
    }
    xml_.end();
  }

  void section(std::string_view element, const MetsSection& section) {
    xml_.start(element);
    xml_.attribute("ID", section.id);
    xml_.attribute("CREATED", section.created);
    xml_.attribute("STATUS", section.current ? "CURRENT" : "SUPERSEDED");
    xml_.start("mdRef");
    location(section.file.path);
    xml_.attribute("MDTYPE", section.mdtype);
    if (!section.other_mdtype.empty()) xml_.attribute("OTHERMDTYPE", section.other_mdtype);
    if (!section.mdtype_version.empty()) xml_.attribute("MDTYPEVERSION", section.mdtype_version);
    file_attributes(section.file);
    xml_.end();
    xml_.end();
  }

  void file_attributes(const MetsFile& file) {
    xml_.attribute("MIMETYPE", file.mime);
    xml_.attribute("SIZE", file.bytes);
    xml_.attribute("CREATED", file.created);
    xml_.attribute("CHECKSUM", file.sha512);
    xml_.attribute("CHECKSUMTYPE", "SHA-512");
  }

  void location(std::string_view path, std::string_view title = {}) {
    xml_.attribute("LOCTYPE", "URL");
    xml_.attribute("xlink:type", "simple");
    xml_.attribute("xlink:href", to_href(path));
    if (!title.empty()) xml_.attribute("xlink:title", title);
  }

  void begin_division(std::string_view id, std::string_view label) {
    xml_.start("div");
    xml_.attribute("ID", fmt::format("{}-div-{}", prefix_, id));
    xml_.attribute("LABEL", label);
  }

  void section_list(std::string_view attribute, bool descriptive) {
    std::string ids;
    for (const auto& each : document_.sections) {
      if (!each.current || (each.kind == MetsSection::Kind::kDescriptive) != descriptive) continue;
      ids += (ids.empty() ? "" : " ") + each.id;
    }
    if (!ids.empty()) xml_.attribute(attribute, ids);
  }

  void file_pointer(std::string_view id) {
    xml_.start("fptr");
    xml_.attribute("FILEID", id);
    xml_.end();
  }

  XmlWriter& xml_;
  const MetsDocument& document_;
  std::string prefix_;
};

void package_files(MetsWriter& writer, const MetsDocument& document) {
  writer.begin_files();
  for (const auto& group : document.groups) {
    writer.begin_group(group);
    for (const auto& file : group.files) writer.file(file);
    writer.end();
  }
  writer.end();
}

bool is_representation(const MetsGroup& group) {
  return group.use.starts_with(kRepresentations) && group.use.size() > kRepresentations.size();
}

void package_map(MetsWriter& writer, const MetsDocument& document) {
  writer.begin_map();
  std::vector<std::string> contents;
  for (const auto& group : document.groups) {
    if (group.use == "Documentation") writer.division("documentation", group.use, {group.id});
    if (group.use == "Schemas") writer.division("schemas", group.use, {group.id});
    if (is_representation(group)) contents.push_back(group.id);
  }
  // One validator wants this division although there are representations (docs/formats/mets.md).
  if (!contents.empty()) writer.division("representations", kRepresentations, contents);
  for (const auto& group : document.groups) {
    if (is_representation(group)) writer.representation(group);
  }
  writer.end();
  writer.end();
}

}  // namespace

Digests write_package_mets(const std::filesystem::path& target, const MetsDocument& document) {
  DigestingFile file(target.string());
  XmlWriter xml(file.sink());
  MetsWriter writer(xml, document, "ID-package");
  writer.head();
  package_files(writer, document);
  package_map(writer, document);
  writer.end();
  xml.close();
  return file.close();
}

void write_representation_mets(const std::function<void(std::string_view)>& sink,
                               const MetsDocument& document, const MetsFileSource& files) {
  XmlWriter xml(sink);
  MetsWriter writer(xml, document, "ID-" + document.objid);
  const auto group = representation_data_group(document.objid);
  writer.head();
  writer.begin_files();
  writer.begin_group(group);
  for (MetsFile file; files(file);) writer.file(file);
  writer.end();
  writer.end();
  writer.begin_map();
  // The label must lead to a folder of the representation (a validator's reading of CSIP107).
  writer.division("data", "Data", {group.id});
  writer.end();
  writer.end();
  writer.end();
  xml.close();
}

Digests write_representation_mets(const std::filesystem::path& target, const MetsDocument& document,
                                  const MetsFileSource& files) {
  DigestingFile file(target.string());
  write_representation_mets(file.sink(), document, files);
  return file.close();
}

}  // namespace anjuan::packager
