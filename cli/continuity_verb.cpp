// anjuan continuity: whether recordings go on without a break.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/continuity/continuity_json.h"
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

JudgeInput observe_all(Context& context, const ContinuityVerbOptions& options) {
  JudgeInput input;
  if (!options.profile.empty()) input.profile = read_device_profile(options.profile);
  if (!options.start.empty()) input.step_start_s = wall_seconds(parse_instant(options.start));
  if (!options.end.empty()) input.step_end_s = wall_seconds(parse_instant(options.end));
  const bool one_alone = input.step_start_s.has_value() != input.step_end_s.has_value();
  if (one_alone || (input.step_start_s && *input.step_end_s <= *input.step_start_s)) {
    throw Error(ErrorCode::kUsage, "--start --end", say("continuity.step_usage"));
  }
  for (const std::string& file : options.files) {
    auto observed = observe(file, options.observer, context.sandbox_least(), context.progress());
    input.segments.push_back(
        {std::filesystem::path(file).filename().string(), std::move(observed.seen)});
  }
  return input;
}

/// 0 uninterrupted, 3 interrupted or with traces, 4 could not be judged.
int status_of(const ContinuityJudgement& judged, double gap_s) {
  if (judged.verdict == ContinuityVerdict::kUndetermined) return 4;
  return answer_for_rules(judged, gap_s) == ContinuityAnswer::kContinuous ? 0 : 3;
}

int run_continuity(Context& context, const ContinuityVerbOptions& options) {
  const JudgeInput input = observe_all(context, options);
  const ContinuityJudgement judged = judge_continuity(input);
  for (const std::string& line : lines_of(judged, input)) context.print(line);
  context.emit(to_json(judged, input));
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
