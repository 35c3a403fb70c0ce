#include "core/messages.h"
#include "packager/verify/eark/rules.h"
#include "packager/verify/eark/values.h"

namespace anjuan::packager::eark {

namespace {

const std::string kAgent = "mets/metsHdr/agent";

void absent(RuleContext& context, std::string_view id, Place place, const std::string& what) {
  context.report.fails_as(Severity::kInfo, id, context.here(place),
                          say("eark.optional_absent", {{"what", what}}));
}

/// PROFILE must be `wanted` or the address of another edition, which begins with `begin` too.
void check_profile(RuleContext& context, const MetsModel& mets, std::string_view id,
                   std::string_view begin, std::string_view wanted) {
  const auto profile = mets.profile.value_or("");
  const bool own = profile.find(begin) != profile.npos && edition_of(profile) != Edition::kUnknown;
  if (!own) context.equals(id, mets.profile, wanted, "mets/@PROFILE", mets.place);
}

void check_type(RuleContext& context, const MetsModel& mets, std::string_view id,
                std::string_view wanted) {
  if (mets.headers.empty()) return;  // CSIP117
  const auto& header = mets.headers.front();
  context.equals(id, header.package_type, wanted, "mets/metsHdr/@csip:OAISPACKAGETYPE",
                 header.place);
}

// -- SIP ------------------------------------------------------------------------------------------

/// An agent's role is what it is recognised by: only SIP16 can be missed.
struct AgentIds {
  std::string_view type;
  std::string_view name;
  std::string_view note;
  std::string_view note_type;
};

constexpr AgentIds kCreator = {"SIP11", "SIP12", "SIP13", "SIP14"};
constexpr AgentIds kSubmitter = {"SIP17", "SIP18", "SIP19", "SIP20"};
constexpr AgentIds kContact = {"SIP23", "SIP24", "SIP25", ""};
constexpr AgentIds kPreserver = {"SIP28", "SIP29", "SIP30", "SIP31"};

bool is_body(const Agent& agent) {
  return agent.type == "ORGANIZATION" || agent.type == "INDIVIDUAL";
}

class SipCheck {
 public:
  SipCheck(RuleContext& context, const MetsModel& mets) : context_(context), mets_(mets) {}

  void run() {
    check_profile(context_, mets_, "SIP2", "earksip.dilcis.eu/profile/E-ARK-SIP",
                  "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml");
    check_type(context_, mets_, "SIP4", "SIP");
    if (!mets_.label || mets_.label->empty()) absent(context_, "SIP1", mets_.place, "mets/@LABEL");
    if (mets_.headers.empty()) return;
    check_status();
    check_alternative_ids();
    sort_agents();
    check_agents();
  }

 private:
  const Header& header() const { return mets_.headers.front(); }

  void check_status() {
    const std::string what = "mets/metsHdr/@RECORDSTATUS";
    const auto& status = header().record_status;
    if (!status) {
      absent(context_, "SIP3", header().place, what);
    } else if (!is_record_status(*status)) {
      context_.report.fails_as(Severity::kError, "SIP3", context_.here(header().place),
                               say("eark.wrong_value", {{"what", what}, {"value", *status}}));
    }
  }

  void check_alternative_ids() {
    struct Row {
      std::string_view id;
      std::string_view type;
      std::size_t most;
    };

    constexpr auto kAny = static_cast<std::size_t>(-1);
    constexpr Row kRows[] = {{"SIP5", "SUBMISSIONAGREEMENT", 1},
                             {"SIP6", "PREVIOUSSUBMISSIONAGREEMENT", kAny},
                             {"SIP7", "REFERENCECODE", 1},
                             {"SIP8", "PREVIOUSREFERENCECODE", kAny}};
    for (const auto& row : kRows) {
      const auto what = fmt::format("mets/metsHdr/altRecordID[@TYPE='{}']", row.type);
      std::size_t count = 0;
      for (const auto& each : header().alternative_ids) {
        if (each.type != row.type) continue;
        ++count;
        if (!each.text.empty()) continue;
        context_.report.fails_as(Severity::kError, row.id, context_.here(each.place),
                                 say("eark.empty", {{"what", what}}));
      }
      if (count == 0) absent(context_, row.id, header().place, what);
      if (count > row.most) {
        context_.report.fails_as(
            Severity::kError, row.id, context_.here(header().place),
            say("eark.too_many", {{"what", what}, {"count", std::to_string(count)}}));
      }
    }
  }

