// anjuan ingest: submissions in, stored packages out.
#include <atomic>
#include <mutex>
#include <thread>

#include <CLI/CLI.hpp>

#include "cli/open_desk.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"
#include "ingest/accession.h"

namespace anjuan::cli {

namespace {

namespace fs = std::filesystem;

constexpr unsigned kJobsMax = 16;

struct IngestOptions {
  std::vector<fs::path> submissions;
  unsigned jobs = 1;
  std::string supplement;
  std::string reason;
  fs::path defects;
  std::string not_secret;
};

/// Prints each step; several submissions may be at work at once.
class PrintSteps final : public ingest::StepListener {
 public:
  explicit PrintSteps(Context& context) : context_(context) {}

  void step(const std::string& case_no, std::string_view step, ingest::StepState state,
            std::chrono::milliseconds took) override {
    const std::lock_guard guard(mutex_);
    context_.print(
        fmt::format("  {}  {}  {}  {} ms", case_no, say(fmt::format("ingest.step_{}", step)),
                    say(fmt::format("ingest.state_{}", step_state_word(state))), took.count()));
    context_.emit(json_line({{"case", Json::string(case_no)},
                             {"step", Json::string(std::string(step))},
                             {"state", Json::string(std::string(step_state_word(state)))},
                             {"ms", Json::integer(took.count())}}));
  }

  std::mutex& mutex() { return mutex_; }

 private:
  Context& context_;
  std::mutex mutex_;
};

std::string outcome_sentence(const ingest::Receipt& receipt) {
  const std::string verdict = say("ingest.verdict_" + receipt.verdict);
  switch (receipt.outcome) {
    case ingest::Outcome::kStored:
      return say("cli.ingest.stored", {{"case", receipt.case_no},
                                       {"package", receipt.package},
                                       {"version", std::to_string(receipt.version)},
                                       {"files", std::to_string(receipt.files)},
                                       {"bytes", human_bytes(receipt.bytes)},
                                       {"verdict", verdict}});
    case ingest::Outcome::kAlreadyStored:
      return say("cli.ingest.already", {{"case", receipt.case_no},
                                        {"package", receipt.package},
                                        {"version", std::to_string(receipt.version)},
                                        {"verdict", verdict}});
    case ingest::Outcome::kStopped:
      break;
  }
  if (receipt.return_by.empty()) return say("cli.ingest.stopped", {{"case", receipt.case_no}});
  return say("cli.ingest.sent_back",
             {{"case", receipt.case_no}, {"verdict", verdict}, {"by", receipt.return_by}});
}

int report(Context& context, const ingest::Receipt& receipt) {
  for (const Finding& finding : receipt.findings) context.print_rule_finding(finding);
  for (const std::string& note : receipt.notes) context.print("  " + note);
  context.print(outcome_sentence(receipt));
  context.emit(json_line({{"case", Json::string(receipt.case_no)},
                          {"package", Json::string(receipt.package)},
                          {"version", Json::integer(receipt.version)},
                          {"files", Json::integer(static_cast<std::int64_t>(receipt.files))},
                          {"bytes", Json::integer(static_cast<std::int64_t>(receipt.bytes))},
                          {"verdict", Json::string(receipt.verdict)}}));
  return receipt.outcome == ingest::Outcome::kStopped ? 3 : 0;
}

int report(Context& context, const fs::path& submission, const Error& error) {
  const bool is_interrupted = error.code() == ErrorCode::kInterrupted;
  const std::string reason = is_interrupted ? say("cli.ingest.interrupted") : error.what();
  context.diagnose(
      say("cli.ingest.failed", {{"submission", submission.string()}, {"reason", reason}}));
  context.emit(json_line({{"submission", Json::string(submission.string())},
                          {"error", Json::string(std::string(error_word(error.code())))},
                          {"message", Json::string(reason)}}));
  return exit_status(error.code());
}

std::optional<ingest::Supplement> supplement_of(const IngestOptions& options) {
  if (options.supplement.empty() && options.reason.empty()) return std::nullopt;
  if (options.supplement.empty() || options.reason.empty() || options.submissions.size() != 1) {
    throw Error(ErrorCode::kUsage, "--supplement", say("cli.ingest.supplement_usage"));
  }
  return ingest::Supplement{packager::PackageId::parse(options.supplement), options.reason};
}

std::optional<fs::path> defects_of(const IngestOptions& options) {
  if (options.defects.empty()) return std::nullopt;
  if (options.submissions.size() != 1) {
    throw Error(ErrorCode::kUsage, "--defects", say("cli.ingest.defects_usage"));
  }
  return options.defects;
}

/// Ingests all submissions on `jobs` threads; a failed one does not stop the others.
/// Returns the exit status of the worst.
int ingest_all(Context& context, const IngestOptions& options, ingest::Desk& desk,
               std::mutex& output) {
  const auto supplement = supplement_of(options);
  const auto defects = defects_of(options);
  std::atomic<std::size_t> next{0};
  int worst = 0;
  const auto work = [&] {
    for (auto i = next++; i < options.submissions.size(); i = next++) {
      const fs::path& submission = options.submissions[i];
      int status = 0;
      try {
        const auto receipt =
            ingest::accession({submission, supplement, defects, options.not_secret}, desk);
        const std::lock_guard guard(output);
        status = report(context, receipt);
      } catch (const Error& error) {
        const std::lock_guard guard(output);
        status = report(context, submission, error);
      }
      const std::lock_guard guard(output);
      worst = std::max(worst, status);
    }
  };
  std::vector<std::jthread> threads;
  for (unsigned i = 1; i < options.jobs; ++i) threads.emplace_back(work);
  work();
  threads.clear();
  return worst;
}

int run_ingest(Context& context, const IngestOptions& options) {
  PrintSteps steps(context);
  OpenDesk open(context, steps);
  const int status = ingest_all(context, options, open.desk(), steps.mutex());
  if (open.store().replica_on_same_device()) context.diagnose(say("cli.ingest.same_device"));
  return status;
}

}  // namespace

void declare_ingest(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "ingest");
  auto options = std::make_shared<IngestOptions>();
  verb->add_option("SUBMISSION", options->submissions, say("cli.ingest.submission"))->required();
  verb->add_option("--jobs", options->jobs, say("cli.ingest.jobs"))
      ->check(CLI::Range(1U, kJobsMax));
  verb->add_option("--supplement", options->supplement, say("cli.ingest.supplement"));
  verb->add_option("--reason", options->reason, say("cli.ingest.reason"));
  verb->add_option("--defects", options->defects, say("cli.ingest.defects"));
  verb->add_option("--not-secret", options->not_secret, say("cli.ingest.not_secret"));
  verb->callback([&action, options] {
    action = [options](Context& context) { return run_ingest(context, *options); };
  });
}

}  // namespace anjuan::cli
