#include "ingest/adopt.h"

#include "core/error.h"
#include "core/messages.h"
#include "ingest/adoption_record.h"
#include "ingest/draft.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

using packager::PackageId;

namespace {

std::uint64_t count_if(const Findings& findings, bool (*matches)(const Finding&)) {
  return static_cast<std::uint64_t>(std::count_if(findings.begin(), findings.end(), matches));
}

AdoptionRecord record_of(const AdoptOrder& order, const ForeignPackage& foreign,
                         const ForeignVerdict& found, const Workspace& work, const Desk& desk) {
  AdoptionRecord record;
  record.name = foreign.name;
  record.source = fs::canonical(order.path).filename().string();
  record.source_kind = foreign.source_kind;
  record.kind = found.kind;
  record.verdict = packager::verdict_word(found.verdict);
  record.not_checked = count_if(found.findings, [](const Finding& finding) {
    return finding.result == CheckResult::kNotChecked;
  });
  record.warnings = count_if(
      found.findings, [](const Finding& finding) { return finding.severity == Severity::kWarn; });
  record.file_set_digest = foreign.file_set_digest();
  record.files = foreign.files.size();
  record.bytes = foreign.bytes();
  record.adopted = work.started();
  record.adopted_by = desk.actor.id;
  record.reason = order.reason;
  record.empty_folders = foreign.empty_folders;
  return record;
}

void store(const ForeignPackage& foreign, const AdoptionRecord& record, const PackageId& id,
           Workspace& work, Desk& desk) {
  const fs::path staging = work.folder() / "package";
  fs::remove_all(staging);  // the remains of an interrupted run: links, never the only copy
  const packager::BuildOptions options{desk.config.packages.aip_profile};
  const auto package =
      packager::build_first_version(draft_adoption(foreign, record, id, desk), staging, options);
  try {
    desk.store.accept(package, desk.progress);
  } catch (const Error& error) {
    // As in accession(): the next run must start from the source, not from these bytes.
    if (error.code() == ErrorCode::kCorrupt) work.finish();
    throw;
  }
}

bool is_stored_only_when_judged(const ForeignVerdict& found) {
  return found.verdict == packager::Verdict::kInvalid ||
         found.kind == packager::kind_word(packager::PackageKind::kUnknown);
}

Adoption adopt_into(const AdoptOrder& order, Workspace& work, Desk& desk) {
  const ForeignPackage foreign = gather_foreign(order.path, work, desk);
  Adoption adoption;
  adoption.name = foreign.name;
  adoption.files = foreign.files.size();
  adoption.found = verify_foreign(foreign, work, desk);
  if (is_stored_only_when_judged(adoption.found)) {
    work.finish();
    return adoption;
  }
  const auto record = record_of(order, foreign, adoption.found, work, desk);
  const auto id = PackageId::of_adopted(record.file_set_digest);
  const auto one_at_a_time = lock_case(desk, id);
  adoption.package = id.uuid();
  if (desk.store.find(id)) {
    desk.store.bring_replica_level(id, desk.progress);
    adoption.outcome = Outcome::kAlreadyStored;
  } else {
    store(foreign, record, id, work, desk);
    adoption.outcome = Outcome::kStored;
  }
  desk.publish(id);
  work.finish();
  return adoption;
}

}  // namespace

Adoption adopt(const AdoptOrder& order, Desk& desk) {
  auto work = Workspace::open(desk.workspace, order.path, desk.clock);
  try {
    return adopt_into(order, work, desk);
  } catch (const Error& error) {
    const bool refused = error.code() == ErrorCode::kRefused || error.code() == ErrorCode::kInvalid;
    if (refused) work.finish();
    throw;
  } catch (const fs::filesystem_error& error) {
    throw_errno(error.code().value(), error.path1().string(), "kernel.write_failed");
  }
}

}  // namespace anjuan::ingest
