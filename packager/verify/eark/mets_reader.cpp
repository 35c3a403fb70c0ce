#include "packager/verify/eark/mets_reader.h"

#include "packager/verify/eark/mets_attributes.h"
#include "packager/verify/eark/mets_grammar.h"

namespace anjuan::packager::eark {

namespace {

constexpr std::string_view kMets = "http://www.loc.gov/METS/";
constexpr std::string_view kMets2 = "http://www.loc.gov/METS/v2";
using Attributes = std::vector<XmlAttribute>;

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kSpace) - first + 1));
}

SectionKind kind_of(Element element) {
  if (element == Element::kTechnical) return SectionKind::kTechnical;
  if (element == Element::kRights) return SectionKind::kRights;
  if (element == Element::kSource) return SectionKind::kSource;
  if (element == Element::kProvenance) return SectionKind::kProvenance;
  return SectionKind::kDescriptive;
}

bool is_section(Element element) {
  return element == Element::kDescriptive || element == Element::kTechnical ||
         element == Element::kRights || element == Element::kSource ||
         element == Element::kProvenance;
}

}  // namespace

class MetsReader::State {
 public:
  State(MetsModel& model, MetsVisitor& visitor) : model_(model), visitor_(visitor) {}

  void start(std::string_view uri, std::string_view name, const Attributes& attributes,
             Place place) {
    if (opaque_ > 0) {
      ++opaque_;
      return;
    }
    const auto element = uri == kMets ? element_of(name) : Element::kUnknown;
    if (open_.empty() && element != Element::kMets) model_.is_mets2 = uri == kMets2;
    check_place(element, name, place);
    text_.clear();
    id_ = identifier(attributes, element, place);
    take(element, attributes, place);
    open_.push_back({element, 0});
    if (is_opaque(element)) opaque_ = 1;
  }

  void text(std::string_view characters) {
    constexpr std::size_t kTextBytesMax = 4096;
    if (opaque_ == 0 && takes_text_ && text_.size() < kTextBytesMax) text_ += characters;
  }

  void end() {
    if (opaque_ > 1) {
      --opaque_;
      return;
    }
    opaque_ = 0;
    const auto element = open_.back().element;
    open_.pop_back();
    finish(element);
    takes_text_ = false;
  }

 private:
  struct Open {
    Element element;
    std::uint8_t place;  ///< of the last child
  };

  void check_place(Element element, std::string_view name, Place place) {
    const auto parent = open_.empty() ? Element::kNone : open_.back().element;
    const auto here = place_in(parent, element);
    const auto before = open_.empty() ? std::uint8_t{0} : open_.back().place;
    if (here == 0 || here < before) visitor_.misplaced(name, place);
    if (!open_.empty() && here > before) open_.back().place = here;
  }

  Identifier identifier(const Attributes& attributes, Element element, Place place) {
    Identifier id{value(attributes, "ID"), false};
    if (!id.value || element == Element::kUnknown) return id;
    id.repeated = !model_.ids.add(*id.value);
    const bool has_rule = is_section(element) || element == Element::kFileSection ||
                          element == Element::kGroup || element == Element::kFile ||
                          element == Element::kMap || depth(element) <= 2;
    if (id.repeated && !has_rule) visitor_.repeated_id(*id.value, place);
    return id;
  }

  /// Of a division about to be opened: 1 = main; other elements count as deep.
  std::size_t depth(Element element) const {
    return element == Element::kDivision ? divisions_ + 1 : 99;
  }

  // One element, one line of what it starts.
  void take(Element element, const Attributes& attributes, Place place) {
    takes_text_ = element == Element::kAgentName || element == Element::kAgentNote ||
                  element == Element::kAlternativeId;
    if (element == Element::kMets) start_document(attributes, place);
    if (element == Element::kHeader) start_header(attributes, place);
    if (element == Element::kAgent) start_agent(attributes, place);
    if (element == Element::kAgentNote) start_note(attributes);
    if (element == Element::kAlternativeId) start_alternative(attributes, place);
    if (element == Element::kAdministrative) start_administrative();
    if (is_section(element)) start_section(element, attributes, place);
    if (element == Element::kReference) start_reference(attributes, place);
    if (element == Element::kWrap && section_) section_->wraps = true;
    if (element == Element::kFileSection) start_file_section(place);
    if (element == Element::kGroup) start_group(attributes, place);
    if (element == Element::kFile) start_file(attributes, place);
    if (element == Element::kLocation && file_) {
      file_->locations.push_back(link_of(attributes, place));
    }
    if (element == Element::kMap) start_map(attributes, place);
    if (element == Element::kDivision) start_division(attributes, place);
    if (element == Element::kDocumentPointer) start_document_pointer(attributes, place);
    if (element == Element::kFilePointer) start_file_pointer(attributes, place);
    if (element == Element::kArea) point_at(value(attributes, "FILEID"));
  }

