#include "catalog/http/labels.h"

#include "core/case/kinds.h"

namespace anjuan::catalog {

namespace {

struct Label {
  std::string_view code;
  std::string_view id;
};

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

constexpr std::array<Label, 5> kNotMeasured = {{
    {"photograph", "catalog.not_measured_photograph"},
    {"sound", "catalog.not_measured_sound"},
    {"unreadable", "catalog.not_measured_unreadable"},
    {"elsewhere", "catalog.not_measured_elsewhere"},
    {"not_observed", "catalog.not_measured_not_observed"},
}};

constexpr std::array<Label, 2> kCopies = {{
    {"access", "catalog.copy_access"},
    {"preservation", "catalog.copy_preservation"},
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
  return kind_name(kind, page.language());
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

std::string continuity_label(const Page& page, std::string_view verdict) {
  const auto known = std::find(kContinuityVerdicts.begin(), kContinuityVerdicts.end(), verdict);
  if (known == kContinuityVerdicts.end()) return std::string(verdict);
  return page.say(fmt::format("catalog.continuity_{}", verdict));
}

std::string not_measured_label(const Page& page, std::string_view reason) {
  return label_of(page, kNotMeasured, reason);
}

std::string copy_label(const Page& page, std::string_view role) {
  return label_of(page, kCopies, role);
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