  /// The specification tells its agents apart by role and type alone. Of several that created, the
  /// bodies before the last are taken for the archival creator; persons beside a body for contacts.
  void sort_agents() {
    const Agent* person = nullptr;
    for (const auto& agent : header().agents) {
      if (agent.other_type == "SOFTWARE") continue;
      if (agent.role == "ARCHIVIST") creators_.push_back(&agent);
      if (agent.role == "PRESERVATION") preservers_.push_back(&agent);
      if (agent.role == "OTHER") contacts_.push_back(&agent);
      if (agent.role != "CREATOR") continue;
      if (agent.type == "INDIVIDUAL") {
        if (!person) person = &agent;
        contacts_.push_back(&agent);
      } else if (is_body(agent)) {
        submitters_.push_back(&agent);
      } else {
        untyped_.push_back(&agent);
      }
    }
    if (creators_.empty() && submitters_.size() > 1) {
      creators_.push_back(submitters_.front());
      submitters_.erase(submitters_.begin());
    }
    if (submitters_.empty() && person) {
      submitters_.push_back(person);
      contacts_.erase(std::find(contacts_.begin(), contacts_.end(), person));
    }
  }

  void check_agents() {
    for (const auto* agent : creators_) check_agent(kCreator, *agent, is_body(*agent));
    if (creators_.empty()) no_creator();
    for (const auto* agent : submitters_) check_agent(kSubmitter, *agent, is_body(*agent));
    if (submitters_.empty()) no_submitter();
    for (const auto* agent : contacts_) {
      check_agent(kContact, *agent, agent->type == "INDIVIDUAL");
    }
    if (contacts_.empty()) absent(context_, "SIP21", header().place, kAgent);
    for (const auto* agent : preservers_) {
      check_agent(kPreserver, *agent, agent->type == "ORGANIZATION");
    }
    if (preservers_.empty()) {
      absent(context_, "SIP26", header().place, kAgent + "[@ROLE='PRESERVATION']");
    }
  }

  /// One that was meant to be it is told by what is wrong with it.
  void no_creator() {
    if (!untyped_.empty() && !submitters_.empty()) {
      context_.wrong("SIP11", untyped_.front()->type.value_or(""), kAgent + "/@TYPE",
                     untyped_.front()->place);
      return;
    }
    const auto coded = [](const AgentNote& note) { return note.type == "IDENTIFICATIONCODE"; };
    for (const auto& agent : header().agents) {
      const auto role = agent.role.value_or("");
      const bool other = role != "CREATOR" && role != "PRESERVATION" && role != "OTHER";
      if (!other || std::none_of(agent.notes.begin(), agent.notes.end(), coded)) continue;
      context_.report.fails_as(
          Severity::kWarn, "SIP10", context_.here(agent.place),
          say("eark.wrong_value", {{"what", kAgent + "/@ROLE"}, {"value", role}}));
    }
    absent(context_, "SIP9", header().place, kAgent + "[@ROLE='ARCHIVIST']");
  }

  void no_submitter() {
    if (!untyped_.empty()) {
      context_.wrong("SIP17", untyped_.front()->type.value_or(""), kAgent + "/@TYPE",
                     untyped_.front()->place);
      return;
    }
    context_.fails("SIP15", header().place, say("eark.no_submitter"));
    for (const auto& agent : header().agents) {
      const bool lost =
          agent.type == "ORGANIZATION" && agent.role != "ARCHIVIST" && agent.role != "PRESERVATION";
      if (lost) context_.wrong("SIP16", agent.role.value_or(""), kAgent + "/@ROLE", agent.place);
    }
  }

