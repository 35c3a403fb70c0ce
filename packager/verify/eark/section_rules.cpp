#include "core/messages.h"
#include "packager/verify/eark/references.h"
#include "packager/verify/eark/rules.h"
#include "packager/verify/eark/values.h"

namespace anjuan::packager::eark {

namespace {

/// The ids of one kind of section; an empty id: the specification demands nothing there.
struct SectionIds {
  std::string_view element;
  std::string_view id;
  std::string_view created;
  std::string_view status;
  std::string_view reference;
  std::string_view mdtype;
  ReferenceIds link;
};

constexpr SectionIds kDescriptive = {
    "dmdSec",
    "CSIP18",
    "CSIP19",
    "CSIP20",
    "CSIP21",
    "CSIP25",
    {"CSIP22", "CSIP23", "CSIP24", "CSIP26", "CSIP27", "CSIP28", "CSIP29", "CSIP30"}};
constexpr SectionIds kProvenance = {
    "amdSec/digiprovMD",
    "CSIP33",
    "",
    "CSIP34",
    "CSIP35",
    "CSIP39",
    {"CSIP36", "CSIP37", "CSIP38", "CSIP40", "CSIP41", "CSIP42", "CSIP43", "CSIP44"}};
constexpr SectionIds kRights = {
    "amdSec/rightsMD",
    "CSIP46",
    "",
    "CSIP47",
    "CSIP48",
    "CSIP52",
    {"CSIP49", "CSIP50", "CSIP51", "CSIP53", "CSIP54", "CSIP55", "CSIP56", "CSIP57"}};
/// CSIP has no requirements for techMD and sourceMD: what they refer to must be there all the same.
constexpr SectionIds kTechnical = {"amdSec/techMD", "", "", "", "", "CSIP39", kProvenance.link};
constexpr SectionIds kSource = {"amdSec/sourceMD", "", "", "", "", "CSIP39", kProvenance.link};

const SectionIds& ids_of(SectionKind kind) {
  switch (kind) {
    case SectionKind::kDescriptive:
      return kDescriptive;
    case SectionKind::kTechnical:
      return kTechnical;
    case SectionKind::kRights:
      return kRights;
    case SectionKind::kSource:
      return kSource;
    case SectionKind::kProvenance:
      break;
  }
  return kProvenance;
}

void check_status(RuleContext& context, const SectionIds& ids, const Section& section) {
  if (ids.status.empty()) return;
  const auto what = fmt::format("mets/{}/@STATUS", ids.element);
  if (!section.status) {
    context.fails(ids.status, section.place, say("eark.missing", {{"what", what}}));
  } else if (!is_section_status(*section.status)) {
    context.report.fails_as(Severity::kError, ids.status, context.here(section.place),
                            say("eark.wrong_value", {{"what", what}, {"value", *section.status}}));
  }
}

std::size_t count(const MetsModel& mets, SectionKind kind) {
  return static_cast<std::size_t>(
      std::count_if(mets.sections.begin(), mets.sections.end(),
                    [&](const SectionNote& section) { return section.kind == kind; }));
}

}  // namespace

AipFile* check_section(RuleContext& context, const Section& section) {
  const auto& ids = ids_of(section.kind);
  const auto element = fmt::format("mets/{}", ids.element);
  if (!ids.id.empty()) {
    context.identifier(ids.id, section.id, element + "/@ID", section.place);
  }
  if (!ids.created.empty()) {
    context.time(ids.created, section.created, element + "/@CREATED", section.place);
  }
  check_status(context, ids, section);
  if (section.kind == SectionKind::kProvenance && !section.reference && !section.wraps) {
    context.fails("CSIP32", section.place, say("eark.describes_nothing", {{"what", element}}));
  }
  if (!section.reference) {
    if (!ids.reference.empty()) {
      context.fails(ids.reference, section.place,
                    say("eark.missing", {{"what", element + "/mdRef"}}));
    }
    return nullptr;
  }
  const auto& reference = *section.reference;
  const auto place = reference.link.place;
  const auto what = element + "/mdRef";
  auto* file = check_link(context, ids.link, reference.link, what);
  context.among(ids.mdtype, reference.mdtype, is_metadata_type, what + "/@MDTYPE", place);
  check_facts(context, ids.link, reference.facts, file, what, place);
  return file;
}

void check_sections(RuleContext& context, const MetsModel& mets) {
  if (mets.administrative > 1) {
    context.fails("CSIP31", mets.place,
                  say("eark.too_many",
                      {{"what", "mets/amdSec"}, {"count", std::to_string(mets.administrative)}}));
  }
  if (!context.is_root()) return;
  // Documents on the disk that no section names are found by the walk over the files; without any
  // it can only be said that there are none.
  const auto absent = [&](std::string_view id, std::string_view what) {
    context.report.fails_as(Severity::kInfo, id, context.here(mets.place),
                            say("eark.optional_absent", {{"what", std::string(what)}}));
  };
  if (count(mets, SectionKind::kDescriptive) == 0) absent("CSIP17", "mets/dmdSec");
  if (mets.administrative == 0) absent("CSIP31", "mets/amdSec");
  if (count(mets, SectionKind::kProvenance) == 0) absent("CSIP32", "mets/amdSec/digiprovMD");
}

}  // namespace anjuan::packager::eark
