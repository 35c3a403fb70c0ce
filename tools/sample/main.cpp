// anjuan-sample: synthetic closed cases as submissions, with real documents and recordings.

#include <cstdlib>
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>

#include "core/durable.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "core/sandbox.h"
#include "tools/sample/resources.h"
#include "tools/sample/shorten.h"
#include "tools/sample/statement.h"
#include "tools/sample/submission.h"
#include "tools/sample/text_draw.h"

namespace {

using namespace anjuan;
using namespace anjuan::sample;

struct Options {
  std::string folder;
  std::vector<std::string> cases;
  std::string from;
  std::string language;
  int seconds = 0;
  bool json = false;
};

/// The folder of a case given by file: its name without .json, or its number for a case.json.
std::string folder_name(const std::filesystem::path& file, const Json& the_case) {
  const std::string stem = file.stem().string();
  if (stem != "case") return stem;
  std::string name = the_case.text_or("case_no", "case");
  std::replace(name.begin(), name.end(), '/', '_');
  return name.empty() || name[0] == '.' ? "case" : name;
}

SampleCase prepared(std::string name, std::string bytes, int seconds) {
  if (seconds > 0) bytes = shorten(Json::parse(bytes, name), seconds).dump_pretty() + "\n";
  return {std::move(name), std::move(bytes)};
}

std::vector<SampleCase> wanted_cases(const Options& options) {
  std::vector<SampleCase> cases;
  if (!options.from.empty()) {
    const std::string bytes = read_file(options.from);
    const std::string name = folder_name(options.from, Json::parse(bytes, options.from));
    cases.push_back(prepared(name, bytes, options.seconds));
    if (options.cases.empty()) return cases;
  }
  for (const auto& name :
       options.cases.empty() ? std::vector<std::string>{"A", "B", "D", "E"} : options.cases) {
    cases.push_back(prepared(name, std::string(sample_case(name)), options.seconds));
  }
  return cases;
}

void report(const SubmissionResult& result, bool json) {
  if (json) {
    Json line = Json::object();
    line.set("case", Json::string(result.case_no));
    line.set("path", Json::string(result.path.string()));
    line.set("documents", Json::integer(static_cast<std::int64_t>(result.documents)));
    line.set("recordings", Json::integer(static_cast<std::int64_t>(result.recordings)));
    std::cout << line.dump() << std::endl;
    return;
  }
  std::cout << say(result.kept ? "sample.kept" : "sample.written",
                   {{"case", result.case_no},
                    {"path", result.path.string()},
                    {"documents", std::to_string(result.documents)},
                    {"recordings", std::to_string(result.recordings)}})
            << std::endl;
}

int run(const Options& options) {
  install_interrupt_handler();
  require_fonts();
  const auto cases = wanted_cases(options);
  create_folders_durably(options.folder);
  SpeechMaker speech;
  if (!speech.spoken()) std::cerr << say("sample.no_voice") << std::endl;
  for (const SampleCase& sample : cases) {
    report(write_submission(options.folder, sample, speech), options.json);
    write_statement(options.folder, sample.name, Json::parse(sample.bytes, sample.name));
  }
  return 0;
}

/// The language of all sentences, --help included, is known before anything is said.
void choose_language(int argc, char** argv) {
  std::string language;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--lang" && i + 1 < argc) language = argv[i + 1];
    if (argument.starts_with("--lang=")) language = argument.substr(7);
  }
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = language.empty() ? std::getenv(variable) : nullptr;
    if (value != nullptr) language = value;
  }
  set_language(language.starts_with("en") ? Language::kEnglish : Language::kChinese);
}

/// CLI11's own words, in the user's language.
void translate(CLI::App& app) {
  for (const char* word : {"Usage", "OPTIONS", "Options", "Positionals", "REQUIRED"}) {
    app.get_formatter()->label(word, say(std::string("cli.word_") + word));
  }
  app.set_help_flag("-h,--help", say("cli.option_help"));
  app.option_defaults()->group(say("cli.word_Options"));
  app.get_option("--help")->group(say("cli.word_Options"));
}

void declare(CLI::App& app, Options& options) {
  translate(app);
  app.footer(say("sample.exit_status"));
  app.add_option("DIR", options.folder, say("sample.help_dir"))->required();
  app.add_option("--case", options.cases, say("sample.help_case"))->delimiter(',');
  app.add_option("--seconds", options.seconds, say("sample.help_seconds"))
      ->check(CLI::Range(0, 86400));
  app.add_option("--from", options.from, say("sample.help_from"));
  app.add_flag("--json", options.json, say("sample.help_json"));
  app.add_option("--lang", options.language, say("sample.help_lang"))
      ->check(CLI::IsMember({"zh-CN", "en"}));
}

int parse_and_run(int argc, char** argv) {
  Options options;
  CLI::App app(say("sample.help"), "anjuan-sample");
  declare(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help
    std::cerr << say("cli.usage_error",
                     {{"what", say("cli.usage_other")}, {"reason", error.what()}})
              << std::endl;
    return exit_status(ErrorCode::kUsage);
  }
  return run(options);
}

}  // namespace

int main(int argc, char** argv) {
  if (const auto status = run_if_worker(argc, argv)) return *status;
  choose_language(argc, argv);
  try {
    return parse_and_run(argc, argv);
  } catch (const Error& error) {
    std::cerr << "anjuan-sample: " << error.what() << std::endl;
    return exit_status(error.code());
  } catch (const std::exception& error) {
    std::cerr << "anjuan-sample: " << error.what() << std::endl;
    return exit_status(ErrorCode::kInternal);
  }
}
