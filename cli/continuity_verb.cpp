// anjuan continuity: whether recordings go on without a break.
#include <cmath>

#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/durable.h"
#include "core/messages.h"
#include "preservation/formats/continuity/continuity_words.h"
#include "preservation/formats/continuity/continuity_xml.h"
#include "preservation/formats/continuity/judge.h"
#include "preservation/formats/continuity/observe.h"

namespace anjuan::cli {

namespace {

using namespace anjuan::formats;

struct ContinuityVerbOptions {
  std::vector<std::string> files;
  std::string start;
  std::string end;
  double gap_s = 0;
  std::string profile;
  std::string xml;
  ObserverOptions observer;
};

Json number(double value) { return Json::number(fmt::format("{:.3f}", value)); }

Json wall(const std::optional<double>& wall_s, bool has_date) {
  return wall_s ? Json::string(wall_text(*wall_s, has_date)) : Json::null();
}

JudgeInput observe_all(const ContinuityVerbOptions& options, Progress& progress) {
  JudgeInput input;
  if (!options.profile.empty()) input.profile = read_device_profile(options.profile);
  if (!options.start.empty()) input.step_start_s = wall_seconds(parse_instant(options.start));
  if (!options.end.empty()) input.step_end_s = wall_seconds(parse_instant(options.end));
  for (const std::string& file : options.files) {
    auto observed = observe(file, options.observer, SandboxLevel::kLeast, progress);
    input.segments.push_back(
        {std::filesystem::path(file).filename().string(), std::move(observed.seen)});
  }
  return input;
}

Json gap_json(const ContinuityGap& gap, const JudgeInput& input, bool has_date) {
  return json_line({{"start", wall(gap.start_wall_s, has_date)},
                    {"end", wall(gap.end_wall_s, has_date)},
                    {"missing_s", number(gap.missing_s)},
                    {"signal", Json::string(std::string(signal_word(gap.signal)))},
                    {"file", Json::string(input.segments[gap.segment].name)},
                    {"at_s", number(gap.at_s)}});
}

Json signal_json(const ContinuityFinding& finding, const JudgeInput& input, bool has_date) {
  return json_line({{"signal", Json::string(std::string(signal_word(finding.signal)))},
                    {"kind", Json::string(finding.kind)},
                    {"weight", Json::string(std::string(weight_word(finding.weight)))},
                    {"file", Json::string(input.segments[finding.segment].name)},
                    {"at_s", number(finding.at_s)},
                    {"until_s", number(finding.until_s)},
                    {"wall", wall(finding.wall_s, has_date)},
                    {"measured", number(finding.measured)},
                    {"threshold", number(finding.threshold)},
                    {"message", Json::string(sentence_of(finding, input, has_date))}});
}

void tell(const Context& context, const JudgeInput& input, const ContinuityJudgement& judged) {
  context.print(verdict_sentence(judged));
  Json gaps = Json::array();
  Json signals = Json::array();
  for (const ContinuityGap& gap : judged.gaps) {
    gaps.append(gap_json(gap, input, judged.has_date));
  }
  for (const ContinuityFinding& finding : judged.findings) {
    context.print("  " + sentence_of(finding, input, judged.has_date));
    signals.append(signal_json(finding, input, judged.has_date));
  }
  Json line = json_line({{"verdict", Json::string(std::string(verdict_word(judged.verdict)))},
                         {"coverage", number(judged.coverage)},
                         {"gaps", gaps},
                         {"signals", signals},
                         {"first_clock", wall(judged.first_wall_s, judged.has_date)},
                         {"last_clock", wall(judged.last_wall_s, judged.has_date)},
                         {"recorded_s", number(judged.recorded_s)}});
  if (judged.step_coverage) line.set("step_coverage", number(*judged.step_coverage));
  context.emit(line);
}

/// 0 uninterrupted, 3 interrupted or with traces, 4 could not be judged.
int status_of(const ContinuityJudgement& judged, double gap_s) {
  if (judged.verdict == ContinuityVerdict::kUndetermined) return 4;
  return answer_for_rules(judged, gap_s) == ContinuityAnswer::kContinuous ? 0 : 3;
}

int run_continuity(Context& context, const ContinuityVerbOptions& options) {
  const JudgeInput input = observe_all(options, context.progress());
  const ContinuityJudgement judged = judge_continuity(input);
  tell(context, input, judged);
  if (!options.xml.empty()) {
    std::string text;
    write_continuity_xml(input, judged, [&text](std::string_view bytes) { text += bytes; });
    create_durably(options.xml, text);
    context.print(say("continuity.xml_written", {{"file", options.xml}}));
  }
  return status_of(judged, options.gap_s);
}

}  // namespace

void declare_continuity(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "continuity");
  auto options = std::make_shared<ContinuityVerbOptions>();
  verb->add_option("FILE", options->files, say("cli.continuity.files"))->required();
  verb->add_option("--start", options->start, say("cli.continuity.start"));
  verb->add_option("--end", options->end, say("cli.continuity.end"));
  verb->add_option("--gap", options->gap_s, say("cli.continuity.gap"))
      ->check(CLI::NonNegativeNumber);
  verb->add_option("--profile", options->profile, say("cli.continuity.profile"));
  verb->add_option("--xml", options->xml, say("cli.continuity.xml"));
  verb->callback([&action, options] {
    action = [options](Context& context) { return run_continuity(context, *options); };
  });
}

}  // namespace anjuan::cli
