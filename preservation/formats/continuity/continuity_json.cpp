#include "preservation/formats/continuity/continuity_json.h"

#include "preservation/formats/continuity/continuity_words.h"

namespace anjuan::formats {

namespace {

Json seconds(double value) { return Json::number(fmt::format("{:.3f}", value)); }

Json wall(const std::optional<double>& wall_s, bool has_date) {
  return wall_s ? Json::string(wall_text(*wall_s, has_date)) : Json::null();
}

Json gap_json(const ContinuityGap& gap, const JudgeInput& input, bool has_date) {
  return Json::object({{"start", wall(gap.start_wall_s, has_date)},
                       {"end", wall(gap.end_wall_s, has_date)},
                       {"missing_s", seconds(gap.missing_s)},
                       {"signal", Json::string(std::string(signal_word(gap.signal)))},
                       {"file", Json::string(input.segments[gap.segment].name)},
                       {"at_s", seconds(gap.at_s)}});
}

Json signal_json(const ContinuityFinding& finding, const JudgeInput& input, bool has_date) {
  return Json::object({{"signal", Json::string(std::string(signal_word(finding.signal)))},
                       {"kind", Json::string(finding.kind)},
                       {"weight", Json::string(std::string(weight_word(finding.weight)))},
                       {"file", Json::string(input.segments[finding.segment].name)},
                       {"at_s", seconds(finding.at_s)},
                       {"until_s", seconds(finding.until_s)},
                       {"wall", wall(finding.wall_s, has_date)},
                       {"measured", seconds(finding.measured)},
                       {"threshold", seconds(finding.threshold)},
                       {"message", Json::string(sentence_of(finding, input, has_date))}});
}

}  // namespace

Json to_json(const ContinuityJudgement& judged, const JudgeInput& input) {
  Json gaps = Json::array();
  Json signals = Json::array();
  for (const ContinuityGap& gap : judged.gaps) {
    gaps.append(gap_json(gap, input, judged.has_date));
  }
  for (const ContinuityFinding& finding : judged.findings) {
    signals.append(signal_json(finding, input, judged.has_date));
  }
  Json json = Json::object({{"verdict", Json::string(std::string(verdict_word(judged.verdict)))},
                            {"coverage", seconds(judged.coverage)},
                            {"gaps", gaps},
                            {"signals", signals},
                            {"first_clock", wall(judged.first_wall_s, judged.has_date)},
                            {"last_clock", wall(judged.last_wall_s, judged.has_date)},
                            {"recorded_s", seconds(judged.recorded_s)}});
  if (judged.step_coverage) json.set("step_coverage", seconds(*judged.step_coverage));
  return json;
}

std::vector<std::string> lines_of(const ContinuityJudgement& judged, const JudgeInput& input) {
  std::vector<std::string> lines{verdict_sentence(judged)};
  for (const ContinuityFinding& finding : judged.findings) {
    lines.push_back("  " + sentence_of(finding, input, judged.has_date));
  }
  return lines;
}

}  // namespace anjuan::formats
