#pragma once
// Shorter recordings and steps with the same verdict.
//
// What the rules measure in time stays as it was: whether a session covers its step within
// kEdgeSeconds, seams between recordings and segments (kept to the second), made_at against
// file_time, dates, and the order of the steps that rules compare. docs/formats/sample.md has the
// whole list.

#include "core/json.h"

namespace anjuan::sample {

/// Rule QCL-15-6: a session may begin so late and end so early and still cover its step.
inline constexpr int kEdgeSeconds = 120;

/// `the_case` with recordings of about `seconds` (at least 1) each, and their steps to match.
/// Recordings that are shorter already, and steps over midnight, are left alone.
Json shorten(const Json& the_case, int seconds);

}  // namespace anjuan::sample
