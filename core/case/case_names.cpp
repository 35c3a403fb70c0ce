// Names in the open maps of a document that the rules or the accepted cases use.

#include <algorithm>
#include <array>

#include "core/case/case_keys.h"

namespace anjuan {

namespace {

constexpr std::array<std::string_view, 46> kKnownFields = {"adoption",
                                                           "agency",
                                                           "agency_seal",
                                                           "amount",
                                                           "approval",
                                                           "approved_at",
                                                           "articles",
                                                           "author",
                                                           "complainant",
                                                           "conclusion",
                                                           "content",
                                                           "date",
                                                           "deadline",
                                                           "discretion_reason",
                                                           "evidence_facts",
                                                           "expert_signatures",
                                                           "facts_evidence",
                                                           "handling",
                                                           "leader_approval",
                                                           "legal_basis",
                                                           "mode",
                                                           "mode_time",
                                                           "number",
                                                           "officer_opinion",
                                                           "opinion",
                                                           "party_info",
                                                           "party_opinion",
                                                           "penalty_kind",
                                                           "period",
                                                           "place",
                                                           "plea_channel",
                                                           "plea_deadline",
                                                           "plea_right",
                                                           "proposed_decision",
                                                           "reason",
                                                           "reason_basis",
                                                           "reasons",
                                                           "received_at",
                                                           "recorder",
                                                           "remedy",
                                                           "reported_to",
                                                           "reviewer",
                                                           "service",
                                                           "time",
                                                           "urgent_facts",
                                                           "violation"};

constexpr std::array<std::string_view, 9> kKnownRoles = {"agent", "host_note", "leader",
                                                         "note",  "officer",   "participants",
                                                         "party", "reviewer",  "witness"};

static_assert(std::is_sorted(kKnownFields.begin(), kKnownFields.end()));
static_assert(std::is_sorted(kKnownRoles.begin(), kKnownRoles.end()));

}  // namespace

bool is_known_field(std::string_view name) {
  return std::binary_search(kKnownFields.begin(), kKnownFields.end(), name);
}

bool is_known_role(std::string_view name) {
  return std::binary_search(kKnownRoles.begin(), kKnownRoles.end(), name);
}

}  // namespace anjuan
