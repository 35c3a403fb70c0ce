#pragma once
// Documents of other standards inside ours: kept as elements, without prefixes, in one written form
// whatever program wrote them.

#include <string>
#include <string_view>

#include "core/xml_reader.h"
#include "core/xml_writer.h"

namespace anjuan::preservation {

/// The document in its one form: equal for equal elements, attributes and texts. Comments and
/// blanks between elements go; of text between elements only the sum stays, before the first of
/// them. Throws Error(kInvalid | kRefused) naming `subject`.
std::string foreign_xml(std::string_view document, const std::string& subject);
std::string foreign_xml(const XmlElement& root);

/// The same as a child of an open element whose default name space is `outer`.
void put_foreign(XmlWriter& xml, const XmlElement& element, std::string_view outer);

}  // namespace anjuan::preservation
