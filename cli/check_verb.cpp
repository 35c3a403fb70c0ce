// anjuan check: cases judged article by article; nothing is stored.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "cli/observe_recordings.h"
#include "core/error.h"
#include "core/messages.h"
#include "ingest/derivatives.h"
#include "ingest/defect_file.h"
#include "ingest/seen_case.h"
#include "preservation/rules/check_report.h"
#include "preservation/rules/due_list.h"
#include "preservation/rules/review.h"

namespace anjuan::cli {

namespace {

namespace fs = std::filesystem;

struct CheckOptions {
  std::vector<fs::path> submissions;
  bool due = false;
  fs::path defects;
};

Json count_json(std::size_t count) { return Json::integer(static_cast<std::int64_t>(count)); }

/// 折算 to 100; null where nothing was judged.
Json score_json(const rules::ReviewSheet& sheet) {
  return sheet.score ? Json::number(rules::points_text(*sheet.score)) : Json::null();
}

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
  rules::ReviewSheet review;
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
      ingest::look_at(submission, limits, context.clock(), context.progress()), {}, {}, {}, {}};
  std::optional<ingest::DefectFile> defects;
  if (!options.defects.empty()) defects = ingest::read_defect_file(options.defects);
  const CaseFile& declared = checked.seen.declared;
  const auto measured = observe_recordings(context, checked.seen, law);
  const auto media = measured.facts();
  checked.judgement = rules::judge(declared, law, {&media, language()});
  checked.coverage =
      rules::cover(checked.judgement, declared, defects ? &defects->statement : nullptr,
                   context.clock().now(), language());
  checked.review = rules::review(checked.judgement, law.review, nullptr, declared.case_no());
  for (const Findings& part :
       {checked.seen.findings, checked.judgement.findings(), checked.coverage.problems,
        ingest::reading_findings(measured)}) {
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
  if (checked.review.score) {
    context.print(say("cli.check.score", {{"score", rules::points_text(*checked.review.score)},
                                          {"open", std::to_string(checked.review.open_items())}}));
  }
  context.print(say("cli.check.verdict", {{"verdict", say("ingest.verdict_" + verdict)},
                                          {"block", failed.text(Severity::kBlock)},
                                          {"error", failed.text(Severity::kError)},
                                          {"warn", failed.text(Severity::kWarn)},
                                          {"info", failed.text(Severity::kInfo)},
                                          {"not_checked", std::to_string(not_checked)},
                                          {"needs_person", std::to_string(needs_person)}}));
  context.emit(json_line({{"submission", Json::string(submission.string())},
                          {"verdict", Json::string(verdict)},
                          {"score", score_json(checked.review)},
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

/// Adds the open deadlines of one submission; returns the exit status of reading it.
int add_due(Context& context, const fs::path& submission, rules::CaseDueList& list) {
  try {
    const Config::Intake limits;
    list.add(ingest::look_at(submission, limits, context.clock(), context.progress()).declared);
    return 0;
  } catch (const Error& error) {
    return report(context, submission, error);
  }
}

void print_due(Context& context, const DueItem& item) {
  const Instant now = context.clock().now();
  const std::int64_t left = rules::days_left(item, now);
  const std::string day = to_text(item.due.day());
  const std::string when = left < 0 ? say("cli.check.overdue", {{"days", std::to_string(-left)}})
                                    : say("cli.check.left", {{"days", std::to_string(left)}});
  const std::string provisional = item.due.is_provisional ? say("cli.check.provisional") : "";
  context.print(say(
      "cli.check.due_line",
      {{"due", day + provisional}, {"when", when}, {"case", item.case_no}, {"what", item.what}}));
  context.emit(json_line({{"case", Json::string(item.case_no)},
                          {"what", Json::string(item.what)},
                          {"due", Json::string(day)},
                          {"article", Json::string(item.article)},
                          {"object", Json::string(item.object)},
                          {"days_left", Json::integer(left)},
                          {"provisional", Json::boolean(item.due.is_provisional)}}));
}

int run_due(Context& context, const CheckOptions& options) {
  const auto law = rules::LawBook::load(context.home_data());
  rules::CaseDueList list(law, language());
  int worst = 0;
  for (const fs::path& submission : options.submissions) {
    worst = std::max(worst, add_due(context, submission, list));
  }
  const auto items = list.due(context.clock().now());
  for (const DueItem& item : items) print_due(context, item);
  if (items.empty()) context.print(say("cli.check.nothing_due"));
  return worst;
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
    action = [options](Context& context) {
      return options->due ? run_due(context, *options) : run_check(context, *options);
    };
  });
}

}  // namespace anjuan::cli