  void finish(Element element) {
    if (element == Element::kAgentName && agent()) agent()->names.push_back(trimmed(text_));
    if (element == Element::kAgentNote && agent() && !agent()->notes.empty()) {
      agent()->notes.back().text = trimmed(text_);
    }
    if (element == Element::kAlternativeId && !model_.headers.empty() &&
        !model_.headers.back().alternative_ids.empty()) {
      model_.headers.back().alternative_ids.back().text = trimmed(text_);
    }
    if (is_section(element)) end_section();
    if (element == Element::kGroup && !groups_.empty()) groups_.pop_back();
    // A file inside a file has ended the outer one: METS allows it, E-ARK does not use it.
    if (element == Element::kFile) end_file();
    if (element == Element::kDivision) --divisions_;
  }

  bool room() {
    if (items_ < kItemsMax) {
      ++items_;
      return true;
    }
    model_.truncated = true;
    return false;
  }

  void start_document(const Attributes& attributes, Place place) {
    model_.is_mets = true;
    model_.place = place;
    model_.objid = value(attributes, "OBJID");
    model_.label = value(attributes, "LABEL");
    model_.type = value(attributes, "TYPE");
    model_.profile = value(attributes, "PROFILE");
    model_.other_type = value(attributes, "OTHERTYPE", kCsip);
    model_.content_type = value(attributes, "CONTENTINFORMATIONTYPE", kCsip);
    model_.other_content_type = value(attributes, "OTHERCONTENTINFORMATIONTYPE", kCsip);
  }

  void start_header(const Attributes& attributes, Place place) {
    if (!room()) return;
    Header header;
    header.created = value(attributes, "CREATEDATE");
    header.modified = value(attributes, "LASTMODDATE");
    header.record_status = value(attributes, "RECORDSTATUS");
    header.package_type = value(attributes, "OAISPACKAGETYPE", kCsip);
    header.place = place;
    model_.headers.push_back(std::move(header));
  }

  /// The last one, or nullptr.
  Agent* agent() {
    if (model_.headers.empty() || model_.headers.back().agents.empty()) return nullptr;
    return &model_.headers.back().agents.back();
  }

  void start_agent(const Attributes& attributes, Place place) {
    if (model_.headers.empty() || !room()) return;
    Agent made;
    made.role = value(attributes, "ROLE");
    made.other_role = value(attributes, "OTHERROLE");
    made.type = value(attributes, "TYPE");
    made.other_type = value(attributes, "OTHERTYPE");
    made.place = place;
    model_.headers.back().agents.push_back(std::move(made));
  }

  void start_note(const Attributes& attributes) {
    if (agent() && room()) agent()->notes.push_back({value(attributes, "NOTETYPE", kCsip), {}});
  }

  void start_alternative(const Attributes& attributes, Place place) {
    if (model_.headers.empty() || !room()) return;
    model_.headers.back().alternative_ids.push_back(
        {value(attributes, "TYPE").value_or(""), {}, place});
  }

  void start_administrative() {
    ++model_.administrative;
    if (id_.value) model_.administrative_ids.add(*id_.value);
  }

  void start_section(Element element, const Attributes& attributes, Place place) {
    section_.emplace();
    section_->kind = kind_of(element);
    section_->id = id_;
    section_->created = value(attributes, "CREATED");
    section_->status = value(attributes, "STATUS");
    section_->place = place;
  }

  void start_reference(const Attributes& attributes, Place place) {
    if (!section_ || section_->reference) return;
    section_->reference = {link_of(attributes, place), facts_of(attributes),
                           value(attributes, "MDTYPE"), value(attributes, "OTHERMDTYPE"),
                           value(attributes, "MDTYPEVERSION")};
  }

  void end_section() {
    if (!section_) return;
    keep_latest(model_.last_section_time, section_->created);
    if (section_->reference) {
      keep_latest(model_.last_file_time, section_->reference->facts.created);
    }
    visitor_.section(*section_);
    if (room()) model_.sections.push_back(note_of(*section_));
    section_.reset();
  }

  /// As text: exact to the day, which is what it is asked for.
  static void keep_latest(std::string& latest, const Value& time) {
    if (time && time->size() < 64 && *time > latest) latest = *time;
  }

  static SectionNote note_of(const Section& section) {
    SectionNote note;
    note.id = section.id.value.value_or("");
    note.kind = section.kind;
    note.current = section.status != "SUPERSEDED";
    note.says_current = section.status == "CURRENT";
    note.has_reference = section.reference.has_value();
    if (section.reference) {
      note.premis = section.reference->mdtype.value_or("").starts_with("PREMIS");
      note.mdtype_version = section.reference->mdtype_version;
    }
    return note;
  }

  void start_file_section(Place place) {
    if (++model_.file_sections > 1) return;
    model_.file_section_id = id_;
    model_.file_section_place = place;
  }

