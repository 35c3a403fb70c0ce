#include "catalog/index/projection.h"

#include <set>

#include "catalog/index/case_reading.h"
#include "catalog/index/package_source.h"
#include "catalog/index/premis_reading.h"
#include "catalog/index/recording_reading.h"
#include "catalog/index/row_writer.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "packager/mets_reader.h"
#include "packager/package_layout.h"

namespace anjuan::catalog {

namespace {

constexpr const char* kRootMets = "METS.xml";
constexpr const char* kCase = "metadata/descriptive/case.xml";
/// Stands in a package that was made elsewhere; such a one declares no case.
constexpr const char* kAdoption = "metadata/descriptive/adoption.xml";
constexpr const char* kForeign = "外来包";
constexpr const char* kDescription = "metadata/descriptive/description.xml";
constexpr std::string_view kPreservation = "metadata/preservation/";
constexpr std::string_view kRepresentations = "Representations/";
constexpr std::string_view kListName = "/METS.xml";

/// True for what lies in the package; a full disk or a locked database is not a finding about it.
bool is_about_the_package(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound:
    case ErrorCode::kInvalid:
    case ErrorCode::kCannotCheck:
    case ErrorCode::kConflict:
    case ErrorCode::kRefused:
    case ErrorCode::kIo:
    case ErrorCode::kCorrupt:
    case ErrorCode::kUsage:  // an identity that is no UUID
      return true;
    case ErrorCode::kBusy:
    case ErrorCode::kDenied:
    case ErrorCode::kHomeMissing:
    case ErrorCode::kAuthorityUnreachable:
    case ErrorCode::kNoSpace:
    case ErrorCode::kInterrupted:
    case ErrorCode::kInternal:
      return false;
  }
  return false;
}

/// Reads one package and writes its rows; what it cannot use becomes a finding.
class Projection {
 public:
  Projection(RowWriter& rows, PackageSource package)
      : rows_(rows), package_(std::move(package)), id_(package_.id().uuid()) {}

  void run() {
    head_.id = id_;
    head_.version = package_.version();
    head_.inventory_digest = package_.inventory_digest();
    // The row of the package comes first, because every other row refers to it; its counts are
    // known only at the end.
    rows_.begin_package(head_);
    write_files();
    write_case();
    for (const auto& path : sidecars_) write_sidecar(path);
    for (const auto& path : premis_) write_events(path);
    rows_.finish_package(head_);
  }

 private:
  void write_files() {
    FileRow mets;
    mets.id = "METS";
    mets.path = kRootMets;
    mets.mime = "application/xml";
    mets.bytes = static_cast<std::int64_t>(file_size(package_.checked_file(kRootMets)));
    complete_and_write(mets);
    const auto root = read_list(kRootMets, "");
    head_.title = root.label;
    head_.verdict = packager::verdict_word(root.status);
    head_.created_at = root.created;
    head_.modified_at = root.modified.empty() ? root.created : root.modified;
    for (const auto& [path, folder] : lists_) read_list(path, folder);
  }

  packager::MetsDocument read_list(const std::string& mets, const std::string& folder) {
    const auto file = package_.checked_file(mets);
    auto document = packager::read_mets(
        file, mets, [&](const packager::MetsGroup& group, const packager::MetsFile& entry) {
          take(mets, folder, group.use, entry);
        });
    for (const auto& section : document.sections) take_section(mets, folder, section);
    return document;
  }

  void take_section(const std::string& mets, const std::string& folder,
                    const packager::MetsSection& section) {
    // What was superseded lies in an earlier version; this is the state of the newest.
    if (!section.current) return;
    // One PREMIS document stands in several sections (events in one, rights in another).
    if (!metadata_.insert(folder + section.file.path).second) return;
    auto entry = section.file;
    entry.id = section.id;
    take(mets, folder, "Metadata", entry);
    if (entry.path.starts_with(kPreservation)) premis_.push_back(folder + entry.path);
    if (is_sidecar_path(folder + entry.path)) sidecars_.insert(entry.path);
  }

  void take(const std::string& mets, const std::string& folder, const std::string& section,
            const packager::MetsFile& entry) {
    FileRow row;
    row.id = entry.id;
    row.mets = mets;
    row.section = section;
    row.path = folder + entry.path;
    row.mime = entry.mime;
    row.bytes = static_cast<std::int64_t>(entry.bytes);
    row.sha512 = entry.sha512;
    row.created_at = entry.created;
    complete_and_write(row);
    const bool list = mets == kRootMets && section.starts_with(kRepresentations);
    if (list && row.path.ends_with(kListName)) {
      lists_.emplace_back(row.path, row.path.substr(0, row.path.size() - kListName.size() + 1));
    }
  }

  void complete_and_write(FileRow& row) {
    const auto sha512 = package_.digest_of(row.path);
    if (!sha512) {
      rows_.finding(id_, "catalog.file_missing", row.path,
                    say("catalog.file_missing", {{"file", row.path}}));
      return;
    }
    if (!row.sha512.empty() && row.sha512 != *sha512) {
      rows_.finding(id_, "catalog.lists_differ", row.path,
                    say("catalog.lists_differ", {{"file", row.path}}));
    }
    row.sha512 = *sha512;
    row.content_path = package_.content_path_of(*sha512);
    rows_.file(id_, row);
    if (!counted_.insert(row.path).second) return;  // PREMIS is both provenance and rights
    head_.files += 1;
    head_.bytes += row.bytes;
  }