  void check_agent(const AgentIds& ids, const Agent& agent, bool type_is_right) {
    if (!type_is_right) {
      context_.wrong(ids.type, agent.type.value_or(""), kAgent + "/@TYPE", agent.place);
    }
    const auto name = agent.names.empty() ? Value() : Value(agent.names.front());
    context_.given(ids.name, name, kAgent + "/name", agent.place);
    if (agent.notes.empty()) absent(context_, ids.note, agent.place, kAgent + "/note");
    if (ids.note_type.empty()) return;
    for (const auto& note : agent.notes) {
      context_.equals(ids.note_type, note.type, "IDENTIFICATIONCODE",
                      kAgent + "/note/@csip:NOTETYPE", agent.place);
    }
  }

  RuleContext& context_;
  const MetsModel& mets_;
  std::vector<const Agent*> creators_;
  std::vector<const Agent*> submitters_;
  std::vector<const Agent*> contacts_;
  std::vector<const Agent*> preservers_;
  std::vector<const Agent*> untyped_;  ///< created, but neither as a body nor as a person
};

// -- AIP, DIP -------------------------------------------------------------------------------------

void check_aip_rules(RuleContext& context, const MetsModel& mets) {
  check_profile(context, mets, "AIPM2", "dilcis.eu/profile/E-ARK-AIP",
                "https://earkdip.dilcis.eu/profile/E-ARK-AIP-v2-2-0.xml");
  check_type(context, mets, "AIPM3", "AIP");
  const auto any = [&](auto&& rule) {
    return std::any_of(mets.sections.begin(), mets.sections.end(), rule);
  };
  const auto provenance = [](const SectionNote& section) {
    return section.kind == SectionKind::kProvenance && section.has_reference;
  };
  if (!any([](const SectionNote& section) {
        return section.kind == SectionKind::kDescriptive && section.says_current;
      })) {
    context.fails("AIPM4", mets.place, say("eark.none_current"));
  }
  if (!any(provenance)) {
    context.fails("AIPM5", mets.place,
                  say("eark.missing", {{"what", "mets/amdSec/digiprovMD/mdRef"}}));
    return;
  }
  const auto premis = [&](const SectionNote& section) {
    return provenance(section) && section.premis;
  };
  if (!any(premis)) {
    context.fails(
        "AIPM6", mets.place,
        say("eark.missing", {{"what", "mets/amdSec/digiprovMD/mdRef[@MDTYPE='PREMIS']"}}));
    return;
  }
  for (const auto& section : mets.sections) {
    if (!premis(section) || section.mdtype_version.value_or("3").starts_with("3")) continue;
    context.wrong("AIPM7", *section.mdtype_version, "mets/amdSec/digiprovMD/mdRef/@MDTYPEVERSION",
                  mets.place);
  }
}

void check_dip_rules(RuleContext& context, const MetsModel& mets) {
  context.given("DIP1", mets.objid, "mets/@OBJID", mets.place);
  check_profile(context, mets, "DIP2", "earkdip.dilcis.eu/profile/E-ARK-DIP",
                "https://earkdip.dilcis.eu/profile/E-ARK-DIP.xml");
  check_type(context, mets, "DIP3", "DIP");
  const bool old = std::any_of(mets.sections.begin(), mets.sections.end(), [](const auto& section) {
    return section.kind == SectionKind::kDescriptive && !section.says_current;
  });
  if (old) context.fails("DIP4", mets.place, say("eark.not_all_current"));
}

/// A package that follows CSIP alone, although its type has a specification of its own.
void check_csip_only(RuleContext& context, const MetsModel& mets) {
  const auto type = mets.headers.empty() ? "" : mets.headers.front().package_type.value_or("");
  const auto id = type == "SIP" ? "SIP2" : type == "AIP" ? "AIPM2" : type == "DIP" ? "DIP2" : "";
  if (*id == '\0' || !mets.profile) return;
  context.report.fails_as(Severity::kWarn, id, context.here(mets.place),
                          say("eark.csip_only", {{"profile", *mets.profile}, {"type", type}}));
}

}  // namespace

void check_package_rules(RuleContext& context, const MetsModel& mets) {
  if (context.rules == PackageRules::kCsipOnly) check_csip_only(context, mets);
  if (context.rules == PackageRules::kSip) SipCheck(context, mets).run();
  if (context.rules == PackageRules::kAip) check_aip_rules(context, mets);
  if (context.rules == PackageRules::kDip) check_dip_rules(context, mets);
}

}  // namespace anjuan::packager::eark
