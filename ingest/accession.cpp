#include "ingest/accession.h"

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "ingest/describe.h"
#include "ingest/draft.h"
#include "ingest/inspect.h"
#include "ingest/secret_marks.h"
#include "ingest/stored_case.h"
#include "ingest/workspace.h"
#include "preservation/rules/check_report.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

using packager::PackageId;

namespace {

/// Times one step and tells the listener when it is done.
class Step {
 public:
  Step(const Desk& desk, std::string_view name) : desk_(desk), name_(name) {}

  void done(const std::string& case_no, StepState state = StepState::kDone) const {
    using std::chrono::milliseconds;
    const auto took = std::chrono::steady_clock::now() - started_;
    desk_.steps.step(case_no, name_, state, std::chrono::duration_cast<milliseconds>(took));
  }

 private:
  const Desk& desk_;
  std::string_view name_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

Findings joined(Findings first, const Findings& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

std::vector<std::string> notes_of(const CheckedCase& checked) {
  return rules::report_notes(checked.judgement(), checked.coverage(), language());
}

Receipt newly_stored(const packager::Package& package, const NormalisedCase& normalised) {
  const CheckedCase& checked = normalised.described().checked();
  Receipt receipt;
  receipt.outcome = Outcome::kStored;
  receipt.case_no = package.case_no;
  receipt.package = package.id.uuid();
  receipt.version = package.version;
  receipt.files = package.files;
  receipt.bytes = package.bytes;
  receipt.verdict = package.verdict;
  receipt.findings = joined(joined(checked.gathered().findings, checked.findings()),
                            normalised.described().identified().findings);
  receipt.findings = joined(std::move(receipt.findings), reading_findings(normalised.media()));
  receipt.findings = joined(std::move(receipt.findings), copies_findings(normalised.media()));
  receipt.notes = notes_of(checked);
  if (!normalised.media().recordings.empty()) {
    receipt.notes.push_back(copies_note(normalised.derivatives()));
  }
  receipt.notes.push_back(inspection_note(normalised.inspection()));
  return receipt;
}

Receipt already_stored(const StoredCase& stored, const std::string& case_no, Findings findings) {
  Receipt receipt;
  receipt.outcome = Outcome::kAlreadyStored;
  receipt.case_no = case_no;
  receipt.package = stored.id().uuid();
  receipt.version = stored.version();
  receipt.files = stored.files();
  receipt.bytes = stored.bytes();
  receipt.verdict = stored.verdict();
  receipt.findings = std::move(findings);
  return receipt;
}

Receipt stopped(const GatheredCase& gathered, Finding reason) {
  Receipt receipt;
  receipt.case_no = gathered.declared.case_no();
  receipt.verdict = "incomplete";
  receipt.findings = gathered.findings;
  if (!reason.code.empty()) receipt.findings.push_back(std::move(reason));
  return receipt;
}

/// Sent back: 退回补正, with all that was found and the day by which it is expected again.
Receipt sent_back(const CheckedCase& checked, const Findings& inspected, const Desk& desk) {
  Receipt receipt = stopped(checked.gathered(), {});
  receipt.verdict = checked.verdict_word();
  receipt.findings = joined(std::move(receipt.findings), checked.findings());
  receipt.findings = joined(std::move(receipt.findings), reading_findings(checked.media()));
  receipt.findings = joined(std::move(receipt.findings), inspected);
  receipt.notes = notes_of(checked);
  const auto by =
      due_date(desk.clock.now(), kReturnWorkdays, TimeUnit::kWorkday, desk.law.calendar);
  receipt.return_by = to_text(by.day());
  return receipt;
}

/// The question that a changed submission raises; --supplement answers it with yes.
Finding changed_submission(const GatheredCase& gathered, const StoredCase& stored) {
  Finding finding;
  finding.code = "INGEST-CHANGED";
  finding.severity = Severity::kError;
  finding.basis = "Art. 32";
  finding.where = gathered.declared.case_no();
  finding.message = say("ingest.changed", {{"case", gathered.declared.case_no()},
                                           {"package", stored.id().uuid()},
                                           {"version", std::to_string(stored.version())},
                                           {"difference", stored.difference(gathered)}});
  return finding;
}

void refuse_foreign_supplement(const GatheredCase& gathered, const PackageId& id,
                               const std::optional<StoredCase>& stored,
                               const Supplement& supplement) {
  if (stored && supplement.package == id) return;
  throw Error(ErrorCode::kUsage, supplement.package.uuid(),
              say("ingest.supplement_of_other",
                  {{"package", supplement.package.uuid()}, {"case", gathered.declared.case_no()}}));
}

SealedPackage package_and_seal(const NormalisedCase& normalised, const PackageId& id,
                               const std::optional<StoredCase>& stored, const HandedIn& handed_in,
                               const Workspace& work, const Desk& desk) {
  const std::string& case_no = normalised.described().checked().gathered().declared.case_no();
  const Step packaging(desk, "package");
  const auto draft = draft_package(normalised, id, stored, handed_in, work.started(), desk);
  const packager::BuildOptions options{desk.config.packages.aip_profile};
  const fs::path staging = work.folder() / "package";
  fs::remove_all(staging);  // the remains of an interrupted run: links, never the only copy
  auto package = stored ? packager::build_next_version(draft, stored->object(), staging, options)
                        : packager::build_first_version(draft, staging, options);
  packaging.done(case_no);
  const Step sealing(desk, "seal");
  auto sealed = seal(std::move(package), desk);
  sealing.done(case_no, StepState::kNotChecked);
  return sealed;
}

/// Copies are made in the same pass unless the declaration alone sends the case back already.
MeasuredCase measure_case(GatheredCase gathered, const std::optional<DefectFile>& defects,
                          const Workspace& work, const std::optional<StoredCase>& stored,
                          const Desk& desk) {
  using formats::PassDepth;
  const std::string case_no = gathered.declared.case_no();
  const Step measuring(desk, "measure");
  const bool storable = is_storable_as_declared(gathered, defects, work.started(), desk);
  auto measured = measure(std::move(gathered), storable ? PassDepth::kDerive : PassDepth::kObserve,
                          work, stored, desk);
  const bool any = !measured.media().recordings.empty();
  measuring.done(case_no, any ? StepState::kDone : StepState::kNothingToDo);
  return measured;
}

CheckedCase judge(MeasuredCase measured, std::optional<DefectFile> defects, Instant started,
                  const Desk& desk) {
  const std::string case_no = measured.gathered().declared.case_no();
  const Step checking(desk, "check");
  auto checked = check(std::move(measured), std::move(defects), started, desk);
  checking.done(case_no);
  return checked;
}

DescribedCase describe_case(CheckedCase checked, const std::optional<StoredCase>& stored,
                            Instant started, const Desk& desk) {
  const std::string case_no = checked.gathered().declared.case_no();
  const Step describing(desk, "describe");
  auto described = describe(std::move(checked), stored, started, desk);
  describing.done(case_no);
  return described;
}

Inspection inspect_case(const DescribedCase& described, Instant started, const Desk& desk) {
  const Step inspecting(desk, "inspect");
  auto inspection = inspect(described, started, desk);
  inspecting.done(described.checked().gathered().declared.case_no());
  return inspection;
}

NormalisedCase normalise_case(DescribedCase described, Inspection inspection, const Workspace& work,
                              const std::optional<StoredCase>& stored, const Desk& desk) {
  const std::string case_no = described.checked().gathered().declared.case_no();
  const Step normalising(desk, "normalise");
  auto normalised = normalise(std::move(described), std::move(inspection), work, stored, desk);
  const bool any = !normalised.media().recordings.empty();
  normalising.done(case_no, any ? StepState::kDone : StepState::kNothingToDo);
  return normalised;
}

void store(const packager::Package& package, Workspace& work, Desk& desk) {
  try {
    desk.store.accept(package, desk.progress);
  } catch (const Error& error) {
    // The gathered files share their bytes with the copy that went bad (links): the next run must
    // start from the submission, not from them.
    if (error.code() == ErrorCode::kCorrupt) work.finish();
    throw;
  }
}

}  // namespace

namespace {

/// The bytes stay where they are: only the secrecy officer says what becomes of them.
void refuse_secrets(const HandedIn& handed_in, const GatheredCase& gathered,
                    const Workspace& work) {
  if (!handed_in.not_secret.empty()) return;
  const auto marks = secret_marks(gathered.declared);
  if (marks.empty()) return;
  throw Error(ErrorCode::kRefused, gathered.source,
              say("ingest.secret_mark", {{"case", gathered.declared.case_no()},
                                         {"mark", marks.front().text},
                                         {"where", marks.front().where},
                                         {"count", std::to_string(marks.size())},
                                         {"source", gathered.source},
                                         {"workspace", work.folder().string()}}));
}

}  // namespace

FileLock lock_case(const Desk& desk, const PackageId& id) {
  return FileLock::take(desk.workspace / (id.uuid() + ".lock"));
}

Receipt accession(const HandedIn& handed_in, Desk& desk) {
  const auto& supplement = handed_in.supplement;
  std::optional<DefectFile> defects;
  if (handed_in.defects) defects = read_defect_file(*handed_in.defects);
  const Step gathering(desk, "gather");
  auto work = Workspace::open(desk.workspace, handed_in.submission, desk.clock);
  auto gathered = gather(handed_in.submission, work, desk.config.intake, desk.progress);
  const std::string case_no = gathered.declared.case_no();
  const Findings findings = gathered.findings;
  gathering.done(case_no);
  refuse_secrets(handed_in, gathered, work);
  if (any_error(findings)) {
    work.finish();
    return stopped(gathered, {});
  }

  const auto id = PackageId::of_case(fonds_of(gathered.declared, desk.config), case_no);
  const auto one_at_a_time = lock_case(desk, id);
  const auto stored = StoredCase::find(desk.store, id);
  if (stored && stored->has_accepted(gathered.file_set_digest)) {
    desk.store.bring_replica_level(id, desk.progress);
    desk.publish(id);
    work.finish();
    return already_stored(*stored, case_no, findings);
  }
  if (supplement) refuse_foreign_supplement(gathered, id, stored, *supplement);
  if (stored && !supplement) {
    work.finish();
    return stopped(gathered, changed_submission(gathered, *stored));
  }

  auto measured = measure_case(std::move(gathered), defects, work, stored, desk);
  auto checked = judge(std::move(measured), std::move(defects), work.started(), desk);
  if (!checked.may_be_stored()) {
    work.finish();
    return sent_back(checked, {}, desk);
  }
  auto described = describe_case(std::move(checked), stored, work.started(), desk);
  auto inspection = inspect_case(described, work.started(), desk);
  if (any_error(inspection.findings)) {
    work.finish();
    return sent_back(described.checked(), inspection.findings, desk);
  }
  const auto normalised =
      normalise_case(std::move(described), std::move(inspection), work, stored, desk);
  const auto sealed = package_and_seal(normalised, id, stored, handed_in, work, desk);

  const Step storing(desk, "store");
  store(sealed.package(), work, desk);
  storing.done(case_no);
  const Step indexing(desk, "index");
  desk.publish(id);
  indexing.done(case_no);
  work.finish();
  return newly_stored(sealed.package(), normalised);
}

}  // namespace anjuan::ingest
