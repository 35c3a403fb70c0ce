#pragma once
// What is judged of recordings whose every picture is known.

#include <gmock/gmock.h>

#include "preservation/formats/continuity/judge.h"
#include "preservation/formats/continuity/observe.h"
#include "tests/support/clock_clips.h"
#include "tests/support/process.h"

namespace anjuan::formats {

using Paths = std::vector<std::filesystem::path>;

inline ContinuityJudgement judged(const Paths& files, const ObserverOptions& options = {}) {
  JudgeInput input;
  for (const auto& file : files) {
    input.segments.push_back(
        {file.filename().string(), observe(file, options, SandboxLevel::kLeast).seen});
  }
  return judge_continuity(input);
}

inline std::string words(const ContinuityJudgement& judgement) {
  std::string text(verdict_word(judgement.verdict));
  for (const auto& gap : judgement.gaps) text += fmt::format(" gap {:.3f}", gap.missing_s);
  for (const auto& finding : judgement.findings) {
    text += fmt::format(" {} at {:.3f} is {:.3f}", finding.kind, finding.at_s, finding.measured);
  }
  return text;
}

}  // namespace anjuan::formats
