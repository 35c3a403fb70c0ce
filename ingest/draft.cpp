#include "ingest/draft.h"

#include "core/messages.h"
#include "ingest/check_documents.h"
#include "ingest/describe.h"

namespace anjuan::ingest {

namespace {

using packager::DraftAgent;
using packager::DraftEvent;
using packager::PackageDraft;

/// Event texts stay in the package for decades: Chinese, whatever the language of the screen.
std::string in_chinese(std::string_view id, std::initializer_list<MessageArgument> arguments = {}) {
  return say_in(Language::kChinese, id, arguments);
}

std::string type_of(ActorKind kind) {
  switch (kind) {
    case ActorKind::kPerson:
      return "person";
    case ActorKind::kSoftware:
      return "software";
    case ActorKind::kOrganisation:
      break;
  }
  return "organization";
}

std::vector<DraftAgent> agents_of(const CaseFile& declared, const Desk& desk) {
  std::vector<DraftAgent> agents;
  agents.push_back({desk.actor.id, desk.actor.name, type_of(desk.actor.kind), ""});
  if (!declared.agency().empty()) {
    agents.push_back({"org:" + declared.agency(), declared.agency(), "organization", ""});
  }
  return agents;
}

DraftEvent event(const std::string& type, Instant time, std::string detail, std::string outcome,
                 const Desk& desk) {
  DraftEvent made;
  made.type = type;
  made.time = time;
  made.detail = std::move(detail);
  made.outcome = std::move(outcome);
  made.agents = {{Actor::program().id, "executing program"}, {desk.actor.id, "implementer"}};
  return made;
}

/// Steps that this version of the program does not carry out: PREMIS event type and the sentence.
constexpr std::pair<const char*, const char*> kNotDone[] = {
    {"digital signature generation", "ingest.event_no_seal"},
};

std::string identification_event(const IdentifiedFiles& identified) {
  const std::size_t unknown = identified.files.size() - identified.identified;
  return in_chinese("ingest.event_identification",
                    {{"signatures", identified.signatures},
                     {"files", std::to_string(identified.files.size())},
                     {"unknown", std::to_string(unknown)},
                     {"doubts", std::to_string(identified.findings.size())}});
}

/// What was done to this submission, and, as plainly, what was not.
std::vector<DraftEvent> events_of(const NormalisedCase& normalised, const HandedIn& handed_in,
                                  Instant time, const Desk& desk) {
  const CheckedCase& checked = normalised.described().checked();
  const auto& supplement = handed_in.supplement;
  const GatheredCase& gathered = checked.gathered();
  const std::string count = std::to_string(gathered.files.size());
  std::vector<DraftEvent> events;
  events.push_back(
      event(supplement ? "modification" : "ingestion", time,
            supplement ? in_chinese("ingest.event_supplement", {{"reason", supplement->reason}})
                       : in_chinese("ingest.event_ingestion", {{"files", count}}),
            "success", desk));
  if (!gathered.sandbox.empty()) {
    events.push_back(event("unpacking", time,
                           in_chinese("ingest.event_unpacking", {{"kind", gathered.source_kind},
                                                                 {"sandbox", gathered.sandbox}}),
                           "success", desk));
  }
  if (!gathered.bag_manifests.empty()) {
    const auto detail = in_chinese("bagit.event_checked", {{"manifests", gathered.bag_manifests}});
    events.push_back(event("fixity check", time, detail, "success", desk));
  }
  events.push_back(event("message digest calculation", time,
                         in_chinese("ingest.event_digests", {{"files", count}}), "success", desk));
  const IdentifiedFiles& identified = normalised.described().identified();
  const bool all_known = identified.identified == gathered.files.size();
  events.push_back(event("format identification", time, identification_event(identified),
                         all_known && identified.findings.empty() ? "success" : "warning", desk));
  if (!handed_in.not_secret.empty()) {
    const auto detail = in_chinese("ingest.event_not_secret", {{"reason", handed_in.not_secret}});
    events.push_back(event("policy assignment", time, detail, "success", desk));
  }
  events.push_back(
      event("validation", time, check_event_detail(checked), check_event_outcome(checked), desk));
  const Inspection& inspection = normalised.inspection();
  events.push_back(event("validation", time, inspection_event_detail(inspection),
                         inspection.findings.empty() ? "success" : "warning", desk));
  for (const auto* acts : {&normalised.derivatives().acts, &normalised.sidecars().acts}) {
    for (const MediaAct& act : *acts) {
      events.push_back(event(act.type, time, act.detail, act.outcome, desk));
      events.back().objects = act.objects;
    }
  }
  for (const auto& [type, id] : kNotDone) {
    events.push_back(event(type, time, in_chinese(id), "not checked", desk));
  }
  return events;
}

/// The originals that the stored version does not hold already, byte for byte.
std::vector<packager::DraftFile> new_originals(const DescribedCase& described,
                                               const std::optional<StoredCase>& stored) {
  std::vector<packager::DraftFile> files;
  for (const auto& file : described.originals()) {
    if (!stored || stored->original(file.path) != file.digests.sha512) files.push_back(file);
  }
  return files;
}

packager::DraftMetadata history_document(const GatheredCase& gathered,
                                         const std::optional<StoredCase>& stored,
                                         const std::optional<Supplement>& supplement,
                                         Instant started, const Desk& desk) {
  std::vector<AcceptedSubmission> history;
  if (stored) history = stored->history();
  AcceptedSubmission accepted;
  accepted.file_set_digest = gathered.file_set_digest;
  accepted.files = gathered.files.size();
  accepted.kind = gathered.source_kind;
  accepted.accepted = started;
  accepted.accepted_by = desk.actor.id;
  accepted.version = stored ? stored->version() + 1 : 1;
  if (supplement) accepted.reason = supplement->reason;
  history.push_back(accepted);
  packager::DraftMetadata document;
  document.kind = packager::DraftMetadata::Kind::kOther;
  document.name = "submissions.xml";
  document.bytes = write_submission_history(history);
  document.mdtype = "OTHER";
  document.othermdtype = "urn:anjuan:submissions:1";
  return document;
}

PackageDraft draft_of(const CaseFile& declared, const packager::PackageId& id, Instant created,
                      const Desk& desk) {
  PackageDraft draft{id};
  draft.case_no = declared.case_no();
  draft.title = declared.title();
  draft.creator = declared.agency();
  draft.created = created;
  draft.actor = desk.actor;
  draft.agents = agents_of(declared, desk);
  return draft;
}

/// What was done to a foreign package on its way in.
std::vector<DraftEvent> events_of(const ForeignPackage& foreign, const AdoptionRecord& record,
                                  const Desk& desk) {
  const Instant time = record.adopted;
  const std::string count = std::to_string(record.files);
  std::vector<DraftEvent> events;
  events.push_back(
      event("ingestion", time,
            in_chinese("adopt.event_ingestion",
                       {{"kind", record.kind}, {"name", record.name}, {"reason", record.reason}}),
            "success", desk));
  if (!foreign.sandbox.empty()) {
    events.push_back(event("unpacking", time,
                           in_chinese("ingest.event_unpacking", {{"kind", foreign.source_kind},
                                                                 {"sandbox", foreign.sandbox}}),
                           "success", desk));
  }
  events.push_back(event("message digest calculation", time,
                         in_chinese("ingest.event_digests", {{"files", count}}), "success", desk));
  const bool is_valid = record.verdict == "valid";
  events.push_back(event("validation", time,
                         in_chinese(is_valid ? "adopt.event_valid" : "adopt.event_unchecked"),
                         is_valid ? "success" : "not checked", desk));
  return events;
}

}  // namespace

std::string fonds_of(const CaseFile& declared, const Config& config) {
  return declared.fonds().empty() ? config.archive.fonds_code : declared.fonds();
}

PackageDraft draft_package(const NormalisedCase& normalised, const packager::PackageId& id,
                           const std::optional<StoredCase>& stored, const HandedIn& handed_in,
                           Instant started, const Desk& desk) {
  const auto& supplement = handed_in.supplement;
  const DescribedCase& described = normalised.described();
  const GatheredCase& gathered = described.checked().gathered();
  PackageDraft draft = draft_of(gathered.declared, id, started, desk);
  draft.verdict = described.checked().verdict_word();
  draft.message = supplement
                      ? in_chinese("ingest.version_supplement", {{"reason", supplement->reason}})
                      : in_chinese("ingest.version_first");
  const Derivatives& derivatives = normalised.derivatives();
  auto originals = new_originals(described, stored);
  for (auto& file : originals) {
    const auto found = derivatives.characteristics.find(file.path);
    if (found != derivatives.characteristics.end()) file.characteristics = found->second;
  }
  if (!originals.empty()) draft.representations.push_back({"original", std::move(originals)});
  for (auto& one : representations_of(derivatives)) {
    draft.representations.push_back(std::move(one));
  }
  draft.metadata = described.metadata();
  for (const auto& one : derivatives.continuity) draft.metadata.push_back(one.document);
  for (const auto& one : normalised.sidecars().documents) draft.metadata.push_back(one);
  draft.metadata.push_back(history_document(gathered, stored, supplement, started, desk));
  for (auto& document : check_documents(normalised, started, desk)) {
    draft.metadata.push_back(std::move(document));
  }
  draft.events = events_of(normalised, handed_in, started, desk);
  return draft;
}

PackageDraft draft_adoption(const ForeignPackage& foreign, const AdoptionRecord& record,
                            const packager::PackageId& id, const Desk& desk) {
  PackageDraft draft{id};
  draft.case_no = in_chinese("adopt.mark");
  draft.title = record.name;
  draft.created = record.adopted;
  draft.actor = desk.actor;
  draft.message = in_chinese("adopt.version", {{"reason", record.reason}});
  draft.agents = {{desk.actor.id, desk.actor.name, type_of(desk.actor.kind), ""}};
  packager::DraftRepresentation originals{"original", {}};
  for (const GatheredFile& file : foreign.files) originals.files.push_back(original_of(file));
  draft.representations.push_back(std::move(originals));
  packager::DraftMetadata document;
  document.name = "adoption.xml";
  document.bytes = write_adoption_record(record);
  document.mdtype = "OTHER";
  document.othermdtype = "urn:anjuan:adoption:1";
  draft.metadata.push_back(std::move(document));
  draft.events = events_of(foreign, record, desk);
  return draft;
}

PackageDraft draft_edit(const CaseFile& declared, const DescriptionEdit& edit, Instant now,
                        const Desk& desk) {
  PackageDraft draft = draft_of(declared, edit.package, now, desk);
  draft.message = in_chinese("ingest.version_description", {{"reason", edit.reason}});
  draft.events = {event("metadata modification", now,
                        in_chinese("ingest.event_description", {{"reason", edit.reason}}),
                        "success", desk)};
  return draft;
}

}  // namespace anjuan::ingest
