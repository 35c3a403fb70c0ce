#pragma once
// The judge's findings as sentences and times for people. It asks for explanations, never accuses.

#include <string>

#include "core/clock.h"
#include "core/messages.h"
#include "preservation/formats/continuity/judge.h"

namespace anjuan::formats {

/// Clock seconds (as if UTC) as the instant at +08:00 that the clock meant.
Instant wall_instant(double wall_s);
/// The inverse, for declared times.
double wall_seconds(Instant instant);

/// "2025-06-17T09:04:30.120+08:00", or "09:04:30.120" for a clock without a date.
std::string wall_text(double wall_s, bool has_date);
/// "00:14:30.120", a time of the file.
std::string time_text(double at_s);

std::string sentence_of(const ContinuityFinding& finding, const JudgeInput& input, bool has_date,
                        Language in = language());
std::string verdict_sentence(const ContinuityJudgement& judgement, Language in = language());

}  // namespace anjuan::formats
