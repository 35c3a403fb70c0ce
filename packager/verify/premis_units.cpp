#include "packager/verify/premis_units.h"

#include "core/messages.h"
#include "packager/verify/xml_check.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

enum class In { kBoth, k2, k3 };

/// `children` in their order: a name alone occurs once, "?" at most once, "*" any number, "+" at
/// least once; of those with "!" one at least must occur.
struct Rule {
  In edition;
  std::string_view unit;
  std::string_view children;
};

constexpr Rule kRules[] = {
    {In::kBoth, "premis", "object+ event* agent* rights*"},
    {In::k3, "file",
     "objectIdentifier+ preservationLevel* significantProperties* objectCharacteristics+ "
     "originalName? storage* signatureInformation* relationship* linkingEventIdentifier* "
     "linkingRightsStatementIdentifier*"},
    {In::k3, "bitstream",
     "objectIdentifier+ significantProperties* objectCharacteristics+ storage* "
     "signatureInformation* relationship* linkingEventIdentifier* "
     "linkingRightsStatementIdentifier*"},
    {In::k3, "representation",
     "objectIdentifier+ preservationLevel* significantProperties* originalName? storage* "
     "relationship* linkingEventIdentifier* linkingRightsStatementIdentifier*"},
    {In::k3, "intellectualEntity",
     "objectIdentifier+ preservationLevel* significantProperties* originalName? "
     "environmentFunction* environmentDesignation* environmentRegistry* environmentExtension* "
     "relationship* linkingEventIdentifier* linkingRightsStatementIdentifier*"},
    {In::k2, "file",
     "objectIdentifier+ preservationLevel* significantProperties* objectCharacteristics+ "
     "originalName? storage* environment* signatureInformation* relationship* "
     "linkingEventIdentifier* linkingIntellectualEntityIdentifier* "
     "linkingRightsStatementIdentifier*"},
    {In::k2, "bitstream",
     "objectIdentifier+ significantProperties* objectCharacteristics+ storage* environment* "
     "signatureInformation* relationship* linkingEventIdentifier* "
     "linkingIntellectualEntityIdentifier* linkingRightsStatementIdentifier*"},
    {In::k2, "representation",
     "objectIdentifier+ preservationLevel* significantProperties* originalName? environment* "
     "relationship* linkingEventIdentifier* linkingIntellectualEntityIdentifier* "
     "linkingRightsStatementIdentifier*"},
    {In::k3, "event",
     "eventIdentifier eventType eventDateTime eventDetailInformation* eventOutcomeInformation* "
     "linkingAgentIdentifier* linkingObjectIdentifier*"},
    {In::k2, "event",
     "eventIdentifier eventType eventDateTime eventDetail? eventOutcomeInformation* "
     "linkingAgentIdentifier* linkingObjectIdentifier*"},
    {In::k3, "agent",
     "agentIdentifier+ agentName* agentType? agentVersion? agentNote* agentExtension* "
     "linkingEventIdentifier* linkingRightsStatementIdentifier* linkingEnvironmentIdentifier*"},
    {In::k2, "agent",
     "agentIdentifier+ agentName* agentType? agentNote* agentExtension* mdSec* "
     "linkingEventIdentifier* linkingRightsStatementIdentifier*"},
    {In::k3, "rights", "rightsStatement*! rightsExtension*!"},
    {In::k2, "rights", "rightsStatement*! rightsExtension*! mdSec*!"},
    {In::kBoth, "rightsStatement",
     "rightsStatementIdentifier rightsBasis copyrightInformation? licenseInformation? "
     "statuteInformation* otherRightsInformation? rightsGranted* linkingObjectIdentifier* "
     "linkingAgentIdentifier*"},

    {In::kBoth, "objectIdentifier", "objectIdentifierType objectIdentifierValue"},
    {In::kBoth, "eventIdentifier", "eventIdentifierType eventIdentifierValue"},
    {In::kBoth, "agentIdentifier", "agentIdentifierType agentIdentifierValue"},
    {In::kBoth, "rightsStatementIdentifier",
     "rightsStatementIdentifierType rightsStatementIdentifierValue"},
    {In::kBoth, "linkingObjectIdentifier",
     "linkingObjectIdentifierType linkingObjectIdentifierValue linkingObjectRole*"},
    {In::kBoth, "linkingEventIdentifier", "linkingEventIdentifierType linkingEventIdentifierValue"},
    {In::kBoth, "linkingAgentIdentifier",
     "linkingAgentIdentifierType linkingAgentIdentifierValue linkingAgentRole*"},
    {In::kBoth, "linkingRightsStatementIdentifier",
     "linkingRightsStatementIdentifierType linkingRightsStatementIdentifierValue"},
    {In::k3, "linkingEnvironmentIdentifier",
     "linkingEnvironmentIdentifierType linkingEnvironmentIdentifierValue linkingEnvironmentRole*"},
    {In::k2, "linkingIntellectualEntityIdentifier",
     "linkingIntellectualEntityIdentifierType linkingIntellectualEntityIdentifierValue"},

    {In::k3, "preservationLevel",
     "preservationLevelType? preservationLevelValue preservationLevelRole? "
     "preservationLevelRationale* preservationLevelDateAssigned?"},
    {In::k2, "preservationLevel",
     "preservationLevelValue preservationLevelRole? preservationLevelRationale* "
     "preservationLevelDateAssigned?"},
    {In::kBoth, "significantProperties",
     "significantPropertiesType?! significantPropertiesValue?! significantPropertiesExtension*! "
     "mdSec*!"},
    {In::k3, "objectCharacteristics",
     "compositionLevel? fixity* size? format+ creatingApplication* inhibitors* "
     "objectCharacteristicsExtension*"},
    {In::k2, "objectCharacteristics",
     "compositionLevel fixity* size? format+ creatingApplication* inhibitors* "
     "objectCharacteristicsExtension* mdSec*"},
    {In::kBoth, "fixity", "messageDigestAlgorithm messageDigest messageDigestOriginator?"},
    {In::kBoth, "format", "formatDesignation?! formatRegistry?! formatNote*"},
    {In::kBoth, "formatDesignation", "formatName formatVersion?"},
    {In::kBoth, "formatRegistry", "formatRegistryName formatRegistryKey formatRegistryRole?"},
    {In::kBoth, "creatingApplication",
     "creatingApplicationName?! creatingApplicationVersion?! dateCreatedByApplication?! "
     "creatingApplicationExtension*! mdSec*!"},
    {In::kBoth, "inhibitors", "inhibitorType inhibitorTarget* inhibitorKey?"},
    {In::kBoth, "storage", "contentLocation?! storageMedium?!"},
    {In::kBoth, "contentLocation", "contentLocationType contentLocationValue"},
    {In::kBoth, "signatureInformation", "signature?! signatureInformationExtension*! mdSec*!"},
    {In::kBoth, "signature",
     "signatureEncoding signer? signatureMethod signatureValue signatureValidationRules "
     "signatureProperties* keyInformation* mdSec*"},
    {In::k3, "relationship",
     "relationshipType relationshipSubType relatedObjectIdentifier+ relatedEventIdentifier* "
     "relatedEnvironmentPurpose* relatedEnvironmentCharacteristic?"},
    {In::k3, "relatedObjectIdentifier",
     "relatedObjectIdentifierType relatedObjectIdentifierValue relatedObjectSequence?"},
    {In::k3, "relatedEventIdentifier",
     "relatedEventIdentifierType relatedEventIdentifierValue relatedEventSequence?"},
    {In::k2, "relationship",
     "relationshipType relationshipSubType relatedObjectIdentification+ "
     "relatedEventIdentification*"},
    {In::k2, "relatedObjectIdentification",
     "relatedObjectIdentifierType relatedObjectIdentifierValue relatedObjectSequence?"},
    {In::k2, "relatedEventIdentification",
     "relatedEventIdentifierType relatedEventIdentifierValue relatedEventSequence?"},

    {In::k3, "environmentFunction", "environmentFunctionType environmentFunctionLevel"},
    {In::k3, "environmentDesignation",
     "environmentName environmentVersion? environmentOrigin? environmentDesignationNote* "
     "environmentDesignationExtension*"},
    {In::k3, "environmentRegistry",
     "environmentRegistryName environmentRegistryKey environmentRegistryRole?"},
    {In::k2, "environment",
     "environmentCharacteristic?! environmentPurpose*! environmentNote*! dependency*! software*! "
     "hardware*! environmentExtension*! mdSec*!"},
    {In::k2, "dependency", "dependencyName*! dependencyIdentifier*!"},
    {In::k2, "dependencyIdentifier", "dependencyIdentifierType dependencyIdentifierValue"},
    {In::k2, "software", "swName swVersion? swType swOtherInformation* swDependency*"},
    {In::k2, "hardware", "hwName hwType hwOtherInformation*"},

    {In::k3, "eventDetailInformation", "eventDetail? eventDetailExtension*"},
    {In::kBoth, "eventOutcomeInformation", "eventOutcome?! eventOutcomeDetail*!"},
    {In::kBoth, "eventOutcomeDetail",
     "eventOutcomeDetailNote?! eventOutcomeDetailExtension*! mdSec*!"},

    {In::kBoth, "copyrightInformation",
     "copyrightStatus copyrightJurisdiction copyrightStatusDeterminationDate? copyrightNote* "
     "copyrightDocumentationIdentifier* copyrightApplicableDates?"},
    {In::kBoth, "copyrightDocumentationIdentifier",
     "copyrightDocumentationIdentifierType copyrightDocumentationIdentifierValue "
     "copyrightDocumentationRole?"},
    {In::k3, "licenseInformation",
     "licenseDocumentationIdentifier*! licenseTerms?! licenseNote*! licenseApplicableDates?!"},
    {In::k2, "licenseInformation",
     "licenseIdentifier?! licenseDocumentationIdentifier*! licenseTerms?! licenseNote*! "
     "licenseApplicableDates?!"},
    {In::k2, "licenseIdentifier", "licenseIdentifierType licenseIdentifierValue"},
    {In::kBoth, "licenseDocumentationIdentifier",
     "licenseDocumentationIdentifierType licenseDocumentationIdentifierValue "
     "licenseDocumentationRole?"},
    {In::kBoth, "statuteInformation",
     "statuteJurisdiction statuteCitation statuteInformationDeterminationDate? statuteNote* "
     "statuteDocumentationIdentifier* statuteApplicableDates?"},
    {In::kBoth, "statuteDocumentationIdentifier",
     "statuteDocumentationIdentifierType statuteDocumentationIdentifierValue "
     "statuteDocumentationRole?"},
    {In::kBoth, "otherRightsInformation",
     "otherRightsDocumentationIdentifier* otherRightsBasis otherRightsApplicableDates? "
     "otherRightsNote*"},
    {In::kBoth, "otherRightsDocumentationIdentifier",
     "otherRightsDocumentationIdentifierType otherRightsDocumentationIdentifierValue "
     "otherRightsDocumentationRole?"},
    {In::kBoth, "rightsGranted",
     "act restriction* termOfGrant? termOfRestriction? rightsGrantedNote*"},
    {In::kBoth, "copyrightApplicableDates", "startDate endDate?"},
    {In::kBoth, "licenseApplicableDates", "startDate endDate?"},
    {In::kBoth, "statuteApplicableDates", "startDate endDate?"},
    {In::kBoth, "otherRightsApplicableDates", "startDate endDate?"},
    {In::kBoth, "termOfGrant", "startDate endDate?"},
    {In::kBoth, "termOfRestriction", "startDate endDate?"},
};

