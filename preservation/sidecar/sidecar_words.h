#pragma once
// The words that recording.xml uses for our enumerations, and names of facts for people.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "preservation/sidecar/sidecar.h"

namespace anjuan::preservation {

std::string_view role_word(PersonRole role);                     ///< "officer", "witness", "none"
std::string_view uninterrupted_word(Uninterrupted duty);         ///< "unknown", "required", ...
std::string_view kept_word(DeadlineKept kept);                   ///< "yes", "no", "unknown"
std::string_view answer_word(formats::ContinuityAnswer answer);  ///< "continuous", ...

/// "制作时间、证明对象" of keys as missing_facts() gives them, in the current language.
std::string fact_names(const std::vector<std::string>& keys);

/// The verdict with its reservation, or why there is none, as a sentence in the current language.
std::string continuity_sentence(const RecordingSidecar& sidecar);

}  // namespace anjuan::preservation
