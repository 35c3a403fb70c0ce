// anjuan verify: packages, by path, by id or all of a home.
#include <iostream>

#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/error.h"
#include "core/messages.h"
#include "packager/verify/package_unpack.h"
#include "packager/verify/report.h"
#include "packager/verify/verify.h"
#include "preservation/formats/deep_check.h"
#include "preservation/store/store.h"

namespace anjuan::cli {

namespace {

namespace fs = std::filesystem;

struct VerifyVerbOptions {
  std::vector<std::string> subjects;
  bool all = false;
  bool deep = false;
  bool no_digests = false;
  bool verbose = false;
  std::string as;
  unsigned threads = packager::VerifyOptions{}.threads;
};

/// Prints each report and keeps the worst exit status: invalid before unchecked before valid.
class Reports {
 public:
  Reports(Context& context, const VerifyVerbOptions& options)
      : context_(context), options_(options) {
    how_.deep = options.deep;
    how_.threads = options.threads;
    how_.unpack = packager::unpack_package;
    how_.check_derivative = [least = context.sandbox_least()](
                                const fs::path& derivative, const fs::path& proof,
                                const std::string& where, Progress& progress) {
      return formats::check_derivative(derivative, proof, where, least, progress);
    };
    if (options.no_digests) how_.digests = packager::DigestCheck::kNone;
    how_.as = packager::kind_of_word(options.as);
  }

  /// A package, an object, or a storage root with all its objects.
  void verify(const fs::path& path) {
    packager::verify_all(path, how_, context_.progress(), [this](const auto& report) {
      using packager::ReportDetail;
      using packager::ReportFormat;
      packager::print_report(std::cout, report,
                             context_.json() ? ReportFormat::kJson : ReportFormat::kText,
                             options_.verbose ? ReportDetail::kAll : ReportDetail::kNormal);
      count(report.verdict);
    });
  }

  int status() const { return invalid_ ? 3 : unchecked_ ? 4 : 0; }

 private:
  void count(packager::Verdict verdict) {
    invalid_ = invalid_ || verdict == packager::Verdict::kInvalid;
    unchecked_ = unchecked_ || verdict == packager::Verdict::kUnchecked;
  }

  Context& context_;
  const VerifyVerbOptions& options_;
  packager::VerifyOptions how_;
  bool invalid_ = false;
  bool unchecked_ = false;
};

preservation::Store open_store(const Context& context) {
  const auto home = context.open_home();
  return preservation::Store::open(home.path(), home.config(), context.clock(),
                                   preservation::OpenMode::kRead);
}

/// A path as it is; anything else is the id of a package in the home.
fs::path path_of(const Context& context, const std::string& subject) {
  if (fs::exists(subject)) return subject;
  const auto id = packager::PackageId::parse(subject);
  const auto store = open_store(context);
  const auto object = store.find(id);
  const auto local = object ? store.primary().blobs().local_path(object->key) : std::nullopt;
  if (!local) {
    throw Error(ErrorCode::kNotFound, subject, say("cli.no_package", {{"package", subject}}));
  }
  return *local;
}

int run_verify(Context& context, const VerifyVerbOptions& options) {
  Reports reports(context, options);
  for (const std::string& subject : options.subjects) reports.verify(path_of(context, subject));
  if (options.all) {
    const auto home = context.open_home();
    reports.verify(home.path() / home.config().storage.primary);
  }
  return reports.status();
}

}  // namespace

void declare_verify(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "verify");
  auto options = std::make_shared<VerifyVerbOptions>();
  auto* subjects =
      verb->add_option("PATH|PACKAGE-ID", options->subjects, say("cli.verify.subject"));
  auto* all = verb->add_flag("--all", options->all, say("cli.verify.all"));
  all->excludes(subjects);
  verb->add_flag("--deep", options->deep, say("cli.verify.deep"));
  verb->add_flag("--no-digests", options->no_digests, say("ocfl.no_digests"));
  verb->add_flag("--verbose", options->verbose, say("cli.verify.verbose"));
  verb->add_option("--as", options->as, say("cli.verify.as"))
      ->check(CLI::IsMember({"eark", "ocfl", "bagit", "anjuan"}));
  verb->add_option("--threads", options->threads, say("cli.verify.threads"))
      ->check(CLI::Range(1U, packager::kVerifyThreadsMax));
  verb->callback([&action, options] {
    action = [options](Context& context) {
      if (options->subjects.empty() && !options->all) {
        throw Error(ErrorCode::kUsage, "verify", say("cli.verify.nothing"));
      }
      return run_verify(context, *options);
    };
  });
}

}  // namespace anjuan::cli
