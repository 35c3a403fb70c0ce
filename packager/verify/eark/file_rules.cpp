#include "core/messages.h"
#include "packager/verify/eark/references.h"
#include "packager/verify/eark/rules.h"
#include "packager/verify/eark/values.h"

namespace anjuan::packager::eark {

namespace {

constexpr ReferenceIds kFile = {"CSIP77", "CSIP78", "CSIP79", "CSIP68",
                                "CSIP69", "CSIP70", "CSIP71", "CSIP72"};
constexpr std::string_view kGroup = "mets/fileSec/fileGrp";

void check_ids(RuleContext& context, std::string_view id, const MetsModel& mets, const Value& ids,
               std::string_view what, Place place) {
  if (!ids) return;
  const auto list = id_list(*ids);
  if (list.empty()) {
    context.fails(id, place, say("eark.empty", {{"what", std::string(what)}}));
  }
  for (const auto each : list) {
    if (mets.ids.contains(each)) continue;
    // A reference that leads nowhere is wrong even where none is asked for.
    context.report.fails_as(
        Severity::kError, id, context.here(place),
        say("eark.dangling", {{"what", std::string(what)}, {"value", std::string(each)}}));
  }
}

void check_sip_attributes(RuleContext& context, const FileElement& file) {
  constexpr std::pair<std::string_view, std::string_view> kIds[] = {{"FILEFORMATNAME", "SIP32"},
                                                                    {"FILEFORMATVERSION", "SIP33"},
                                                                    {"FILEFORMATREGISTRY", "SIP34"},
                                                                    {"FILEFORMATKEY", "SIP35"}};
  for (const auto& [name, value] : file.sip) {
    for (const auto& [known, id] : kIds) {
      if (name == known) context.given(id, value, "file/@sip:" + name, file.place);
    }
  }
}

void check_use(RuleContext& context, const FileGroup& group) {
  const auto what = fmt::format("{}/@USE", kGroup);
  if (!context.given("CSIP64", group.use, what, group.place)) return;
  constexpr std::string_view kWords[] = {"Documentation", "Schemas", "Representations", "Metadata"};
  const bool known = std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) {
    return group.use->starts_with(word);
  });
  if (!known) {
    context.wrong("CSIP64", *group.use, what, group.place);
    return;
  }
  auto folder = *group.use;
  while (folder.ends_with('/')) folder.pop_back();
  const auto own = context.path.substr(0, context.path.rfind('/') + 1) + folder;
  if (context.names.has_folder(folder) || context.names.has_folder(own)) return;
  context.fails("CSIP64", group.place, say("eark.no_folder", {{"use", *group.use}}));
}

void check_content_type(RuleContext& context, const FileGroup& group) {
  const auto what = fmt::format("{}/@csip:CONTENTINFORMATIONTYPE", kGroup);
  const auto other = fmt::format("{}/@csip:OTHERCONTENTINFORMATIONTYPE", kGroup);
  const auto fails = [&](std::string_view id, const std::string& fact) {
    context.report.fails_as(Severity::kError, id, context.here(group.place), fact);
  };
  const auto& word = group.other_content_type;
  if (!group.content_type) {
    if (group.use && group.use->starts_with("Representations")) {
      context.fails("CSIP62", group.place, say("eark.missing", {{"what", what}}));
    }
  } else if (!is_content_information_type(*group.content_type)) {
    fails("CSIP62", say("eark.wrong_value", {{"what", what}, {"value", *group.content_type}}));
  }
  const bool wanted = group.content_type == "OTHER";
  if (wanted && (!word || word->empty())) {
    const auto fact = say("eark.missing", {{"what", other}});
    fails("CSIP62", fact);
    fails("CSIP63", fact);
  } else if (word && (!wanted || is_content_information_type(*word))) {
    fails("CSIP63", say("eark.wrong_value", {{"what", other}, {"value", *word}}));
  }
}

