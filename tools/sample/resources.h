#pragma once
// What is compiled into the program: the sample cases and the texts of the documents.

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace anjuan::sample {

/// "A", "B", ...: the names of the built-in cases, in order.
std::vector<std::string> sample_case_names();

/// case.json of the built-in case. Throws Error(kUsage) with the list of names if there is none.
std::string_view sample_case(std::string_view name);

/// The value `key` of the first file of texts/ that has it, or nullptr.
const Json* sample_text(std::string_view key);

/// SHA-512 over all texts: tells programs apart that would write other documents.
std::string sample_text_digest();

}  // namespace anjuan::sample
