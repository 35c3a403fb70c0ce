#include "ingest/check_documents.h"

#include "core/messages.h"
#include "preservation/formats/media_type.h"
#include "preservation/rules/check_report.h"
#include "preservation/rules/review_xml.h"

namespace anjuan::ingest {

namespace {

using packager::DraftMetadata;

DraftMetadata document(std::string_view name, std::string bytes, std::string_view type) {
  DraftMetadata made;
  made.kind = DraftMetadata::Kind::kOther;
  made.name = name;
  made.bytes = std::move(bytes);
  made.mdtype = "OTHER";
  made.othermdtype = type;
  return made;
}

void add_statement(const DefectFile& defects, std::vector<DraftMetadata>& documents) {
  documents.push_back(document("defects.xml", defects.statement.text, "urn:anjuan:defects:1"));
  if (!defects.scan) return;
  const std::string& name = defects.statement.scan_file;
  auto scan = document("defects-" + name, *defects.scan, "urn:anjuan:defects-scan:1");
  scan.mime = preservation::media_type(*defects.scan, name);
  documents.push_back(std::move(scan));
}

}  // namespace

std::vector<DraftMetadata> check_documents(const NormalisedCase& normalised, Instant judged,
                                           const Desk& desk) {
  const CheckedCase& checked = normalised.described().checked();
  std::vector<DraftMetadata> documents;
  documents.push_back(
      document("checks.xml",
               rules::write_check_report(checked.gathered().declared, checked.judgement(),
                                         checked.coverage(), desk.law, judged),
               "urn:anjuan:checks:1"));
  auto law = document(rules::kRulesFileName, checked.judgement().rules->canonical_text(),
                      "urn:anjuan:rules:1");
  law.mime = "application/json";
  documents.push_back(std::move(law));
  const auto sheet = rules::review(checked.judgement(), desk.law.review, nullptr,
                                   checked.gathered().declared.case_no());
  documents.push_back(document("review.xml", rules::to_review_xml(sheet), rules::kReviewNamespace));
  documents.push_back(document("four-nature.xml", rules::to_xml(normalised.inspection().report),
                               rules::kFourNatureNamespace));
  if (checked.defects()) add_statement(*checked.defects(), documents);
  return documents;
}

std::string check_event_detail(const CheckedCase& checked) {
  constexpr std::size_t kDigestShown = 16;
  const rules::Judgement& judgement = checked.judgement();
  const auto count = [&](CheckResult result) { return std::to_string(judgement.count(result)); };
  return say_in(
      Language::kChinese, "ingest.event_checked",
      {{"rules", judgement.rules->version()},
       {"digest", judgement.rules->digest().substr(0, kDigestShown)},
       {"passed", count(CheckResult::kPassed)},
       {"failed", count(CheckResult::kFailed)},
       {"unchecked", count(CheckResult::kNotChecked)},
       {"person", count(CheckResult::kNeedsPerson)},
       {"verdict", say_in(Language::kChinese, "ingest.verdict_" + checked.verdict_word())}});
}

std::string inspection_event_detail(const Inspection& inspection) {
  const auto count = [&](rules::ItemState state) {
    return std::to_string(inspection.report.count(state));
  };
  return say_in(Language::kChinese, "ingest.event_inspected",
                {{"passed", count(rules::ItemState::kPassed)},
                 {"failed", count(rules::ItemState::kFailed)},
                 {"not_run", count(rules::ItemState::kNotRun)}});
}

std::string check_event_outcome(const CheckedCase& checked) {
  return checked.judgement().count(CheckResult::kFailed) == 0 ? "success" : "warning";
}

}  // namespace anjuan::ingest
