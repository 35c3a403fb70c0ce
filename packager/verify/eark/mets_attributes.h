#pragma once
// Groups of attributes that several elements of METS have.

#include <string_view>
#include <vector>

#include "core/xml_reader.h"
#include "packager/verify/eark/mets_model.h"

namespace anjuan::packager::eark {

inline constexpr std::string_view kXlink = "http://www.w3.org/1999/xlink";
inline constexpr std::string_view kCsip = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS";
inline constexpr std::string_view kSip = "https://DILCIS.eu/XML/METS/SIPExtensionMETS";

Value value(const std::vector<XmlAttribute>& attributes, std::string_view name,
            std::string_view uri = {});
Link link_of(const std::vector<XmlAttribute>& attributes, Place place);
FileFacts facts_of(const std::vector<XmlAttribute>& attributes);

}  // namespace anjuan::packager::eark
