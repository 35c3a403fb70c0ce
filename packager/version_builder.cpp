#include "packager/version_builder.h"

#include <set>

#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"
#include "packager/mets_reader.h"
#include "packager/mets_writer.h"
#include "packager/package_check.h"
#include "packager/package_layout.h"
#include "packager/package_readme.h"
#include "packager/representation_files.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kPackageMets = "METS.xml";
constexpr std::string_view kXml = "application/xml";
constexpr std::string_view kXmlPuid = "fmt/101";  // PRONOM: Extensible Markup Language 1.0

MetsFile mets_file(const std::string& path, const Digests& digests, std::string_view mime,
                   const std::string& created) {
  return {"", path, std::string(mime), created, digests.sha512, digests.bytes};
}

MetsAgent archivist(const Actor& actor) {
  const std::string code = xml_text(actor.id);
  const std::string name = xml_text(actor.name.empty() ? actor.id : actor.name);
  switch (actor.kind) {
    case ActorKind::kPerson:
      return {"ARCHIVIST", "", "INDIVIDUAL", "", name, code, "IDENTIFICATIONCODE"};
    case ActorKind::kOrganisation:
      return {"ARCHIVIST", "", "ORGANIZATION", "", name, code, "IDENTIFICATIONCODE"};
    case ActorKind::kSoftware:
      return {"ARCHIVIST", "", "OTHER", "SOFTWARE", name, code, "IDENTIFICATIONCODE"};
  }
  throw Error(ErrorCode::kInternal, actor.id, "actor of unknown kind");
}

std::string_view premis_type(ActorKind kind) {
  switch (kind) {
    case ActorKind::kPerson:
      return "person";
    case ActorKind::kOrganisation:
      return "organization";
    case ActorKind::kSoftware:
      return "software";
  }
  throw Error(ErrorCode::kInternal, "actor", "actor of unknown kind");
}

/// True for the schemas of documents that packages hold. An EEP is an export, never a part of one;
/// an adoption record stands in foreign packages alone, what tells of recordings where there are
/// some.
bool explains(std::string_view schema, const PackageDraft& draft) {
  constexpr std::array kSometimes = {"xml/adoption.xsd", "xml/continuity.xsd", "xml/recording.xsd"};
  if (!schema.ends_with(".xsd") || schema == "xml/eep.xsd") return false;
  if (std::find(kSometimes.begin(), kSometimes.end(), schema) == kSometimes.end()) return true;
  const auto stem = schema.substr(4, schema.size() - 8);
  return std::any_of(draft.metadata.begin(), draft.metadata.end(),
                     [stem](const DraftMetadata& each) { return each.name.starts_with(stem); });
}

}  // namespace

VersionBuilder::VersionBuilder(const PackageDraft& draft, const BuildOptions& options,
                               VersionStage& stage, MetsDocument previous)
    : draft_(draft), options_(options), stage_(stage), mets_(std::move(previous)) {}

Package VersionBuilder::build() {
  header();
  constants();
  link_files();
  for (const auto& each : draft_.representations) representation(each);
  descriptions();
  provenance();
  const auto target = stage_.open(std::string(kPackageMets));
  const auto digests = write_package_mets(target, mets_);
  stage_.record(std::string(kPackageMets), digests.sha512);
  Package package{draft_.id,      stage_.version(), {},          {}, digests.sha512, 0, 0,
                  draft_.verdict, draft_.case_no,   draft_.title};
  package.inventory_digest = stage_.finish(draft_);
  const auto sum = balance(stage_);
  package.files = sum.files;
  package.bytes = sum.bytes;
  return package;
}