  void write_case() {
    if (package_.digest_of(kAdoption)) {
      head_.type = kForeign;
      return;
    }
    if (!package_.digest_of(kCase)) {
      rows_.finding(id_, "catalog.no_case", kCase, say("catalog.no_case"));
      return;
    }
    auto rows = read_case(read_file(package_.checked_file(kCase)), kCase);
    if (package_.digest_of(kDescription)) {
      take_description(read_file(package_.checked_file(kDescription)), kDescription, rows.package);
    }
    keep_measured(rows.package);
    head_ = std::move(rows.package);
    rows_.case_rows(id_, rows);
    for (const auto& recording : rows.recordings) recordings_.push_back(recording.id);
  }

  void write_sidecar(const std::string& path) {
    auto read = read_recording(read_file(package_.checked_file(path)), path);
    // Of recordings that share an id each sidecar takes the next one.
    const auto found = std::find(recordings_.begin(), recordings_.end(), read.recording);
    if (found == recordings_.end()) {
      rows_.finding(id_, "catalog.sidecar_without_recording", path,
                    say("catalog.sidecar_without_recording",
                        {{"file", path}, {"recording", read.recording}}));
      return;
    }
    const auto position = found - recordings_.begin();
    found->reset();
    if (const auto* other = other_bytes(read)) {
      rows_.finding(
          id_, "catalog.sidecar_other_bytes", path,
          say("catalog.sidecar_other_bytes", {{"file", path}, {"original", other->path}}));
      return;
    }
    take_report(read);
    rows_.measured(id_, position, read.row);
  }

  /// The verdict stands in the sidecar; of a report that cannot be read only the reasons are lost.
  void take_report(SidecarReading& read) {
    auto& row = read.row;
    if (row.report.empty()) return;
    try {
      row.findings =
          read_continuity_findings(read_file(package_.checked_file(row.report)), row.report);
      if (package_.digest_of(row.report) == read.report_sha512) return;
      row.findings.clear();
    } catch (const Error& error) {
      if (!is_about_the_package(error.code())) throw;
    }
    rows_.finding(id_, "catalog.report_unusable", row.report,
                  say("catalog.report_unusable", {{"file", row.report}}));
  }

  /// The first file that is not, or no longer, the one that the sidecar tells of: a verdict about
  /// other bytes is none.
  const SidecarReading::Original* other_bytes(const SidecarReading& read) const {
    for (const auto& original : read.originals) {
      if (package_.digest_of(original.path) != original.sha512) return &original;
    }
    return nullptr;
  }

  /// What METS and the inventory say is not the case's to say.
  void keep_measured(PackageRow& row) const {
    row.id = head_.id;
    row.version = head_.version;
    row.inventory_digest = head_.inventory_digest;
    row.verdict = head_.verdict;
    row.created_at = head_.created_at;
    row.modified_at = head_.modified_at;
    row.files = head_.files;
    row.bytes = head_.bytes;
    if (row.title.empty()) row.title = head_.title;
  }

  void write_events(const std::string& path) {
    PremisSink sink;
    sink.event = [&](const EventRow& event) { rows_.event(id_, event); };
    sink.agent = [&](const AgentRow& agent) { rows_.agent(id_, agent); };
    read_premis(package_.checked_file(path), path, sink);
  }

  RowWriter& rows_;
  PackageSource package_;
  std::string id_;
  PackageRow head_;
  std::vector<std::pair<std::string, std::string>> lists_;  // METS of a representation, its folder
  std::set<std::string> counted_;                           // paths that are in the totals
  std::vector<std::string> premis_;
  std::set<std::string> sidecars_;                      // paths
  std::vector<std::optional<std::string>> recordings_;  // ids; none once its sidecar was read
  std::set<std::string> metadata_;
};

}  // namespace

std::vector<FindingRow> project_package(Database& database, const preservation::Store& store,
                                        const preservation::StoredObject& object) {
  try {
    Transaction transaction(database);
    RowWriter rows(database, object.key);
    rows.clear(object.id.uuid());
    Projection(rows, PackageSource(store, object)).run();
    transaction.commit();
    return rows.findings();
  } catch (const Error& error) {
    if (!is_about_the_package(error.code())) throw;
    return project_unreadable(database, object.key, object.id, error);
  }
}

std::vector<FindingRow> project_unreadable(Database& database, const std::string& key,
                                           const std::optional<packager::PackageId>& id,
                                           const Error& error) {
  Transaction transaction(database);
  RowWriter rows(database, key);
  rows.clear(id ? id->uuid() : "");
  rows.finding("", "catalog.unreadable", key,
               say("catalog.unreadable", {{"object", key}, {"reason", error.what()}}));
  transaction.commit();
  return rows.findings();
}

std::vector<FindingRow> project_stored(Database& database, const preservation::Store& store,
                                       const packager::PackageId& id) {
  std::optional<preservation::StoredObject> object;
  try {
    object = store.find(id);
  } catch (const Error& error) {
    if (!is_about_the_package(error.code())) throw;
    return project_unreadable(database, id.object_path(), id, error);
  }
  if (object) return project_package(database, store, *object);
  Transaction transaction(database);
  RowWriter(database, id.object_path()).clear(id.uuid());
  transaction.commit();
  return {};
}

}  // namespace anjuan::catalog
