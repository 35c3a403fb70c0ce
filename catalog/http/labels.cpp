#include "catalog/http/labels.h"

namespace anjuan::catalog {

namespace {

struct Label {
  std::string_view code;
  std::string_view id;
};

constexpr std::array<Label, 34> kSteps = {{
    {"EV_APPLY", "catalog.step_apply"},
    {"EV_COMPLAINT", "catalog.step_complaint"},
    {"EV_CHECK", "catalog.step_check"},
    {"EV_EMERG", "catalog.step_emerg"},
    {"EV_FILE", "catalog.step_file"},
    {"EV_SITE", "catalog.step_site"},
    {"EV_INQUIRY", "catalog.step_inquiry"},
    {"EV_EVIDENCE", "catalog.step_evidence"},
    {"EV_SAMPLE", "catalog.step_sample"},
    {"EV_KEEP", "catalog.step_keep"},
    {"EV_APPRAISE", "catalog.step_appraise"},
    {"EV_EXPERT", "catalog.step_expert"},
    {"EV_MEASURE", "catalog.step_measure"},
    {"EV_MEASURE_END", "catalog.step_measure_end"},
    {"EV_INVEST_END", "catalog.step_invest_end"},
    {"EV_LEGAL", "catalog.step_legal"},
    {"EV_NOTICE", "catalog.step_notice"},
    {"EV_PLEA", "catalog.step_plea"},
    {"EV_WAIVE", "catalog.step_waive"},
    {"EV_HEAR_NOTICE", "catalog.step_hear_notice"},
    {"EV_HEAR_APPLY", "catalog.step_hear_apply"},
    {"EV_HEARING", "catalog.step_hearing"},
    {"EV_COLLECT", "catalog.step_collect"},
    {"EV_DECISION", "catalog.step_decision"},
    {"EV_SPOT", "catalog.step_spot"},
    {"EV_SERVICE", "catalog.step_service"},
    {"EV_VOLUNTARY", "catalog.step_voluntary"},
    {"EV_URGE", "catalog.step_urge"},
    {"EV_ENF_DECISION", "catalog.step_enf_decision"},
    {"EV_ENFORCE", "catalog.step_enforce"},
    {"EV_OBJECT", "catalog.step_object"},
    {"EV_COURT", "catalog.step_court"},
    {"EV_COURT_RESULT", "catalog.step_court_result"},
    {"EV_CLOSE", "catalog.step_close"},
}};

constexpr std::array<Label, 16> kEventTypes = {{
    {"ingestion", "catalog.event_ingestion"},
    {"modification", "catalog.event_modification"},
    {"message digest calculation", "catalog.event_message_digest_calculation"},
    {"fixity check", "catalog.event_fixity_check"},
    {"format identification", "catalog.event_format_identification"},
    {"normalization", "catalog.event_normalization"},
    {"validation", "catalog.event_validation"},
    {"digital signature generation", "catalog.event_digital_signature_generation"},
    {"virus check", "catalog.event_virus_check"},
    {"metadata modification", "catalog.event_metadata_modification"},
    {"migration", "catalog.event_migration"},
    {"replication", "catalog.event_replication"},
    {"unpacking", "catalog.event_unpacking"},
    {"creation", "catalog.event_creation"},
    {"capture", "catalog.event_capture"},
    {"information package creation", "catalog.event_information_package_creation"},
}};

constexpr std::array<Label, 4> kOutcomes = {{
    {"success", "catalog.outcome_success"},
    {"failure", "catalog.outcome_failure"},
    {"warning", "catalog.outcome_warning"},
    {"not checked", "catalog.outcome_not_checked"},
}};

constexpr std::array<Label, 4> kRoles = {{
    {"executing program", "catalog.role_executing_program"},
    {"implementer", "catalog.role_implementer"},
    {"authorizer", "catalog.role_authorizer"},
    {"validator", "catalog.role_validator"},
}};

template <std::size_t count>
std::string label_of(const Page& page, const std::array<Label, count>& labels,
                     std::string_view code) {
  for (const auto& label : labels) {
    if (label.code == code) return page.say(label.id);
  }
  return std::string(code);
}

}  // namespace

std::string step_kind_label(const Page& page, std::string_view kind) {
  return label_of(page, kSteps, kind);
}

std::string event_type_label(const Page& page, std::string_view type) {
  return label_of(page, kEventTypes, type);
}

std::string outcome_label(const Page& page, std::string_view outcome) {
  return label_of(page, kOutcomes, outcome);
}

std::string role_label(const Page& page, std::string_view role) {
  return label_of(page, kRoles, role);
}

std::string media_label(const Page& page, std::string_view mime) {
  if (mime == "application/pdf") return "PDF";
  if (mime == "application/ofd" || mime == "application/vnd.ofd") return "OFD";
  if (mime.starts_with("image/")) return page.say("catalog.media_image");
  if (mime.starts_with("video/")) return page.say("catalog.media_video");
  if (mime.starts_with("audio/")) return page.say("catalog.media_audio");
  if (mime.starts_with("text/")) return page.say("catalog.media_text");
  return page.say("catalog.media_file");
}

}  // namespace anjuan::catalog
