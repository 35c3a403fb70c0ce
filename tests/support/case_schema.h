#pragma once
// case.xsd as the table of known keys demands it: the file in schemas/xml must end with this.

#include <string>

namespace anjuan::test {

std::string case_schema_of_the_known_keys();

/// True if the environment asks that golden files be written anew (ANJUAN_UPDATE=1).
bool golden_update();

struct GoldenSchema {
  std::string found;
  std::string wanted;
};

/// schemas/xml/`name` beside what it should be: its own head, then `generated`. Writes it anew if
/// the environment asks for that.
GoldenSchema golden_schema(const std::string& name, const std::string& generated);

}  // namespace anjuan::test
