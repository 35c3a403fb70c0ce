#include "core/messages.h"
#include "packager/verify/eark/references.h"
#include "packager/verify/eark/rules.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::packager::eark {

namespace {

const std::string kMap = "structMap";
const std::string kMain = "structMap/div";

/// One of the three kinds of content, and the requirements on the division that describes it.
struct Kind {
  std::string_view word;  ///< of fileGrp/@USE and div/@LABEL
  std::string_view division;
  std::string_view id;
  std::string_view label;
  std::string_view pointers;
  std::string_view pointer;
};

constexpr Kind kKinds[] = {
    {"Documentation", "CSIP93", "CSIP94", "CSIP95", "CSIP96", "CSIP116"},
    {"Schemas", "CSIP97", "CSIP98", "CSIP99", "CSIP100", "CSIP118"},
    {"Representations", "CSIP101", "CSIP102", "CSIP103", "CSIP104", "CSIP119"}};

bool is_representation(std::string_view label) {
  return lower(label).starts_with("representations/");
}

class MapCheck {
 public:
  MapCheck(RuleContext& context, const MetsModel& mets) : context_(context), mets_(mets) {
    for (const auto& group : mets.groups) {
      if (group.id.value) groups_.emplace(*group.id.value, &group);
      uses_.insert(group.use.value_or(""));
    }
  }

  std::vector<std::string> run() {
    const auto* map = csip_map();
    if (!map) return {};
    context_.equals("CSIP81", map->type, "PHYSICAL", kMap + "/@TYPE", map->place);
    context_.equals("CSIP82", map->label, "CSIP", kMap + "/@LABEL", map->place);
    context_.identifier("CSIP83", map->id, kMap + "/@ID", map->place);
    if (map->divisions.size() != 1) counted("CSIP84", kMain, map->divisions.size(), map->place);
    if (map->divisions.empty()) return {};
    main_ = &map->divisions.front();
    check_main();
    sort_divisions();
    check_metadata();
    for (const auto& kind : kKinds) check_kind(kind);
    for (const auto* division : representations_) check_representation(*division);
    check_pointed_at();
    return std::move(documents_);
  }

 private:
  void counted(std::string_view id, const std::string& what, std::size_t count, Place place) {
    context_.fails(id, place,
                   count == 0
                       ? say("eark.missing", {{"what", what}})
                       : say("eark.too_many", {{"what", what}, {"count", std::to_string(count)}}));
  }

  /// The map of CSIP; where none bears its label exactly, the one that was meant.
  const StructMap* csip_map() {
    std::vector<const StructMap*> exact;
    const StructMap* meant = nullptr;
    for (const auto& map : mets_.maps) {
      if (map.label == "CSIP") exact.push_back(&map);
      if (!meant && lower(map.label.value_or("")).starts_with("csip")) meant = &map;
    }
    if (exact.size() == 1) return exact.front();
    if (exact.size() > 1) {
      counted("CSIP80", "structMap[@LABEL='CSIP']", exact.size(), exact[1]->place);
      return exact.front();
    }
    if (meant) return meant;
    if (mets_.maps.size() == 1) return &mets_.maps.front();
    counted("CSIP80", "structMap[@LABEL='CSIP']", 0, mets_.place);
    return mets_.maps.empty() ? nullptr : &mets_.maps.front();
  }

  void check_main() {
    context_.identifier("CSIP85", main_->id, kMain + "/@ID", main_->place);
    const auto edition = edition_of(mets_.profile.value_or(""));
    if (edition == Edition::k22 || !mets_.objid || main_->label == mets_.objid) return;
    context_.fails("CSIP86", main_->place,
                   say("eark.other_value", {{"what", kMain + "/@LABEL"},
                                            {"value", main_->label.value_or("")},
                                            {"wanted", *mets_.objid}}));
  }

  /// What a division describes: by its label, or where that is wrong by what it points at.
  void sort_divisions() {
    for (const auto& division : main_->divisions) {
      const auto label = lower(division.label.value_or(""));
      const auto* kind = kind_of(division, label);
      if (label == "metadata" || (label.empty() && (division.admid || division.dmdid))) {
        metadata_.push_back(&division);
      } else if (is_representation(label) ||
                 (!division.documents.empty() && label != "representations")) {
        representations_.push_back(&division);
      } else if (kind) {
        described_[kind].push_back(&division);
      }
    }
  }

  const Kind* kind_of(const Division& division, const std::string& label) const {
    for (const auto& kind : kKinds) {
      if (label == lower(kind.word)) return &kind;
    }
    if (division.files.empty()) return nullptr;
    const auto group = groups_.find(division.files.front().file_id.value_or(""));
    if (group == groups_.end()) return nullptr;
    const auto use = group->second->use.value_or("");
    for (const auto& kind : kKinds) {
      if (use == kind.word) return &kind;
    }
    return nullptr;
  }

