#pragma once
// Identification and characteristics as JSON, for `anjuan probe --json` and reports.

#include "core/json.h"
#include "preservation/formats/characterise.h"

namespace anjuan::formats {

/// puid, format, version, mime, basis, charset, second_opinion, candidates. What is not known is
/// not there.
std::vector<Json::Member> members_of(const Identification& found);

/// container, duration_ms, streams, tags, photo, extensions (standards only).
std::vector<Json::Member> members_of(const Characteristics& facts);

Json to_json(const Findings& findings);

}  // namespace anjuan::formats
