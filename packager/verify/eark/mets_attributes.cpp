#include "packager/verify/eark/mets_attributes.h"

#include "packager/verify/xml_check.h"

namespace anjuan::packager::eark {

Value value(const std::vector<XmlAttribute>& attributes, std::string_view name,
            std::string_view uri) {
  const auto* found = find_attribute(attributes, name, uri);
  return found ? Value(*found) : Value();
}

Link link_of(const std::vector<XmlAttribute>& attributes, Place place) {
  return {value(attributes, "LOCTYPE"), value(attributes, "type", kXlink),
          value(attributes, "href", kXlink), value(attributes, "title", kXlink), place};
}

FileFacts facts_of(const std::vector<XmlAttribute>& attributes) {
  return {value(attributes, "MIMETYPE"), value(attributes, "SIZE"), value(attributes, "CREATED"),
          value(attributes, "CHECKSUM"), value(attributes, "CHECKSUMTYPE")};
}

}  // namespace anjuan::packager::eark
