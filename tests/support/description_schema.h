#pragma once
// description.xsd as schemas/description_fields.json demands it.

#include <string>

namespace anjuan::test {

/// What follows the hand-written head of schemas/xml/description.xsd.
std::string description_schema_of_the_fields();

}  // namespace anjuan::test