using Children = std::vector<PremisChild>;
using Model = std::map<std::string_view, Children>;

Children parsed(std::string_view text) {
  Children children;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    PremisChild child;
    child.one_of = word.back() == '!';
    if (child.one_of) word.remove_suffix(1);
    const char count = word.back();
    child.repeatable = count == '*' || count == '+';
    child.mandatory = count != '*' && count != '?';
    if (count == '*' || count == '+' || count == '?') word.remove_suffix(1);
    child.name = word;
    children.push_back(child);
  }
  return children;
}

const Model& model_of(PremisEdition edition) {
  const auto build = [](In own) {
    Model model;
    for (const auto& rule : kRules) {
      if (rule.edition == In::kBoth || rule.edition == own) {
        model.emplace(rule.unit, parsed(rule.children));
      }
    }
    return model;
  };
  static const Model second = build(In::k2);
  static const Model third = build(In::k3);
  return edition == PremisEdition::k2 ? second : third;
}

const Children* find_children(PremisEdition edition, std::string_view unit) {
  const auto& model = model_of(edition);
  const auto found = model.find(unit);
  return found == model.end() ? nullptr : &found->second;
}

bool is_category(std::string_view name) {
  return name == "file" || name == "bitstream" || name == "representation" ||
         name == "intellectualEntity";
}

