#pragma once
// The judgement of a session as JSON and as lines, for `anjuan continuity` and `anjuan probe`.

#include <string>
#include <vector>

#include "core/json.h"
#include "preservation/formats/continuity/judge.h"

namespace anjuan::formats {

/// {"verdict","coverage","gaps","signals","first_clock","last_clock","recorded_s","step_coverage"}
/// as docs/formats/continuity.md has it; step_coverage only where a step was given.
Json to_json(const ContinuityJudgement& judged, const JudgeInput& input);

/// The verdict's sentence, then one for each finding.
std::vector<std::string> lines_of(const ContinuityJudgement& judged, const JudgeInput& input);

}  // namespace anjuan::formats
