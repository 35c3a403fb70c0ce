#pragma once
// From what was measured of a recording to what the rules may believe of it
// (docs/formats/checks.md).

#include <optional>

#include "preservation/formats/continuity/judge.h"
#include "preservation/rules/judgement.h"
#include "preservation/sidecar/sidecar.h"

namespace anjuan::preservation {

/// `claims_whole`: the case says that the recording is uninterrupted. A file without a break is no
/// record of its whole step: where nobody claims that, the clock must show that the step is
/// covered. Nothing where the declaration stands.
std::optional<rules::Continuity> continuity_fact(formats::ContinuityAnswer answer,
                                                 bool claims_whole,
                                                 std::optional<double> step_coverage);

/// How grave a verdict is that asks for an explanation or carries a reservation.
std::optional<Severity> reservation_of(formats::ContinuityVerdict verdict);

/// The verdict in both languages.
rules::MediaNote continuity_note(const formats::ContinuityJudgement& judgement);

/// Of a stored package: as its sidecar keeps what was measured. Nothing for a recording that was
/// not measured.
std::optional<rules::MediaFacts> measured_facts(const RecordingSidecar& sidecar);

}  // namespace anjuan::preservation
