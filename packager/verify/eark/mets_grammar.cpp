#include "packager/verify/eark/mets_grammar.h"

#include <algorithm>
#include <array>

namespace anjuan::packager::eark {

namespace {

struct Name {
  std::string_view text;
  Element element;
};

/// In byte order.
constexpr std::array kNames = {
    Name{"FContent", Element::kContent},
    Name{"FLocat", Element::kLocation},
    Name{"agent", Element::kAgent},
    Name{"altRecordID", Element::kAlternativeId},
    Name{"amdSec", Element::kAdministrative},
    Name{"area", Element::kArea},
    Name{"behaviorSec", Element::kBehaviours},
    Name{"binData", Element::kBinaryData},
    Name{"digiprovMD", Element::kProvenance},
    Name{"div", Element::kDivision},
    Name{"dmdSec", Element::kDescriptive},
    Name{"file", Element::kFile},
    Name{"fileGrp", Element::kGroup},
    Name{"fileSec", Element::kFileSection},
    Name{"fptr", Element::kFilePointer},
    Name{"mdRef", Element::kReference},
    Name{"mdWrap", Element::kWrap},
    Name{"mets", Element::kMets},
    Name{"metsDocumentID", Element::kDocumentId},
    Name{"metsHdr", Element::kHeader},
    Name{"mptr", Element::kDocumentPointer},
    Name{"name", Element::kAgentName},
    Name{"note", Element::kAgentNote},
    Name{"par", Element::kParallel},
    Name{"rightsMD", Element::kRights},
    Name{"seq", Element::kSequence},
    Name{"sourceMD", Element::kSource},
    Name{"stream", Element::kStream},
    Name{"structLink", Element::kLinks},
    Name{"structMap", Element::kMap},
    Name{"techMD", Element::kTechnical},
    Name{"transformFile", Element::kTransform},
    Name{"xmlData", Element::kXmlData},
};

struct Child {
  Element parent;
  Element child;
  std::uint8_t place;
};

/// mets.xsd 1.12.1.
constexpr Child kChildren[] = {
    {Element::kNone, Element::kMets, 1},
    {Element::kMets, Element::kHeader, 1},
    {Element::kMets, Element::kDescriptive, 2},
    {Element::kMets, Element::kAdministrative, 3},
    {Element::kMets, Element::kFileSection, 4},
    {Element::kMets, Element::kMap, 5},
    {Element::kMets, Element::kLinks, 6},
    {Element::kMets, Element::kBehaviours, 7},
    {Element::kHeader, Element::kAgent, 1},
    {Element::kHeader, Element::kAlternativeId, 2},
    {Element::kHeader, Element::kDocumentId, 3},
    {Element::kAgent, Element::kAgentName, 1},
    {Element::kAgent, Element::kAgentNote, 2},
    {Element::kAdministrative, Element::kTechnical, 1},
    {Element::kAdministrative, Element::kRights, 2},
    {Element::kAdministrative, Element::kSource, 3},
    {Element::kAdministrative, Element::kProvenance, 4},
    {Element::kDescriptive, Element::kReference, 1},
    {Element::kDescriptive, Element::kWrap, 2},
    {Element::kTechnical, Element::kReference, 1},
    {Element::kTechnical, Element::kWrap, 2},
    {Element::kRights, Element::kReference, 1},
    {Element::kRights, Element::kWrap, 2},
    {Element::kSource, Element::kReference, 1},
    {Element::kSource, Element::kWrap, 2},
    {Element::kProvenance, Element::kReference, 1},
    {Element::kProvenance, Element::kWrap, 2},
    {Element::kWrap, Element::kBinaryData, 1},
    {Element::kWrap, Element::kXmlData, 1},
    {Element::kFileSection, Element::kGroup, 1},
    {Element::kGroup, Element::kGroup, 1},
    {Element::kGroup, Element::kFile, 1},
    {Element::kFile, Element::kLocation, 1},
    {Element::kFile, Element::kContent, 2},
    {Element::kFile, Element::kStream, 3},
    {Element::kFile, Element::kTransform, 4},
    {Element::kFile, Element::kFile, 5},
    {Element::kMap, Element::kDivision, 1},
    {Element::kDivision, Element::kDocumentPointer, 1},
    {Element::kDivision, Element::kFilePointer, 2},
    {Element::kDivision, Element::kDivision, 3},
    {Element::kFilePointer, Element::kParallel, 1},
    {Element::kFilePointer, Element::kSequence, 1},
    {Element::kFilePointer, Element::kArea, 1},
    {Element::kParallel, Element::kArea, 1},
    {Element::kParallel, Element::kSequence, 1},
    {Element::kSequence, Element::kArea, 1},
    {Element::kSequence, Element::kParallel, 1},
};

}  // namespace

Element element_of(std::string_view local_name) {
  const auto found =
      std::lower_bound(kNames.begin(), kNames.end(), local_name,
                       [](const Name& name, std::string_view key) { return name.text < key; });
  return found != kNames.end() && found->text == local_name ? found->element : Element::kUnknown;
}

bool is_opaque(Element element) {
  return element == Element::kXmlData || element == Element::kBinaryData ||
         element == Element::kContent || element == Element::kLinks ||
         element == Element::kBehaviours || element == Element::kUnknown;
}

std::uint8_t place_in(Element parent, Element child) {
  const auto found =
      std::find_if(std::begin(kChildren), std::end(kChildren),
                   [&](const Child& row) { return row.parent == parent && row.child == child; });
  return found == std::end(kChildren) ? std::uint8_t{0} : found->place;
}

}  // namespace anjuan::packager::eark
