#include "packager/mets_reader.h"

#include <charconv>

#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"
#include "core/xml_reader.h"
#include "packager/package_layout.h"

namespace anjuan::packager {

namespace {

using EachFile = std::function<void(const MetsGroup&, MetsFile)>;

class MetsHandler final : public XmlHandler {
 public:
  MetsHandler(const std::string& subject, const EachFile& each_file)
      : subject_(subject), each_file_(each_file) {}

  void start(std::string_view namespace_uri, std::string_view name,
             const std::vector<XmlAttribute>& attributes, Place place) override {
    if (namespace_uri != kMetsNamespace) return;
    attributes_ = &attributes;
    place_ = place;
    text_.clear();
    if (name == "mets") {
      begin_document();
    } else if (name == "metsHdr") {
      begin_header();
    } else if (name == "agent") {
      begin_agent();
    } else if (name == "note") {
      document_.agents.back().note_type = text_of("NOTETYPE", kCsipNamespace);
    } else if (name == "altRecordID") {
      document_.alternative_ids.emplace_back(text_of("TYPE"), "");
    } else if (name == "fileGrp") {
      begin_group();
    } else if (name == "file") {
      begin_file();
    } else if (name == "FLocat") {
      file_.path = from_href(needed("href", kXlinkNamespace));
    } else if (name == "mdRef") {
      reference();
    } else {
      begin_section(name);
    }
  }

  void text(std::string_view characters) override { text_ += characters; }

  void end(std::string_view namespace_uri, std::string_view name) override {
    if (namespace_uri != kMetsNamespace) return;
    if (name == "name" && !document_.agents.empty()) document_.agents.back().name = text_;
    if (name == "note" && !document_.agents.empty()) document_.agents.back().note = text_;
    if (name == "altRecordID") document_.alternative_ids.back().second = text_;
    if (name == "file") end_file();
  }

  MetsDocument take() {
    if (document_.objid.empty()) fail("OBJID");
    return std::move(document_);
  }

 private:
  [[noreturn]] void fail(std::string_view what) const {
    throw Error(ErrorCode::kCorrupt, subject_,
                say("packager.mets_damaged", {{"path", subject_},
                                              {"line", std::to_string(place_.line)},
                                              {"place", std::string(what)}}));
  }

  std::string text_of(std::string_view name, std::string_view namespace_uri = {}) const {
    for (const auto& each : *attributes_) {
      if (each.name == name && each.namespace_uri == namespace_uri) return each.value;
    }
    return "";
  }

  std::string needed(std::string_view name, std::string_view namespace_uri = {}) const {
    auto value = text_of(name, namespace_uri);
    if (value.empty()) fail(name);
    return value;
  }

  void begin_document() {
    document_.objid = needed("OBJID");
    document_.label = text_of("LABEL");
    document_.profile = needed("PROFILE");
  }

  void begin_header() {
    document_.created = needed("CREATEDATE");
    document_.modified = text_of("LASTMODDATE");
    document_.status = text_of("RECORDSTATUS");
  }

  void begin_agent() {
    MetsAgent agent;
    agent.role = needed("ROLE");
    agent.other_role = text_of("OTHERROLE");
    agent.type = needed("TYPE");
    agent.other_type = text_of("OTHERTYPE");
    document_.agents.push_back(std::move(agent));
  }

  void begin_section(std::string_view name) {
    MetsSection section;
    if (name == "dmdSec") {
      section.kind = MetsSection::Kind::kDescriptive;
    } else if (name == "digiprovMD") {
      section.kind = MetsSection::Kind::kProvenance;
    } else if (name == "rightsMD") {
      section.kind = MetsSection::Kind::kRights;
    } else {
      return;
    }
    section.id = needed("ID");
    section.created = needed("CREATED");
    section.current = needed("STATUS") == "CURRENT";
    document_.sections.push_back(std::move(section));
  }

  void reference() {
    if (document_.sections.empty()) fail("mdRef");
    auto& section = document_.sections.back();
    section.mdtype = needed("MDTYPE");
    section.other_mdtype = text_of("OTHERMDTYPE");
    section.mdtype_version = text_of("MDTYPEVERSION");
    section.file = file_attributes();
    section.file.path = from_href(needed("href", kXlinkNamespace));
  }

  void begin_group() {
    MetsGroup group;
    group.id = needed("ID");
    group.use = needed("USE");
    group.content_type = text_of("OTHERCONTENTINFORMATIONTYPE", kCsipNamespace);
    document_.groups.push_back(std::move(group));
  }

  void begin_file() {
    if (document_.groups.empty()) fail("file");
    file_ = file_attributes();
    file_.id = needed("ID");
  }

  void end_file() {
    if (file_.path.empty()) fail("FLocat");
    auto& group = document_.groups.back();
    if (each_file_) {
      each_file_(group, std::move(file_));
    } else {
      group.files.push_back(std::move(file_));
    }
    file_ = {};
  }

  MetsFile file_attributes() const {
    MetsFile file;
    file.mime = needed("MIMETYPE");
    file.created = needed("CREATED");
    file.sha512 = needed("CHECKSUM");
    if (needed("CHECKSUMTYPE") != "SHA-512") fail("CHECKSUMTYPE");
    const auto size = needed("SIZE");
    const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), file.bytes);
    if (error != std::errc() || end != size.data() + size.size()) fail("SIZE");
    return file;
  }

  const std::string& subject_;
  const EachFile& each_file_;
  MetsDocument document_;
  MetsFile file_;
  std::string text_;
  const std::vector<XmlAttribute>* attributes_ = nullptr;
  Place place_;
};

}  // namespace

MetsDocument read_mets(const std::filesystem::path& path, const std::string& subject,
                       const EachFile& each_file) {
  MetsHandler handler(subject, each_file);
  try {
    parse_xml(path, subject, handler);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kInvalid) throw;
    throw Error(ErrorCode::kCorrupt, subject, error.what());
  }
  return handler.take();
}

}  // namespace anjuan::packager
