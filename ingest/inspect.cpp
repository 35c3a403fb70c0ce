#include "ingest/inspect.h"

#include "core/messages.h"
#include "ingest/accession.h"
#include "ingest/describe.h"
#include "preservation/four_nature_case.h"
#include "preservation/rules/judgement.h"

namespace anjuan::ingest {

namespace {

using rules::ItemState;

constexpr std::string_view kInfection = "AQ-1-2";

std::string description_of(const DescribedCase& described) {
  const std::string name = std::filesystem::path(kDescriptionPath).filename().string();
  for (const auto& document : described.metadata()) {
    if (document.name == name) return document.bytes;
  }
  return "";
}

preservation::CaseForChecks case_of(const DescribedCase& described, const Desk& desk) {
  const GatheredCase& gathered = described.checked().gathered();
  preservation::CaseForChecks from;
  from.subject = gathered.declared.case_no();
  from.declared = std::make_shared<const CaseFile>(gathered.declared);
  from.declaration_name = gathered.declaration_name;
  from.description = description_of(described);
  from.fonds_code = desk.config.archive.fonds_code;
  for (const auto& file : described.originals()) {
    from.files.push_back({file.path, file.staged, file.digests.bytes, file.digests.sha512,
                          file.digests.sm3, file.mime, file.puid});
  }
  return from;
}

/// A bag's manifests were all met, or the submission would not be here.
std::optional<rules::TransferFact> transfer_of(const GatheredCase& gathered) {
  if (gathered.bag_manifests.empty()) return std::nullopt;
  return rules::TransferFact{gathered.bag_manifests, gathered.files.size(), {}};
}

Finding infection(const rules::ItemResult& item, const std::string& case_no) {
  Finding finding;
  finding.code = item.code;
  finding.severity = Severity::kError;
  finding.basis = "DA/T 70-2018";
  finding.where = "case";
  finding.message = say("ingest.infected", {{"case", case_no}, {"evidence", item.evidence}});
  return finding;
}

}  // namespace

Inspection inspect(const DescribedCase& described, Instant now, const Desk& desk) {
  const CheckedCase& checked = described.checked();
  auto facts =
      preservation::facts_of_case(case_of(described, desk), desk.scanner, now, desk.progress);
  facts.judgement = rules::judgement_fact(checked.judgement());
  facts.transfer = transfer_of(checked.gathered());
  Inspection inspection;
  inspection.report = rules::four_nature(rules::Phase::kArchiving, facts);
  for (const auto& item : inspection.report.items) {
    if (item.state != ItemState::kFailed || !item.code.ends_with(kInfection)) continue;
    inspection.findings.push_back(infection(item, checked.gathered().declared.case_no()));
  }
  return inspection;
}

std::string inspection_note(const Inspection& inspection) {
  const auto& report = inspection.report;
  std::string failed;
  for (const auto& item : report.items) {
    if (item.state != ItemState::kFailed) continue;
    failed += (failed.empty() ? "" : say("ingest.item_separator")) + item.name;
  }
  return say(failed.empty() ? "ingest.inspected" : "ingest.inspected_failed",
             {{"passed", std::to_string(report.count(ItemState::kPassed))},
              {"failed", std::to_string(report.count(ItemState::kFailed))},
              {"items", failed},
              {"not_run", std::to_string(report.count(ItemState::kNotRun))}});
}

}  // namespace anjuan::ingest