  void check_metadata() {
    constexpr std::string_view kLabel = "Metadata";
    const std::string what = kMain + "/div[@LABEL='Metadata']";
    const auto exact = static_cast<std::size_t>(
        std::count_if(metadata_.begin(), metadata_.end(),
                      [&](const Division* division) { return division->label == kLabel; }));
    if (exact != 1) {
      counted("CSIP88", what, exact, main_->place);
      counted("CSIP90", what, exact, main_->place);
    }
    for (const auto* division : metadata_) {
      context_.identifier("CSIP89", division->id, what + "/@ID", division->place);
    }
    check_sections("CSIP91", &Division::admid, false, what + "/@ADMID");
    check_sections("CSIP92", &Division::dmdid, true, what + "/@DMDID");
  }

  /// The IDs of sections that the attribute `list` of the metadata division names.
  std::set<std::string, std::less<>> listed_in(Value Division::*list) const {
    std::set<std::string, std::less<>> listed;
    for (const auto* division : metadata_) {
      if (!(division->*list)) continue;
      for (const auto each : id_list(*(division->*list))) listed.emplace(each);
    }
    return listed;
  }

  void check_sections(std::string_view id, Value Division::*list, bool descriptive,
                      const std::string& what) {
    const auto listed = listed_in(list);
    const auto place = metadata_.empty() ? main_->place : metadata_.front()->place;
    const auto is_whole = [&](const std::string& each) {
      return !descriptive && mets_.administrative_ids.contains(each);
    };
    // An amdSec stands for all that is in it.
    const bool whole = std::any_of(listed.begin(), listed.end(), is_whole);
    std::set<std::string, std::less<>> known;
    for (const auto& section : mets_.sections) {
      if ((section.kind == SectionKind::kDescriptive) != descriptive) continue;
      if (section.id.empty()) continue;
      known.insert(section.id);
      if (!section.current || whole || listed.contains(section.id)) continue;
      context_.fails(id, place, say("eark.not_listed_in", {{"what", what}, {"value", section.id}}));
    }
    for (const auto& each : listed) {
      if (known.contains(each) || is_whole(each)) continue;
      context_.fails(id, place, say("eark.dangling", {{"what", what}, {"value", each}}));
    }
  }

  static bool of_kind(const FileGroup& group, const Kind& kind) {
    const auto use = group.use.value_or("");
    return use == kind.word || use.starts_with(std::string(kind.word) + "/");
  }

  void check_kind(const Kind& kind) {
    const auto& divisions = described_[&kind];
    const auto what = fmt::format("{}/div[@LABEL='{}']", kMain, kind.word);
    if (divisions.size() > 1) {
      counted(kind.division, what, divisions.size(), divisions[1]->place);
    }
    for (const auto* division : divisions) {
      context_.identifier(kind.id, division->id, what + "/@ID", division->place);
      context_.equals(kind.label, division->label, kind.word, kMain + "/div/@LABEL",
                      division->place);
      for (const auto& pointer : division->files) check_pointer(kind, pointer, what);
      for (const auto& pointer : division->documents) check_document(*division, pointer);
    }
    if (divisions.empty() && wants_division(kind)) {
      counted(kind.division, what, 0, main_->place);
      if (kind.word == "Representations") counted(kind.label, what, 0, main_->place);
    }
  }

  /// There is content of the kind, and no division of a representation describes it.
  bool wants_division(const Kind& kind) const {
    const bool content = std::any_of(mets_.groups.begin(), mets_.groups.end(),
                                     [&](const auto& group) { return of_kind(group, kind); });
    if (kind.word != "Representations") return content && context_.is_root();
    return content && representations_.empty() && context_.is_root();
  }

  void check_pointer(const Kind& kind, const FilePointer& pointer, const std::string& what) {
    const auto attribute = what + "/fptr/@FILEID";
    if (!context_.given(kind.pointer, pointer.file_id, attribute, pointer.place)) return;
    const auto group = groups_.find(*pointer.file_id);
    if (group == groups_.end()) {
      context_.fails(kind.pointer, pointer.place,
                     say("eark.no_such_group", {{"what", attribute}, {"value", *pointer.file_id}}));
    } else if (!of_kind(*group->second, kind)) {
      const auto fact = say("eark.other_group", {{"what", attribute},
                                                 {"value", *pointer.file_id},
                                                 {"use", group->second->use.value_or("")}});
      context_.fails(kind.pointers, pointer.place, fact);
      context_.fails(kind.pointer, pointer.place, fact);
    }
  }

