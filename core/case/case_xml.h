#pragma once
// The canonical XML of a case, urn:anjuan:case:1 (docs/formats/case.md), without loss both ways.

#include <string>
#include <string_view>

#include "core/case/case_file.h"

namespace anjuan {

inline constexpr std::string_view kCaseNamespace = "urn:anjuan:case:1";

/// case.xml, valid against schemas/xml/case.xsd. Equal values give equal bytes but for the order of
/// open maps (fields, roles, unknown keys), which keep the declared order.
std::string to_xml(const CaseFile& file);

/// The JSON value that `text` stands for. Throws Error(kInvalid) with subject, line and column for
/// XML that is broken or not valid against case.xsd. CaseFile::from_xml is what callers want.
Json case_value_from_xml(std::string_view text, const std::string& subject);

}  // namespace anjuan
