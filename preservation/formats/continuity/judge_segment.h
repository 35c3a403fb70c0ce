#pragma once
// The part of the judge that looks at one segment. For judge*.cpp only.

#include "preservation/formats/continuity/clock_line.h"
#include "preservation/formats/continuity/judge.h"

namespace anjuan::formats {

/// What a segment contributes to the session.
struct SegmentJudgement {
  std::vector<ContinuityFinding> findings;
  std::vector<ContinuityGap> gaps;
  bool clock_read = false;             ///< on enough of the sampled seconds
  std::optional<double> start_wall_s;  ///< by its first line
  std::optional<double> end_wall_s;    ///< by its last
  double wall_error_s = 0;
  double picture_s = 0;
  double length_s = 0;    ///< from its first picture (or sound) to its end
  double recorded_s = 0;  ///< of these, what its time stamps do not leave out
};

SegmentJudgement judge_segment(const JudgeInput& input, std::size_t index);

}  // namespace anjuan::formats