  /// Every group is described somewhere in the map.
  void check_pointed_at() {
    for (const auto& group : mets_.groups) {
      if (group.nested || group.pointed_at) continue;
      if (titles_.contains(group.id.value.value_or(""))) continue;
      const auto use = group.use.value_or("");
      for (const auto& kind : kKinds) {
        if (!of_kind(group, kind)) continue;
        const auto fact = say("eark.group_not_described", {{"use", use}});
        context_.fails(kind.pointers, group.place, fact);
        if (is_representation(use) && context_.is_root()) {
          context_.fails("CSIP105", group.place, fact);
        }
        if (has_own_mets(use)) {
          context_.fails("CSIP109", group.place, fact);
          context_.fails("CSIP108", group.place, fact);
        }
      }
    }
  }

  bool has_own_mets(std::string_view use) const {
    constexpr std::string_view kPrefix = "Representations/";
    if (!context_.is_root() || !use.starts_with(kPrefix)) return false;
    const auto name = use.substr(kPrefix.size(), use.find('/', kPrefix.size()) - kPrefix.size());
    const auto* file = context_.tree.find(fmt::format("representations/{}/METS.xml", name));
    return file && file->present;
  }

  void check_representation(const Division& division) {
    const std::string what = kMain + "/div";
    context_.identifier("CSIP106", division.id, what + "/@ID", division.place);
    check_label(division, what + "/@LABEL");
    if (division.documents.size() != 1 &&
        (has_own_mets(division.label.value_or("")) || !division.documents.empty())) {
      counted("CSIP109", what + "/mptr", division.documents.size(), division.place);
    }
    for (const auto& pointer : division.documents) check_document(division, pointer);
  }

  void check_label(const Division& division, const std::string& what) {
    if (!context_.given("CSIP107", division.label, what, division.place)) return;
    const auto& label = *division.label;
    const auto inside = uses_.lower_bound(label + "/");
    const bool known =
        uses_.contains(label) || (inside != uses_.end() && inside->starts_with(label + "/"));
    if (!label.starts_with("Representations/") || (context_.is_root() && !known)) {
      context_.wrong("CSIP107", label, what, division.place);
    }
  }

  void check_document(const Division& division, const Link& pointer) {
    const std::string what = kMain + "/div/mptr";
    constexpr ReferenceIds kIds = {"CSIP112", "CSIP111", "CSIP110", "", "", "", "", ""};
    if (context_.given("CSIP108", pointer.title, what + "/@xlink:title", pointer.place)) {
      titles_.insert(*pointer.title);
      const auto group = groups_.find(*pointer.title);
      const auto use = group == groups_.end() ? "" : group->second->use.value_or("");
      const bool of_another = division.label && is_representation(*division.label) &&
                              use != *division.label && !use.starts_with(*division.label + "/");
      if (of_another || !use.starts_with("Representations")) {
        context_.wrong("CSIP108", *pointer.title, what + "/@xlink:title", pointer.place);
      }
    }
    const auto* file = check_link(context_, kIds, pointer, what);
    if (!file) return;
    const auto label = lower(division.label.value_or(""));
    const bool other =
        is_representation(label) && context_.is_root() && lower(file->path) != label + "/mets.xml";
    if (other || file->path == context_.path) {
      context_.wrong("CSIP110", *pointer.href, what + "/@xlink:href", pointer.place);
    } else {
      documents_.push_back(file->path);
      check_file_of(division, *file, pointer.place);
    }
  }

  /// AIP3: beside the mptr an fptr to the file element of the same document.
  void check_file_of(const Division& division, const AipFile& document, Place place) {
    if (context_.rules != PackageRules::kAip) return;
    const auto file = mets_.documents.find(document.path);
    const bool found =
        file != mets_.documents.end() &&
        std::any_of(division.files.begin(), division.files.end(),
                    [&](const FilePointer& pointer) { return pointer.file_id == file->second; });
    if (!found) {
      context_.fails("AIP3", place, say("eark.no_file_pointer", {{"file", document.path}}));
    }
  }

  RuleContext& context_;
  const MetsModel& mets_;
  std::map<std::string, const FileGroup*, std::less<>> groups_;
  std::set<std::string, std::less<>> uses_;  ///< USE of all groups
  const Division* main_ = nullptr;
  std::vector<const Division*> metadata_;
  std::vector<const Division*> representations_;
  std::map<const Kind*, std::vector<const Division*>> described_;
  std::set<std::string, std::less<>> titles_;  ///< of mptr
  std::vector<std::string> documents_;
};

}  // namespace

std::vector<std::string> check_map(RuleContext& context, const MetsModel& mets) {
  return MapCheck(context, mets).run();
}

}  // namespace anjuan::packager::eark
