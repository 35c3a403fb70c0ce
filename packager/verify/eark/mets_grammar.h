#pragma once
// Which element of METS 1.12 may stand in which, and in what order.

#include <cstdint>
#include <string_view>

namespace anjuan::packager::eark {

enum class Element : std::uint8_t {
  kNone,  ///< the document itself
  kMets,
  kHeader,
  kAgent,
  kAgentName,
  kAgentNote,
  kAlternativeId,
  kDocumentId,
  kDescriptive,
  kAdministrative,
  kTechnical,
  kRights,
  kSource,
  kProvenance,
  kReference,
  kWrap,
  kXmlData,
  kBinaryData,
  kFileSection,
  kGroup,
  kFile,
  kLocation,
  kContent,
  kStream,
  kTransform,
  kMap,
  kDivision,
  kDocumentPointer,
  kFilePointer,
  kArea,
  kSequence,
  kParallel,
  kLinks,
  kBehaviours,
  kUnknown,
};

Element element_of(std::string_view local_name);

/// Foreign elements stand inside: nothing below is METS's business.
bool is_opaque(Element element);

/// The place of `child` among the children of `parent`, from 1; 0 = it may not stand there. A child
/// may not come after one with a higher place.
std::uint8_t place_in(Element parent, Element child);

}  // namespace anjuan::packager::eark
