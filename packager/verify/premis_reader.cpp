#include "packager/verify/premis_reader.h"

#include <charconv>

#include "packager/verify/inventory_text.h"
#include "packager/verify/xml_check.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
/// Of one text; identifiers, digests and dates are far shorter.
constexpr std::size_t kTextBytesMax = 16 * 1024;

/// "objectIdentifier" begins objectIdentifierType and objectIdentifierValue.
struct IdentifierUnit {
  std::string_view stem;
  PremisKind kind;
  bool own;  ///< of the entity itself, not of another that it names
};

constexpr IdentifierUnit kIdentifiers[] = {
    {"objectIdentifier", PremisKind::kObject, true},
    {"eventIdentifier", PremisKind::kEvent, true},
    {"agentIdentifier", PremisKind::kAgent, true},
    {"rightsStatementIdentifier", PremisKind::kRights, true},
    {"linkingObjectIdentifier", PremisKind::kObject, false},
    {"relatedObjectIdentifier", PremisKind::kObject, false},
    {"linkingEnvironmentIdentifier", PremisKind::kObject, false},
    {"linkingEventIdentifier", PremisKind::kEvent, false},
    {"relatedEventIdentifier", PremisKind::kEvent, false},
    {"linkingAgentIdentifier", PremisKind::kAgent, false},
    {"linkingRightsStatementIdentifier", PremisKind::kRights, false},
};

const IdentifierUnit* identifier_unit(std::string_view stem) {
  for (const auto& unit : kIdentifiers) {
    if (unit.stem == stem) return &unit;
  }
  return nullptr;
}

struct Entity {
  std::string_view unit;
  PremisKind kind;
};

/// Rights are told statement by statement: each has an identifier of its own.
constexpr Entity kEntities[] = {{"object", PremisKind::kObject},
                                {"event", PremisKind::kEvent},
                                {"agent", PremisKind::kAgent},
                                {"rightsStatement", PremisKind::kRights}};

constexpr std::string_view kDates[] = {
    "eventDateTime", "dateCreatedByApplication",         "preservationLevelDateAssigned",
    "startDate",     "copyrightStatusDeterminationDate", "statuteInformationDeterminationDate",
    "endDate",
};

/// Each basis of rights is explained by the container basis + "Information".
constexpr std::string_view kOtherBasis = "otherRights";
constexpr std::string_view kBases[] = {"copyright", "license", "statute", kOtherBasis};

constexpr std::string_view kTerms[] = {"eventType", "agentType", "rightsBasis", "relationshipType"};

template <typename List>
bool contains(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// "premis:file" and "file" are both the type "file".
std::string local_name(std::string_view qualified) {
  const auto colon = qualified.find(':');
  return std::string(trimmed(colon == qualified.npos ? qualified : qualified.substr(colon + 1)));
}

}  // namespace

PremisEdition premis_edition(std::string_view namespace_uri) {
  if (namespace_uri == "http://www.loc.gov/premis/v3") return PremisEdition::k3;
  if (namespace_uri == "info:lc/xmlns/premis-v2") return PremisEdition::k2;
  return PremisEdition::kUnknown;
}

PremisEdition premis_edition(std::string_view namespace_uri, std::string_view version) {
  const auto edition = premis_edition(namespace_uri);
  const bool third = edition == PremisEdition::k3;
  const bool other = !version.empty() && (third ? version != "3.0" : !version.starts_with("2."));
  return other ? PremisEdition::kUnknown : edition;
}

bool is_premis_extension(std::string_view unit) {
  // environmentDesignationExtension is the one that the schema makes a plain text.
  return unit == "keyInformation" || unit == "mdSec" ||
         (unit.ends_with("Extension") && unit != "environmentDesignationExtension");
}

const PremisKind* premis_entity(std::string_view unit) {
  for (const auto& entity : kEntities) {
    if (entity.unit == unit) return &entity.kind;
  }
  return nullptr;
}

void PremisReader::start(std::string_view uri, std::string_view name,
                         const std::vector<XmlAttribute>& attributes, Place place) {
  ++depth_;
  text_.clear();
  if (depth_ == 1) start_root(uri, name, attributes, place);
  if (edition_ == PremisEdition::kUnknown || passed_over_ > 0) return;
  if (premis_edition(uri) != edition_ || is_premis_extension(name)) {
    passed_over_ = depth_;
    return;
  }
  start_unit(name, attributes, place);
}