void VersionBuilder::header() {
  const bool first = mets_.objid.empty();
  mets_.objid = draft_.id.objid();
  mets_.label = xml_text(fmt::format("{} ({})", draft_.title, draft_.case_no));
  mets_.profile = options_.aip_profile;
  if (first) {
    mets_.created = now();
  } else {
    mets_.modified = now();
  }
  mets_.status = verdict_text(draft_.verdict);
  mets_.agents = {
      {"CREATOR", "", "OTHER", "SOFTWARE", "Anjuan (案卷)", ANJUAN_VERSION, "SOFTWARE VERSION"},
      archivist(responsible_actor(draft_))};
  if (!draft_.creator.empty()) {
    mets_.agents.push_back(
        {"OTHER", "RECORDS CREATOR", "ORGANIZATION", "", xml_text(draft_.creator), "", ""});
  }
  mets_.alternative_ids = {{"URN", draft_.id.urn()}, {"CASENUMBER", xml_text(draft_.case_no)}};
}

/// Before any document is written: a file may name its source in another representation.
void VersionBuilder::link_files() {
  for (const auto& draft : draft_.representations) {
    const auto folder = representation_folder(draft.name) + "data/";
    for (const auto& file : draft.files) stage_.link_in(file, folder + file.path);
  }
}

void VersionBuilder::representation(const DraftRepresentation& draft) {
  if (draft.files.empty()) return;
  const auto folder = representation_folder(draft.name);
  const auto path = folder + "METS.xml";
  MetsDocument previous;
  std::vector<MetsFile> listed;
  if (!stage_.digest(path).empty()) {
    previous = read_mets(stage_.bytes_of(path), path, [&](const MetsGroup&, MetsFile file) {
      listed.push_back(std::move(file));
    });
  }
  const auto document = representation_document(draft, std::move(previous));
  RepresentationFiles files(draft_.id, draft, std::move(listed));
  const auto target = stage_.open(path);
  const auto digests =
      write_representation_mets(target, document, [&](MetsFile& file) { return files.next(file); });
  stage_.record(path, digests.sha512);
  auto entry = mets_file(path, digests, kXml, now());
  entry.id = "ID-" + object_uuid(draft_.id, path, digests.sha512);
  group("Representations/" + draft.name, "administrative case file").files = {entry};
}

MetsDocument VersionBuilder::representation_document(const DraftRepresentation& draft,
                                                     MetsDocument previous) {
  MetsDocument document = std::move(previous);
  document.objid = draft.name;
  document.label = mets_.label;
  document.profile = mets_.profile;
  if (document.created.empty()) {
    document.created = now();
  } else {
    document.modified = now();
  }
  document.agents = mets_.agents;
  document.sections.push_back(representation_premis(draft, document.sections.size() + 1));
  return document;
}

MetsSection VersionBuilder::representation_premis(const DraftRepresentation& draft,
                                                  std::size_t number) {
  const auto folder = representation_folder(draft.name);
  const auto name = "metadata/preservation/" + premis_name(stage_.version());
  const auto id = object_uuid(draft_.id, "representations/" + draft.name);
  PremisWriter premis(stage_.open(folder + name));
  premis.representation(id, draft.name, draft_.id.uuid());
  for (const auto& file : draft.files) premis.file(premis_file(draft, file));
  const auto digests = premis.close();
  stage_.record(folder + name, digests.sha512);
  auto section = this->section(MetsSection::Kind::kProvenance, name, digests);
  section.id = fmt::format("ID-{}-provenance-{:04}", draft.name, number);
  return section;
}

PremisFile VersionBuilder::premis_file(const DraftRepresentation& draft,
                                       const DraftFile& file) const {
  const auto path = representation_folder(draft.name) + "data/" + file.path;
  PremisFile described{object_id(path),
                       file.digests,
                       file.mime,
                       file.puid,
                       file.path,
                       path,
                       object_uuid(draft_.id, "representations/" + draft.name),
                       file.characteristics};
  if (file.derived_from.empty()) return described;
  described.source = object_id(file.derived_from);
  described.derivation = derivation_of(path, file.derived_from);
  return described;
}

