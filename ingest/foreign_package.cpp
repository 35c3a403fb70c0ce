#include "ingest/foreign_package.h"

#include "core/durable.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "core/uuid.h"
#include "ingest/gather_source.h"
#include "packager/eep_reader.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

namespace {

void sort_by_path(std::vector<GatheredFile>& files) {
  std::sort(files.begin(), files.end(),
            [](const GatheredFile& a, const GatheredFile& b) { return a.path < b.path; });
}

/// "FOLDER/" if all paths lie in it, else "".
std::string common_folder(const std::map<std::string, StagedFile>& files) {
  std::string top;
  for (const auto& [path, file] : files) {
    const auto slash = path.find('/');
    const std::string first = slash == path.npos ? "" : path.substr(0, slash + 1);
    if (first.empty() || (!top.empty() && first != top)) return "";
    top = first;
  }
  return top;
}

ForeignPackage from_staging(const Staging& staging, const fs::path& source, bool is_folder) {
  const std::string top = common_folder(staging.files());
  ForeignPackage package;
  package.name = !top.empty() ? top.substr(0, top.size() - 1)
                 : is_folder  ? source.filename().string()
                              : source.stem().string();
  package.source_kind = staging.end()->kind;
  package.sandbox = staging.end()->sandbox;
  package.empty_folders = staging.end()->empty_folders;
  const std::string prefix = top.empty() ? package.name + "/" : "";
  for (const auto& [path, staged] : staging.files()) {
    package.files.push_back(
        {prefix + path, staging.copy_of(staged), staged.digests, staged.modified});
  }
  return package;
}

/// The files of a folder outside an EEP, and the EEP itself; begun anew after a crash.
class EepGatherer {
 public:
  EepGatherer(fs::path folder, Progress& progress)
      : folder_(std::move(folder)), progress_(progress) {
    fs::remove_all(folder_);
    create_folders_durably(folder_);
  }

  void take(const fs::path& source, const std::string& path) {
    constexpr std::int64_t kNanoseconds = 1'000'000'000;
    const fs::path copy = folder_ / std::to_string(files_.size());
    const SourceMark mark = mark_of(source);
    const Digests digests = copy_and_digest(source, copy, [this](std::uint64_t bytes) {
      stop_if_interrupted();
      progress_.advance(bytes);
    });
    files_.push_back({path, copy, digests, from_unix_seconds(mark.modified_ns / kNanoseconds)});
  }

  std::vector<GatheredFile> finish() {
    sync_file_system(folder_);
    sort_by_path(files_);
    return std::move(files_);
  }

 private:
  fs::path folder_;
  Progress& progress_;
  std::vector<GatheredFile> files_;
};

/// "case/case.eep" and "case/case.eep.files/...": the two stay neighbours.
ForeignPackage gather_eep(const fs::path& eep, Workspace& work, const Desk& desk) {
  ForeignPackage package;
  package.name = eep.stem().string();
  package.source_kind = "eep";
  const std::string prefix = package.name + "/" + eep.filename().string();
  EepGatherer gatherer(work.folder() / "eep", desk.progress);
  desk.progress.begin(say("gather.progress"), 0);
  gatherer.take(eep, prefix);
  const fs::path outside = packager::eep_files_folder(eep);
  if (fs::is_directory(fs::symlink_status(outside))) {
    const WalkedFolder walked = walk_folder(outside, desk.config.intake);
    for (const WalkedFile& file : walked.files) {
      gatherer.take(outside / file.raw_name, prefix + ".files/" + file.path);
    }
  }
  desk.progress.end();
  package.files = gatherer.finish();
  return package;
}

/// Links (no byte is copied) under the package's own names.
void lay_out(const ForeignPackage& package, const fs::path& tree) {
  fs::remove_all(tree);
  for (const GatheredFile& file : package.files) {
    const fs::path target = tree / file.path;
    fs::create_directories(target.parent_path());
    fs::create_hard_link(file.staged, target);
  }
}

packager::VerifyReport verify_folder(const fs::path& folder, const Desk& desk) {
  packager::VerifyOptions how;
  how.now = desk.clock.now();
  auto report = packager::verify_package(folder, how, desk.progress);
  if (!report.is_storage_root) return report;
  const std::string name = folder.filename().string();
  throw Error(ErrorCode::kRefused, name, say("adopt.storage_root", {{"path", name}}));
}

/// Of a record id that is not one of ours, what the file system allows: METS will differ from it.
std::string objid_of(const std::string& record_id) {
  constexpr std::string_view kUrn = "urn:uuid:";
  const bool is_ours = record_id.starts_with(kUrn) && is_uuid(record_id.substr(kUrn.size()));
  return is_ours ? packager::PackageId::parse(record_id).objid() : "aip";
}

/// Digests of the EEP, then the package that comes out of it.
ForeignVerdict verify_eep(const fs::path& eep, const Workspace& work, const Desk& desk) {
  const fs::path unpacked = work.folder() / "unpacked";
  fs::remove_all(unpacked);
  fs::create_directory(unpacked);
  const fs::path folder = unpacked / "package";
  auto reading = packager::read_eep(eep, folder, desk.progress);
  ForeignVerdict verdict{"eep", packager::verdict_of(reading.findings), reading.findings};
  if (verdict.verdict == packager::Verdict::kInvalid || !fs::exists(folder / "METS.xml")) {
    return verdict;
  }
  // The package's folder must bear the name of its OBJID.
  const fs::path named = unpacked / objid_of(reading.record_id);
  fs::rename(folder, named);
  const auto report = verify_folder(named, desk);
  verdict.findings.insert(verdict.findings.end(), report.findings.begin(), report.findings.end());
  verdict.verdict = packager::verdict_of(verdict.findings);
  return verdict;
}

}  // namespace

std::uint64_t ForeignPackage::bytes() const {
  std::uint64_t bytes = 0;
  for (const GatheredFile& file : files) bytes += file.digests.bytes;
  return bytes;
}

std::string ForeignPackage::file_set_digest() const {
  std::map<std::string, std::string> content;
  for (const GatheredFile& file : files) {
    content[file.path.substr(name.size() + 1)] = file.digests.sha512;
  }
  return ingest::file_set_digest(content);
}

ForeignPackage gather_foreign(const fs::path& path, Workspace& work, const Desk& desk) {
  const Submission source = recognise_submission(path);
  const bool is_folder = source.form == SubmissionForm::kFolder;
  if (!is_folder && packager::is_eep(source.path)) return gather_eep(source.path, work, desk);
  Staging staging(work);
  if (is_folder) {
    gather_folder(source, staging, desk.config.intake, desk.progress);
  } else {
    gather_container(source, staging, desk.config.intake, desk.progress);
  }
  ForeignPackage package = from_staging(staging, source.path, is_folder);
  if (!package.files.empty()) return package;
  throw Error(ErrorCode::kInvalid, path.string(), say("adopt.empty", {{"path", path.string()}}));
}

ForeignVerdict verify_foreign(const ForeignPackage& package, const Workspace& work,
                              const Desk& desk) {
  const fs::path tree = work.folder() / "tree";
  lay_out(package, tree);
  // In byte order the EEP itself comes before what stands outside it.
  if (package.source_kind == "eep") {
    return verify_eep(tree / package.files.front().path, work, desk);
  }
  const auto report = verify_folder(tree / package.name, desk);
  return {std::string(packager::kind_word(report.kind)), report.verdict, report.findings};
}

}  // namespace anjuan::ingest
