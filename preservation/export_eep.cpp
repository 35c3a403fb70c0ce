#include "core/case/description.h"
#include "core/error.h"
#include "core/messages.h"
#include "packager/eep_reader.h"
#include "packager/eep_writer.h"
#include "packager/folder_sink.h"
#include "packager/output_file.h"
#include "preservation/export_forms.h"

namespace anjuan::preservation {

namespace {

using packager::EepFacts;
using packager::EepFile;
using packager::EepVersion;

constexpr const char* kDescription = "metadata/descriptive/description.xml";

/// What the archive's description says. A package without one (外来包) is described by its name.
EepFacts facts_of(const PackageReader& reader, int version, const std::vector<EepFile>& files) {
  EepFacts facts;
  facts.title = reader.id().objid();
  const bool is_described = std::any_of(
      files.begin(), files.end(), [](const EepFile& file) { return file.path == kDescription; });
  if (!is_described) return facts;
  const auto description = read_description(reader.document(version, kDescription), kDescription);
  facts.archives_name = description.value("fonds/archivesName");
  facts.archives_code = description.value("fonds/archivesCode");
  facts.fonds_name = description.value("fonds/name");
  facts.fonds_code = description.value("fonds/code");
  facts.creator = description.value("fonds/creatorName");
  facts.year = description.value("archivalCode/year");
  facts.retention = description.value("archivalCode/retention");
  facts.category = description.value("archivalCode/category");
  facts.file_no = description.value("archivalCode/fileNo");
  facts.section = description.value("section");
  facts.title = description.value("title");
  facts.case_no = description.value("caseNo");
  facts.date = description.value("dates/closedAt");
  facts.security = description.value("security");
  facts.pages = description.value("counts/pages");
  return facts;
}

EepVersion version_of(const PackageReader& reader, int number) {
  const packager::OcflVersion& stored = reader.version(number);
  EepVersion version;
  version.number = number;
  version.created = parse_instant(stored.created);
  version.act = stored.message;
  version.actor_id = stored.user_address;
  version.actor_name = stored.user_name;
  for (const PackageFile& file : reader.files(number)) {
    version.files.push_back({file.path, file.bytes, file.sha512});
  }
  version.facts = facts_of(reader, number, version.files);
  return version;
}

packager::EepPackage package_of(const ExportWork& work) {
  packager::EepPackage package;
  package.record_id = work.reader.id().urn();
  package.made_at = work.now;
  for (int number = 1; number <= work.reader.head(); ++number) {
    package.versions.push_back(version_of(work.reader, number));
  }
  const std::string& archive = work.config.archive.name;
  package.made_by = archive.empty() ? package.versions.back().facts.creator : archive;
  if (!work.order.reason.empty()) {
    package.note = say_in(Language::kChinese, "export.note", {{"reason", work.order.reason}});
  }
  return package;
}

bool any_outside(const packager::EepPackage& package) {
  for (const EepVersion& version : package.versions) {
    if (std::any_of(version.files.begin(), version.files.end(), packager::is_outside_eep)) {
      return true;
    }
  }
  return false;
}

void refuse_existing_files(const std::filesystem::path& out) {
  const auto folder = packager::eep_files_folder(out);
  if (!std::filesystem::exists(std::filesystem::symlink_status(folder))) return;
  throw Error(ErrorCode::kConflict, folder.string(),
              say("export.files_exist", {{"path", folder.string()}, {"eep", out.string()}}));
}

}  // namespace

void put_eep(const ExportWork& work, const packager::PartFolder& part) {
  const packager::EepPackage package = package_of(work);
  std::optional<packager::FolderSink> outside;
  if (any_outside(package)) {
    refuse_existing_files(work.order.out);
    outside.emplace(part.path(kNewFiles));
  }
  std::uint64_t total = 0;
  for (const EepFile& file : package.versions.back().files) total += file.bytes;
  work.progress.begin(say("export.progress"), total);
  packager::OutputFile file(part.path(kNewTarget));
  packager::write_eep([&](std::string_view xml) { file.write(xml); }, package,
                      [&](const EepFile& each, const PackageReader::Take& take) {
                        work.reader.read({each.path, each.bytes, each.sha512, {}},
                                         [&](std::span<const std::byte> block) {
                                           take(block);
                                           work.progress.advance(block.size());
                                         });
                      },
                      outside ? &*outside : nullptr);
  if (outside) outside->finish();
  file.finish();
  work.progress.end();
}

}  // namespace anjuan::preservation
