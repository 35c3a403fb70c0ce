#include "core/messages.h"
#include "packager/verify/eark/rules.h"
#include "packager/verify/eark/values.h"

namespace anjuan::packager::eark {

namespace {

/// How far the clock of another machine may be ahead.
constexpr std::chrono::hours kClockSlack{24};

void check_creation(RuleContext& context, const Header& header) {
  constexpr std::string_view kWhat = "mets/metsHdr/@CREATEDATE";
  if (!context.time("CSIP7", header.created, kWhat, header.place)) return;
  if (*read_time(*header.created) <= context.now + kClockSlack) return;
  context.fails("CSIP7", header.place,
                say("eark.future", {{"what", std::string(kWhat)}, {"value", *header.created}}));
}

bool is_later(const std::string& text, Instant than) {
  const auto time = read_time(text);
  return time && *time > than + kClockSlack;
}

/// Without LASTMODDATE: what the METS lists must not be younger than the package.
void check_unmodified(RuleContext& context, const MetsModel& mets, const Header& header) {
  const auto created = read_time(header.created.value_or(""));
  const bool superseded = std::any_of(mets.sections.begin(), mets.sections.end(),
                                      [](const SectionNote& section) { return !section.current; });
  const bool section = created && is_later(mets.last_section_time, *created);
  const bool file = created && is_later(mets.last_file_time, *created);
  if (!superseded && !section && !file) return;
  // A file's own time may come from any clock.
  context.report.fails_as(superseded || section ? Severity::kWarn : Severity::kInfo, "CSIP8",
                          context.here(header.place), say("eark.not_modified"));
}

void check_modification(RuleContext& context, const MetsModel& mets, const Header& header) {
  const std::string what = "mets/metsHdr/@LASTMODDATE";
  const auto fails = [&](Severity level, const std::string& fact) {
    context.report.fails_as(level, "CSIP8", context.here(header.place), fact);
  };
  if (!header.modified) {
    check_unmodified(context, mets, header);
    return;
  }
  const auto time = read_time(*header.modified);
  const auto created = read_time(header.created.value_or(""));
  if (!time) {
    fails(Severity::kError, say("eark.bad_time", {{"what", what}, {"value", *header.modified}}));
  } else if (*time > context.now + kClockSlack) {
    fails(Severity::kError, say("eark.future", {{"what", what}, {"value", *header.modified}}));
  } else if (created && *time < *created) {
    fails(Severity::kError, say("eark.before_creation", {{"value", *header.modified}}));
  }
}

/// How much of the agent says that it is the software that made the package.
int likeness(const Agent& agent) {
  const bool version = std::any_of(agent.notes.begin(), agent.notes.end(),
                                   [](const AgentNote& n) { return n.type == "SOFTWARE VERSION"; });
  return (agent.role == "CREATOR" ? 1 : 0) + (agent.type == "OTHER" ? 1 : 0) +
         (agent.other_type == "SOFTWARE" ? 2 : 0) + (version ? 2 : 0);
}

const Agent* software(const Header& header) {
  constexpr int kAlike = 2;
  const Agent* best = nullptr;
  for (const auto& agent : header.agents) {
    if (!best || likeness(agent) > likeness(*best)) best = &agent;
  }
  return best && likeness(*best) >= kAlike ? best : nullptr;
}

void check_software(RuleContext& context, const Agent& agent) {
  const std::string what = "mets/metsHdr/agent";
  const auto place = agent.place;
  context.equals("CSIP11", agent.role, "CREATOR", what + "/@ROLE", place);
  context.equals("CSIP12", agent.type, "OTHER", what + "/@TYPE", place);
  context.equals("CSIP13", agent.other_type, "SOFTWARE", what + "/@OTHERTYPE", place);
  const auto name = agent.names.empty() ? Value() : Value(agent.names.front());
  context.given("CSIP14", name, what + "/name", place);
  if (agent.notes.empty()) {
    context.fails("CSIP15", place, say("eark.missing", {{"what", what + "/note"}}));
    return;
  }
  if (agent.notes.size() > 1) {
    context.fails("CSIP15", place,
                  say("eark.too_many",
                      {{"what", what + "/note"}, {"count", std::to_string(agent.notes.size())}}));
  }
  context.given("CSIP15", agent.notes.front().text, what + "/note", place);
  const bool typed = std::any_of(agent.notes.begin(), agent.notes.end(),
                                 [](const AgentNote& n) { return n.type == "SOFTWARE VERSION"; });
  if (typed) return;
  context.equals("CSIP16", agent.notes.front().type, "SOFTWARE VERSION",
                 what + "/note/@csip:NOTETYPE", place);
}

}  // namespace

void check_header(RuleContext& context, const MetsModel& mets) {
  if (mets.headers.size() != 1) {
    const bool none = mets.headers.empty();
    context.fails("CSIP117", none ? mets.place : mets.headers[1].place,
                  none ? say("eark.missing", {{"what", "mets/metsHdr"}})
                       : say("eark.too_many", {{"what", "mets/metsHdr"},
                                               {"count", std::to_string(mets.headers.size())}}));
    if (none) return;
  }
  const auto& header = mets.headers.front();
  check_creation(context, header);
  check_modification(context, mets, header);
  context.among("CSIP9", header.package_type, is_package_type, "mets/metsHdr/@csip:OAISPACKAGETYPE",
                header.place);
  if (const auto* agent = software(header)) {
    check_software(context, *agent);
  } else {
    context.fails("CSIP10", header.place, say("eark.no_software"));
  }
}

}  // namespace anjuan::packager::eark
