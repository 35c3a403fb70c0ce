#pragma once
// Reading data files of ours (JSON): what is off is refused with file, line and reason.

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace anjuan::rules {

/// Throws Error(kInvalid): `subject`, line and column, and that `key` is missing or of a wrong
/// type.
[[noreturn]] void refuse_data(const std::string& subject, Place place, std::string_view key);

/// Each throws like refuse_data() if the member is missing or of another type.
const Json& member(const Json& object, std::string_view key, const std::string& subject);
std::string text_member(const Json& object, std::string_view key, const std::string& subject);
std::vector<std::string> texts_member(const Json& object, std::string_view key,
                                      const std::string& subject);
const std::vector<Json>& list_member(const Json& object, std::string_view key,
                                     const std::string& subject);

}  // namespace anjuan::rules