  void start_group(const Attributes& attributes, Place place) {
    if (!groups_.empty() && groups_.back() != kLost) {
      model_.groups[groups_.back()].has_groups = true;
    }
    if (!room()) {
      groups_.push_back(kLost);
      return;
    }
    FileGroup group;
    group.id = id_;
    group.use = value(attributes, "USE");
    group.admid = value(attributes, "ADMID");
    group.content_type = value(attributes, "CONTENTINFORMATIONTYPE", kCsip);
    group.other_content_type = value(attributes, "OTHERCONTENTINFORMATIONTYPE", kCsip);
    group.nested = !groups_.empty();
    group.place = place;
    groups_.push_back(model_.groups.size());
    if (id_.value) group_places_.emplace(*id_.value, model_.groups.size());
    model_.groups.push_back(std::move(group));
  }

  void start_file(const Attributes& attributes, Place place) {
    if (file_) end_file();
    if (!groups_.empty() && groups_.back() != kLost) ++model_.groups[groups_.back()].files;
    file_.emplace();
    file_->id = id_;
    file_->facts = facts_of(attributes);
    file_->owner_id = value(attributes, "OWNERID");
    file_->admid = value(attributes, "ADMID");
    file_->dmdid = value(attributes, "DMDID");
    file_->place = place;
    for (const auto& attribute : attributes) {
      if (attribute.namespace_uri == kSip) file_->sip.emplace_back(attribute.name, attribute.value);
    }
  }

  void end_file() {
    if (!file_) return;
    keep_latest(model_.last_file_time, file_->facts.created);
    visitor_.file(*file_);
    file_.reset();
  }

  void start_map(const Attributes& attributes, Place place) {
    map_kept_ = room();
    if (!map_kept_) return;
    StructMap map;
    map.id = id_;
    map.type = value(attributes, "TYPE");
    map.label = value(attributes, "LABEL");
    map.place = place;
    model_.maps.push_back(std::move(map));
  }

  /// The division at this depth that was opened last, or nullptr: only two levels are kept.
  Division* division(std::size_t depth) {
    if (!map_kept_ || model_.maps.empty() || depth == 0 || depth > 2) return nullptr;
    auto& mains = model_.maps.back().divisions;
    if (mains.empty()) return nullptr;
    if (depth == 1) return &mains.back();
    return mains.back().divisions.empty() ? nullptr : &mains.back().divisions.back();
  }

  void start_division(const Attributes& attributes, Place place) {
    if (auto* parent = division(divisions_)) parent->has_divisions = true;
    ++divisions_;
    if (divisions_ > 2 || !map_kept_ || model_.maps.empty() || !room()) return;
    Division made;
    made.id = id_;
    made.label = value(attributes, "LABEL");
    made.admid = value(attributes, "ADMID");
    made.dmdid = value(attributes, "DMDID");
    made.place = place;
    auto& mains = model_.maps.back().divisions;
    if (divisions_ == 1) {
      mains.push_back(std::move(made));
    } else if (!mains.empty()) {
      mains.back().divisions.push_back(std::move(made));
    }
  }

  void start_document_pointer(const Attributes& attributes, Place place) {
    auto* parent = division(divisions_);
    if (parent && room()) parent->documents.push_back(link_of(attributes, place));
  }

  void start_file_pointer(const Attributes& attributes, Place place) {
    auto id = value(attributes, "FILEID");
    point_at(id);
    auto* parent = division(divisions_);
    if (parent && room()) parent->files.push_back({std::move(id), place});
  }

  void point_at(const Value& id) {
    const auto group = id ? group_places_.find(*id) : group_places_.end();
    if (group != group_places_.end()) model_.groups[group->second].pointed_at = true;
  }

  static constexpr std::size_t kLost = static_cast<std::size_t>(-1);

  MetsModel& model_;
  MetsVisitor& visitor_;
  std::vector<Open> open_;
  std::size_t opaque_ = 0;  ///< depth inside an element of another standard, itself included
  bool takes_text_ = false;
  std::string text_;
  Identifier id_;  ///< of the element that starts
  std::optional<Section> section_;
  std::optional<FileElement> file_;
  std::vector<std::size_t> groups_;  ///< open ones, by their places in the model
  std::map<std::string, std::size_t, std::less<>> group_places_;  ///< by ID
  std::size_t divisions_ = 0;                                     ///< open ones
  bool map_kept_ = false;
  std::size_t items_ = 0;
};

MetsReader::MetsReader(MetsModel& model, MetsVisitor& visitor)
    : state_(std::make_unique<State>(model, visitor)) {}

MetsReader::~MetsReader() = default;

void MetsReader::start(std::string_view uri, std::string_view name, const Attributes& attributes,
                       Place place) {
  state_->start(uri, name, attributes, place);
}

void MetsReader::text(std::string_view characters) { state_->text(characters); }

void MetsReader::end(std::string_view, std::string_view) { state_->end(); }

}  // namespace anjuan::packager::eark