void check_group(RuleContext& context, const MetsModel& mets, const FileGroup& group) {
  const std::string what(kGroup);
  check_use(context, group);
  context.identifier("CSIP65", group.id, what + "/@ID", group.place);
  check_ids(context, "CSIP61", mets, group.admid, what + "/@ADMID", group.place);
  check_content_type(context, group);
  if (group.files == 0 && !group.has_groups) {
    context.fails("CSIP66", group.place,
                  say("eark.empty_group", {{"use", group.use.value_or("")}}));
  }
}

/// The groups that the package's METS must have: an error where the package has such files, else
/// only advice, since the specification asks for them in every package.
void check_kinds(RuleContext& context, const MetsModel& mets) {
  struct Kind {
    std::string_view id;
    std::string_view use;
  };

  constexpr Kind kKinds[] = {
      {"CSIP60", "Documentation"}, {"CSIP113", "Schemas"}, {"CSIP114", "Representations"}};
  for (const auto& kind : kKinds) {
    const bool there = std::any_of(mets.groups.begin(), mets.groups.end(), [&](const auto& group) {
      return group.use.value_or("").starts_with(kind.use);
    });
    if (there) continue;
    const bool files = context.names.has_folder(kind.use);
    context.report.fails_as(files ? Severity::kError : Severity::kWarn, kind.id,
                            context.here(mets.file_section_place),
                            say("eark.no_group", {{"use", std::string(kind.use)}}));
  }
}

bool has_content(const RuleContext& context) {
  const auto& files = context.tree.files();
  return std::any_of(files.begin(), files.end(), [](const AipFile& file) {
    return file.present && file.path.find('/') != file.path.npos &&
           !file.path.starts_with("metadata/");
  });
}

}  // namespace

AipFile* check_file(RuleContext& context, const MetsModel& mets, const FileElement& file) {
  constexpr std::string_view kWhat = "file";
  const std::string what(kWhat);
  context.identifier("CSIP67", file.id, what + "/@ID", file.place);
  check_ids(context, "CSIP74", mets, file.admid, what + "/@ADMID", file.place);
  check_ids(context, "CSIP75", mets, file.dmdid, what + "/@DMDID", file.place);
  if (file.owner_id) context.given("CSIP73", file.owner_id, what + "/@OWNERID", file.place);
  check_sip_attributes(context, file);
  AipFile* found = nullptr;
  if (file.locations.size() != 1) {
    context.fails("CSIP76", file.place,
                  file.locations.empty()
                      ? say("eark.missing", {{"what", what + "/FLocat"}})
                      : say("eark.too_many", {{"what", what + "/FLocat"},
                                              {"count", std::to_string(file.locations.size())}}));
  }
  for (const auto& location : file.locations) {
    auto* target = check_link(context, kFile, location, "file/FLocat");
    if (!found) found = target;
  }
  check_facts(context, kFile, file.facts, found, kWhat, file.place);
  return found;
}

void check_file_section(RuleContext& context, const MetsModel& mets) {
  const std::string what = "mets/fileSec";
  if (mets.file_sections == 0) {
    if (!context.is_root() && !mets.groups.empty()) return;
    context.report.fails_as(has_content(context) ? Severity::kWarn : Severity::kInfo, "CSIP58",
                            context.here(mets.place), say("eark.missing", {{"what", what}}));
    return;
  }
  if (mets.file_sections > 1) {
    context.fails(
        "CSIP58", mets.file_section_place,
        say("eark.too_many", {{"what", what}, {"count", std::to_string(mets.file_sections)}}));
  }
  context.identifier("CSIP59", mets.file_section_id, what + "/@ID", mets.file_section_place);
  if (context.is_root()) check_kinds(context, mets);
  for (const auto& group : mets.groups) {
    if (!group.nested) check_group(context, mets, group);
  }
}

}  // namespace anjuan::packager::eark