/// The event of this version that made the file from its source: it names both.
std::string VersionBuilder::derivation_of(const std::string& path,
                                          const std::string& source) const {
  for (std::size_t i = 0; i < draft_.events.size(); ++i) {
    const auto& event = draft_.events[i];
    const auto names = [&](const std::string& object) {
      return std::find(event.objects.begin(), event.objects.end(), object) != event.objects.end();
    };
    const bool derives = event.type == "normalization" || event.type == "migration";
    if (derives && names(path) && names(source)) return event_id(i);
  }
  return "";
}

void VersionBuilder::descriptions() {
  for (const auto& each : draft_.metadata) description(each);
}

void VersionBuilder::description(const DraftMetadata& draft) {
  const bool descriptive = draft.kind == DraftMetadata::Kind::kDescriptive;
  const std::string folder = descriptive ? "metadata/descriptive/" : "metadata/other/";
  const auto path = folder + draft.name;
  const auto digests = digest_bytes(draft.bytes);
  for (auto& section : mets_.sections) {
    if (section.file.path != path) continue;
    if (section.file.sha512 == digests.sha512) return;
    const auto aside = fmt::format("{}superseded/v{}/{}", folder, stage_.version() - 1, draft.name);
    stage_.rename(path, aside);
    section.file.path = aside;
    section.current = false;
  }
  stage_.write(path, draft.bytes);
  auto section =
      this->section(descriptive ? MetsSection::Kind::kDescriptive : MetsSection::Kind::kProvenance,
                    path, digests);
  section.mdtype = draft.mdtype;
  section.other_mdtype = draft.othermdtype;
  section.mdtype_version.clear();
  section.file.mime = draft.mime;
  mets_.sections.push_back(std::move(section));
}

void VersionBuilder::constants() {
  auto& documentation = group("Documentation", "documentation");
  constant("documentation/README.txt",
           package_readme({draft_.id, draft_.title, draft_.case_no, draft_.creator, mets_.created}),
           "text/plain", documentation);
  auto& schemas = group("Schemas", "XML schemas");
  for (const auto path : embedded_paths("xml/")) {
    if (!explains(path, draft_)) continue;
    constant("schemas/" + std::string(path.substr(4)), embedded(path), kXml, schemas);
  }
}

void VersionBuilder::constant(const std::string& path, std::string_view bytes,
                              std::string_view mime, MetsGroup& group) {
  const auto digests = digest_bytes(bytes);
  const auto found = std::find_if(group.files.begin(), group.files.end(),
                                  [&](const MetsFile& file) { return file.path == path; });
  if (found != group.files.end()) {
    if (found->sha512 == digests.sha512) return;
    group.files.erase(found);
  }
  stage_.write(path, bytes);
  auto file = mets_file(path, digests, mime, now());
  file.id = "ID-" + object_uuid(draft_.id, path, digests.sha512);
  group.files.push_back(std::move(file));
}

DraftRights VersionBuilder::rights() const { return draft_.rights.value_or(DraftRights{}); }

/// A first version always states its rights; a later one only new ones.
bool VersionBuilder::states_rights() const {
  return stage_.version() == 1 || draft_.rights.has_value();
}

void VersionBuilder::provenance() {
  const auto path = "metadata/preservation/" + premis_name(stage_.version());
  PremisWriter premis(stage_.open(path));
  premis.package(draft_);
  for (const auto& each : draft_.metadata) {
    const bool descriptive = each.kind == DraftMetadata::Kind::kDescriptive;
    const auto place = (descriptive ? "metadata/descriptive/" : "metadata/other/") + each.name;
    premis.file({object_id(place), digest_bytes(each.bytes), each.mime,
                 std::string(each.mime == kXml ? kXmlPuid : ""), each.name, place,
                 draft_.id.uuid()});
  }
  events(premis);
  for (const auto& each : agents()) premis.agent(each);
  if (states_rights()) premis.rights(rights(), draft_.id, stage_.version());
  const auto digests = premis.close();
  stage_.record(path, digests.sha512);
  mets_.sections.push_back(section(MetsSection::Kind::kProvenance, path, digests));
  if (!states_rights()) return;
  for (auto& each : mets_.sections) {
    if (each.kind == MetsSection::Kind::kRights) each.current = false;
  }
  mets_.sections.push_back(section(MetsSection::Kind::kRights, path, digests));
}

