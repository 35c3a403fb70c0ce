// anjuan check: cases judged article by article; nothing is stored.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/error.h"
#include "core/messages.h"
#include "ingest/defect_file.h"
#include "ingest/seen_case.h"
#include "preservation/rules/check_report.h"

namespace anjuan::cli {

namespace {

namespace fs = std::filesystem;

struct CheckOptions {
  std::vector<fs::path> submissions;
  bool due = false;
  fs::path defects;
};

Json count_json(std::size_t count) { return Json::integer(static_cast<std::int64_t>(count)); }

/// How many failed, by severity.
class Failed {
 public:
  explicit Failed(const Findings& findings) {
    for (const Finding& finding : findings) {
      if (finding.result == CheckResult::kFailed) ++counts_[finding.severity];
    }
  }

  std::size_t all() const {
    std::size_t sum = 0;
    for (const auto& [severity, count] : counts_) sum += count;
    return sum;
  }

  std::string text(Severity severity) const {
    const auto found = counts_.find(severity);
    return std::to_string(found == counts_.end() ? 0 : found->second);
  }

 private:
  std::map<Severity, std::size_t> counts_;
};

/// One case on the table: what was seen, and what the rules say to it.
struct Checked {
  ingest::SeenCase seen;
  rules::Judgement judgement;
  rules::Coverage coverage;
  Findings findings;

  /// Problems of the files alone make a case incomplete, whatever the rules say.
  rules::Verdict verdict() const {
    const auto by_rules = rules::verdict_of(judgement, coverage);
    if (by_rules == rules::Verdict::kBlocked || !any_error(seen.findings)) return by_rules;
    return rules::Verdict::kIncomplete;
  }
};

Checked check_one(Context& context, const fs::path& submission, const CheckOptions& options,
                  const rules::LawBook& law) {
  const Config::Intake limits;
  Checked checked{
      ingest::look_at(submission, limits, context.clock(), context.progress()), {}, {}, {}};
  std::optional<ingest::DefectFile> defects;
  if (!options.defects.empty()) defects = ingest::read_defect_file(options.defects);
  const CaseFile& declared = checked.seen.declared;
  checked.judgement = rules::judge(declared, law, {nullptr, language()});
  checked.coverage =
      rules::cover(checked.judgement, declared, defects ? &defects->statement : nullptr,
                   context.clock().now(), language());
  for (const Findings& part :
       {checked.seen.findings, checked.judgement.findings(), checked.coverage.problems}) {
    checked.findings.insert(checked.findings.end(), part.begin(), part.end());
  }
  return checked;
}

int report(Context& context, const fs::path& submission, const Checked& checked) {
  const CaseFile& declared = checked.seen.declared;
  context.print(say("cli.check.head", {{"case", declared.case_no()}, {"title", declared.title()}}));
  for (const Finding& finding : checked.findings) context.print_rule_finding(finding);
  if (checked.seen.files == ingest::SeenFiles::kDeclarationAlone) {
    context.print("  " + say("cli.check.declaration_alone"));
  }
  for (const auto& note : rules::report_notes(checked.judgement, checked.coverage, language())) {
    context.print("  " + note);
  }
  const std::string verdict(rules::verdict_word(checked.verdict()));
  const Failed failed(checked.findings);
  const std::size_t not_checked = checked.judgement.count(CheckResult::kNotChecked);
  const std::size_t needs_person = checked.judgement.count(CheckResult::kNeedsPerson);
  context.print(say("cli.check.verdict", {{"verdict", say("ingest.verdict_" + verdict)},
                                          {"block", failed.text(Severity::kBlock)},
                                          {"error", failed.text(Severity::kError)},
                                          {"warn", failed.text(Severity::kWarn)},
                                          {"info", failed.text(Severity::kInfo)},
                                          {"not_checked", std::to_string(not_checked)},
                                          {"needs_person", std::to_string(needs_person)}}));
  context.emit(json_line({{"submission", Json::string(submission.string())},
                          {"verdict", Json::string(verdict)},
                          {"score", Json::null()},
                          {"findings", count_json(failed.all())},
                          {"not_checked", count_json(not_checked)},
                          {"needs_person", count_json(needs_person)}}));
  const bool may_be_stored = checked.verdict() == rules::Verdict::kComplete ||
                             checked.verdict() == rules::Verdict::kDefective;
  return may_be_stored ? 0 : 3;
}

int report(Context& context, const fs::path& submission, const Error& error) {
  context.diagnose(
      say("cli.check.failed", {{"submission", submission.string()}, {"reason", error.what()}}));
  context.emit(json_line({{"submission", Json::string(submission.string())},
                          {"verdict", Json::string("unchecked")},
                          {"error", Json::string(std::string(error_word(error.code())))},
                          {"message", Json::string(error.what())}}));
  return exit_status(error.code());
}

int run_check(Context& context, const CheckOptions& options) {
  if (!options.defects.empty() && options.submissions.size() != 1) {
    throw Error(ErrorCode::kUsage, "--defects", say("cli.ingest.defects_usage"));
  }
  const auto law = rules::LawBook::load(context.home_data());
  int worst = 0;
  for (const fs::path& submission : options.submissions) {
    int status = 0;
    try {
      status = report(context, submission, check_one(context, submission, options, law));
    } catch (const Error& error) {
      status = report(context, submission, error);
    }
    worst = std::max(worst, status);
  }
  return worst;
}

}  // namespace

void declare_check(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "check");
  auto options = std::make_shared<CheckOptions>();
  verb->add_option("SUBMISSION", options->submissions, say("cli.check.submission"))->required();
  verb->add_flag("--due", options->due, say("cli.check.due"));
  verb->add_option("--defects", options->defects, say("cli.check.defects"));
  verb->callback([&action, options] {
    action = [options](Context& context) { return run_check(context, *options); };
  });
}

}  // namespace anjuan::cli
