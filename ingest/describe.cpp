#include "ingest/describe.h"

#include <array>

#include "core/case/case_xml.h"
#include "core/case/description.h"
#include "core/durable.h"
#include "ingest/draft.h"
#include "ingest/ead.h"
#include "ingest/stages.h"
#include "preservation/formats/media_type.h"

namespace anjuan::ingest {

namespace {

using packager::DraftMetadata;

std::string head_of(const std::filesystem::path& path) {
  const FileHandle file = FileHandle::open_read(path);
  std::array<std::byte, preservation::kMediaTypeHeadBytes> head{};
  const std::size_t count = file.read_some(head, path.string());
  return {reinterpret_cast<const char*>(head.data()), count};
}

/// The files that the case names, by the names that it uses.
std::vector<MeasuredFile> measured_files(const GatheredCase& gathered,
                                         const IdentifiedFiles& identified) {
  std::vector<MeasuredFile> measured;
  for (const auto& [declared_path, number] : gathered.named) {
    const auto& file = identified.files.at(number);
    measured.push_back({declared_path, file.digests.bytes, file.digests.sha512, file.digests.sm3,
                        file.mime, identified.formats.at(number), file.puid});
  }
  return measured;
}

DescriptionFacts facts_of(const CaseFile& declared, const packager::PackageId& id,
                          const std::string& verdict, Instant created, const Desk& desk) {
  DescriptionFacts facts;
  facts.record_id = id.urn();
  facts.fonds_code = desk.config.archive.fonds_code;
  facts.fonds_name = desk.config.archive.name;
  facts.creator_name = declared.agency().empty() ? desk.config.archive.name : declared.agency();
  facts.created = created;
  facts.verdict = verdict;
  facts.locations = {{"在线", "", id.object_path()}};
  return facts;
}

/// What people changed in the stored description: where it differs from what was derived.
std::vector<DescriptionChange> edits_of(const StoredCase& stored, const Desk& desk) {
  const auto edited = read_description(stored.read(std::string(kDescriptionPath)));
  if (edited.edited().empty()) return {};
  const auto before = CaseFile::from_xml(stored.read(std::string(kCasePath)), "case.xml");
  const auto facts =
      facts_of(before, stored.id(), edited.verdict(), parse_instant(edited.created()), desk);
  const auto derived = read_description(describe(before, {}, facts));
  return changes_between(derived, edited);
}

DraftMetadata descriptive(std::string_view path, std::string bytes, std::string mdtype,
                          std::string othermdtype) {
  DraftMetadata document;
  document.name = std::filesystem::path(path).filename().string();
  document.bytes = std::move(bytes);
  document.mdtype = std::move(mdtype);
  document.othermdtype = std::move(othermdtype);
  return document;
}

}  // namespace

packager::DraftFile original_of(const GatheredFile& file) {
  packager::DraftFile original;
  original.path = file.path;
  original.staged = file.staged;
  original.digests = file.digests;
  original.mime = preservation::media_type(head_of(file.staged), file.path);
  original.modified = file.modified;
  return original;
}

DraftMetadata description_document(std::string xml) {
  return descriptive(kDescriptionPath, std::move(xml), "OTHER", "urn:anjuan:description:1");
}

DescribedCase describe(CheckedCase checked, const std::optional<StoredCase>& stored,
                       Instant started, const Desk& desk) {
  DescribedCase described(std::move(checked));
  const GatheredCase& gathered = described.checked().gathered();
  const CaseFile& declared = gathered.declared;
  described.identified_ = identify_files(gathered.files, desk.identifier);
  const auto id = packager::PackageId::of_case(fonds_of(declared, desk.config), declared.case_no());
  const auto facts = facts_of(declared, id, described.checked().verdict_word(), started, desk);
  std::string description =
      describe(declared, measured_files(gathered, described.identified_), facts);
  if (stored) {
    const auto edits = edits_of(*stored, desk);
    if (!edits.empty()) description = edit_description(description, edits, started);
  }
  const auto code = archival_code(declared, facts.fonds_code);
  described.metadata_ = {
      descriptive(kCasePath, to_xml(declared), "OTHER", "urn:anjuan:case:1"),
      description_document(std::move(description)),
      descriptive(kEadPath,
                  write_ead(declared, {id.urn(), code.value_or(""), facts.fonds_name, started}),
                  "EAD", "")};
  return described;
}

}  // namespace anjuan::ingest