void VersionBuilder::events(PremisWriter& premis) const {
  std::set<std::string> known;
  for (const auto& each : agents()) known.insert(each.id);
  for (std::size_t i = 0; i < draft_.events.size(); ++i) {
    const auto& event = draft_.events[i];
    if (event.agents.empty()) {
      throw Error(ErrorCode::kInternal, event.type,
                  say("packager.event_without_agent", {{"event", event.type}}));
    }
    for (const auto& [agent, role] : event.agents) {
      if (known.contains(agent)) continue;
      throw Error(ErrorCode::kInternal, agent,
                  say("packager.unknown_agent", {{"event", event.type}, {"agent", agent}}));
    }
    PremisEvent out{event_id(i), &event, {}};
    for (const auto& path : event.objects) out.objects.push_back(object_id(path));
    if (out.objects.empty()) out.objects.push_back(draft_.id.uuid());
    premis.event(out);
  }
}

MetsGroup& VersionBuilder::group(const std::string& use, const std::string& content_type) {
  for (auto& each : mets_.groups) {
    if (each.use == use) return each;
  }
  std::string id = "ID-package-group-" + use;
  std::replace(id.begin(), id.end(), '/', '-');
  return mets_.groups.emplace_back(MetsGroup{id, use, content_type, {}});
}

MetsSection VersionBuilder::section(MetsSection::Kind kind, const std::string& path,
                                    const Digests& digests) {
  MetsSection section;
  section.kind = kind;
  section.id = next_section_id(kind);
  section.created = now();
  section.mdtype = "PREMIS";
  section.mdtype_version = "3.0";
  section.file = mets_file(path, digests, kXml, now());
  return section;
}

std::string VersionBuilder::next_section_id(MetsSection::Kind kind) const {
  std::size_t count = 1;
  for (const auto& each : mets_.sections) count += each.kind == kind ? 1U : 0U;
  constexpr std::array kNames = {"description", "provenance", "rights"};
  return fmt::format("ID-package-{}-{:04}", kNames.at(static_cast<std::size_t>(kind)), count);
}

std::vector<DraftAgent> VersionBuilder::agents() const {
  std::vector<DraftAgent> agents = draft_.agents;
  const auto add = [&](const DraftAgent& agent) {
    const auto same = [&](const DraftAgent& each) { return each.id == agent.id; };
    if (std::none_of(agents.begin(), agents.end(), same)) agents.push_back(agent);
  };
  add({Actor::program().id, "Anjuan (案卷)", "software", ANJUAN_VERSION});
  const auto actor = responsible_actor(draft_);
  add({actor.id, actor.name.empty() ? actor.id : actor.name, std::string(premis_type(actor.kind)),
       ""});
  return agents;
}

std::string VersionBuilder::event_id(std::size_t index) const {
  return object_uuid(draft_.id, fmt::format("event/v{}/{}", stage_.version(), index + 1));
}

std::string VersionBuilder::object_id(const std::string& path) const {
  if (const auto digest = stage_.digest(path); !digest.empty()) {
    return object_uuid(draft_.id, path, digest);
  }
  const auto folder = path + "/METS.xml";
  if (path.starts_with("representations/") && !stage_.digest(folder).empty()) {
    return object_uuid(draft_.id, path);
  }
  throw Error(ErrorCode::kInternal, path, say("packager.unknown_object", {{"path", path}}));
}

}  // namespace anjuan::packager