void PremisReader::start_root(std::string_view uri, std::string_view name,
                              const std::vector<XmlAttribute>& attributes, Place place) {
  const auto version = attribute_or_empty(attributes, "version");
  edition_ = premis_edition(uri, version);
  if (edition_ != PremisEdition::kUnknown) return;
  const bool other = premis_edition(uri) != PremisEdition::kUnknown;
  visitor_.other_version(other ? version : std::string(uri) + " " + std::string(name), place);
}

void PremisReader::start_unit(std::string_view name, const std::vector<XmlAttribute>& attributes,
                              Place place) {
  place_ = place;
  if (const auto* kind = premis_entity(name)) {
    entity_ = {};
    explained_.clear();
    entity_.kind = *kind;
    entity_.place = place;
    if (*kind == PremisKind::kObject) {
      entity_.category = local_name(attribute_or_empty(attributes, "type", kSchemaInstance));
    }
  }
  if (name == "objectCharacteristics") characteristics_ = {};
  if (name == "fixity") algorithm_.clear();
}

void PremisReader::text(std::string_view characters) {
  if (edition_ == PremisEdition::kUnknown || passed_over_ > 0) return;
  if (text_.size() < kTextBytesMax) text_ += characters;
}

void PremisReader::end(std::string_view, std::string_view name) {
  const auto depth = depth_--;
  if (edition_ == PremisEdition::kUnknown) return;
  if (passed_over_ > 0) {
    if (depth == passed_over_) passed_over_ = 0;
  } else {
    end_unit(name);
  }
  text_.clear();
}

void PremisReader::end_unit(std::string_view name) {
  const auto value = trimmed(text_);
  if (end_identifier(name, value)) return;
  end_characteristic(name, value);
  end_value(name, value);
  if (premis_entity(name)) end_entity();
}

bool PremisReader::end_identifier(std::string_view name, std::string_view value) {
  constexpr std::string_view kType = "IdentifierType";
  constexpr std::string_view kValue = "IdentifierValue";
  if (name.ends_with(kType)) {
    identifier_type_ = value;
    return true;
  }
  if (!name.ends_with(kValue)) return false;
  const PremisIdentifier id{std::move(identifier_type_), std::string(value), place_};
  identifier_type_.clear();
  const auto* unit =
      identifier_unit(name.substr(0, name.size() - std::string_view("Value").size()));
  if (unit == nullptr) return true;
  if (unit->own) {
    entity_.identifiers.push_back(id);
  } else {
    entity_.agents += unit->kind == PremisKind::kAgent ? 1 : 0;
    visitor_.reference(unit->kind, id);
  }
  return true;
}

void PremisReader::end_characteristic(std::string_view name, std::string_view value) {
  if (name == "compositionLevel") {
    std::from_chars(value.data(), value.data() + value.size(), characteristics_.level);
  } else if (name == "messageDigestAlgorithm") {
    algorithm_ = value;
  } else if (name == "messageDigest") {
    characteristics_.fixities.push_back({algorithm_, lower(value)});
  } else if (name == "size") {
    characteristics_.size = value;
  } else if (name == "contentLocationValue") {
    entity_.locations.emplace_back(value);
  } else if (name == "objectCharacteristics") {
    // Level 0 is the innermost object; the bytes of the file are those of the highest level.
    if (characteristics_.level >= entity_.characteristics.level) {
      entity_.characteristics = std::move(characteristics_);
    }
    characteristics_ = {};
  }
}

void PremisReader::end_value(std::string_view name, std::string_view value) {
  if (name == "eventType") entity_.type = value;
  if (name == "eventDateTime") entity_.date = value;
  if (name == "rightsBasis") entity_.basis = lower(value);
  if (contains(kDates, name)) visitor_.date(name, value, place_);
  if (contains(kTerms, name)) visitor_.term(name, value, place_);
  for (const auto basis : kBases) {
    if (name.starts_with(basis) && name.substr(basis.size()) == "Information") {
      explained_.insert(basis);
    }
  }
}

void PremisReader::end_entity() {
  if (entity_.kind == PremisKind::kRights) {
    const std::string_view basis = contains(kBases, entity_.basis) ? entity_.basis : kOtherBasis;
    // Editions 2.0 and 2.1 have nothing to explain another basis with.
    entity_.explains_basis =
        explained_.contains(basis) || (basis == kOtherBasis && edition_ == PremisEdition::k2);
  }
  visitor_.entity(entity_);
  entity_ = {};
}

}  // namespace anjuan::packager