bool is_white(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

void PremisUnits::start(std::string_view uri, std::string_view name,
                        const std::vector<XmlAttribute>& attributes, Place place) {
  if (!began_) {
    began_ = true;
    start_root(uri, name, attributes, place);
    return;
  }
  if (edition_ == PremisEdition::kUnknown) return;
  if (passed_over_ > 0) {
    ++passed_over_;
    return;
  }
  const bool foreign = premis_edition(uri) != edition_;
  if (foreign) fault("premis.unit_unknown", name, open_.back().name, place);
  if (foreign || !enter(name, place) || is_premis_extension(name)) {
    passed_over_ = 1;
    return;
  }
  const auto& parent = open_.back();
  const auto& child = (*parent.children)[parent.last];
  Open unit{std::string(name), place, nullptr, {}, 0, child.mandatory, false};
  unit.children = children_of(name, attributes, place);
  if (unit.children) unit.counts.resize(unit.children->size());
  open_.push_back(std::move(unit));
}

void PremisUnits::start_root(std::string_view uri, std::string_view name,
                             const std::vector<XmlAttribute>& attributes, Place place) {
  const auto version = attribute_or_empty(attributes, "version");
  edition_ = premis_edition(uri, version);
  if (edition_ == PremisEdition::kUnknown) return;
  if (name == "premis" && version.empty()) fault("premis.version_missing", name, "", place);
  Open unit{std::string(name), place, nullptr, {}, 0, true, false};
  const bool known = name == "premis" || name == "object" || name == "event" || name == "agent" ||
                     name == "rights";
  if (known) {
    unit.children = children_of(name, attributes, place);
  } else {
    fault("premis.root", name, "", place);
  }
  if (unit.children) unit.counts.resize(unit.children->size());
  open_.push_back(std::move(unit));
}

/// Counts the unit in its parent. False if it does not belong there.
bool PremisUnits::enter(std::string_view name, Place place) {
  auto& parent = open_.back();
  if (!parent.children) {
    // What an object of no known category or another root holds was not said to be wrong.
    const bool text = parent.name != "object" && open_.size() > 1;
    if (text) fault("premis.unit_unknown", name, parent.name, place);
    return false;
  }
  const auto& children = *parent.children;
  const auto found = std::find_if(children.begin(), children.end(),
                                  [&](const PremisChild& child) { return child.name == name; });
  if (found == children.end()) {
    fault("premis.unit_unknown", name, parent.name, place);
    return false;
  }
  const auto index = static_cast<std::size_t>(found - children.begin());
  // The parts of rights stand in any order.
  if (index < parent.last && parent.name != "rights") {
    fault("premis.unit_order", name, parent.name, place);
  }
  if (++parent.counts[index] == 2 && !found->repeatable) {
    fault("premis.unit_repeated", name, parent.name, place);
  }
  parent.last = index;
  return true;
}

const Children* PremisUnits::children_of(std::string_view name,
                                         const std::vector<XmlAttribute>& attributes, Place place) {
  if (name != "object") return is_category(name) ? nullptr : find_children(edition_, name);
  const auto type = attribute_or_empty(attributes, "type", kSchemaInstance);
  const auto category = type.substr(type.find(':') + 1);
  const auto* children = is_category(category) ? find_children(edition_, category) : nullptr;
  if (!children) fault("premis.category", type, name, place);
  return children;
}

void PremisUnits::text(std::string_view characters) {
  if (open_.empty() || passed_over_ > 0 || open_.back().has_text) return;
  open_.back().has_text = !is_white(characters);
}

void PremisUnits::end(std::string_view, std::string_view) {
  if (edition_ == PremisEdition::kUnknown) return;
  if (passed_over_ > 0) {
    --passed_over_;
    return;
  }
  const auto unit = std::move(open_.back());
  open_.pop_back();
  leave(unit);
}

void PremisUnits::leave(const Open& unit) {
  const std::string_view parent = open_.empty() ? "" : std::string_view(open_.back().name);
  if (!unit.children) {
    const bool leaf = unit.name != "object" && !open_.empty();
    if (leaf && unit.mandatory && !unit.has_text) {
      fault("premis.unit_empty", unit.name, parent, unit.place);
    }
    return;
  }
  std::string choice;
  bool chosen = false;
  for (std::size_t i = 0; i < unit.children->size(); ++i) {
    const auto& child = (*unit.children)[i];
    if (child.mandatory && unit.counts[i] == 0) {
      fault("premis.unit_missing", child.name, unit.name, unit.place);
    }
    if (!child.one_of) continue;
    choice += (choice.empty() ? "" : ", ") + std::string(child.name);
    chosen |= unit.counts[i] > 0;
  }
  if (!choice.empty() && !chosen) fault("premis.unit_choice", choice, unit.name, unit.place);
}

void PremisUnits::fault(std::string_view message_id, std::string_view unit, std::string_view parent,
                        Place place) {
  findings_.error("PREMIS-UNIT", at(where_, place),
                  say(message_id, {{"unit", std::string(unit)}, {"parent", std::string(parent)}}));
}

}  // namespace anjuan::packager
