#pragma once
// What happened in the case, told: texts/stories.json, chosen by the case's cause.

#include <string_view>
#include <vector>

#include "tools/sample/facts.h"

namespace anjuan::sample {

/// The story whose "match" stands in `cause`, or nullptr.
const Json* story_of(std::string_view cause);

/// The list `key` of the case's story, else of the general one; a text is a list of one.
std::vector<Json> story_list(const Facts& facts, std::string_view key);

/// The text `key` of the case's story, else of the general one; "" if it is none.
std::string story_text(std::string_view cause, std::string_view key);

}  // namespace anjuan::sample
