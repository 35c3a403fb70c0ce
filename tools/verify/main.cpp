// anjuan-verify: the verifier as one static file, for auditors who have nothing of ours installed.
#include <clocale>
#include <iostream>

#include "core/error.h"
#include "core/interrupt.h"
#include "packager/verify/finding_sink.h"
#include "tools/verify/arguments.h"
#include "tools/verify/terminal_progress.h"

namespace anjuan::tools {

namespace {

/// Invalid weighs more than unchecked, which weighs more than valid.
packager::Verdict worse(packager::Verdict a, packager::Verdict b) {
  using packager::Verdict;
  for (const auto verdict : {Verdict::kInvalid, Verdict::kUnchecked}) {
    if (a == verdict || b == verdict) return verdict;
  }
  return Verdict::kValid;
}

int verify(const VerifyArguments& arguments) {
  auto verdict = packager::Verdict::kValid;
  TerminalProgress progress;
  for (const auto& path : arguments.paths) {
    packager::verify_all(path, arguments.options, progress, [&](const auto& report) {
      packager::print_report(std::cout, report, arguments.format, arguments.detail);
      std::cout.flush();
      verdict = worse(verdict, report.verdict);
    });
  }
  return exit_status(verdict);
}

int run(const std::vector<std::string>& words) {
  const auto arguments = parse_arguments(words);
  switch (arguments.task) {
    case VerifyArguments::Task::kHelp:
      std::cout << say("verify.usage");
      return 0;
    case VerifyArguments::Task::kVersion:
      std::cout << "anjuan-verify " ANJUAN_VERSION "\n";
      return 0;
    case VerifyArguments::Task::kVerify:
      break;
  }
  return verify(arguments);
}

}  // namespace

}  // namespace anjuan::tools

int main(int argc, char** argv) {
  // glibc has this locale built in, so names convert the same on a system without any locale.
  std::setlocale(LC_ALL, "C.UTF-8");
  anjuan::install_interrupt_handler();
  try {
    const int status = anjuan::tools::run({argv + 1, argv + argc});
    return std::cout.flush() ? status : 1;
  } catch (const anjuan::Error& error) {
    std::cerr << anjuan::packager::printable(error.what()) << '\n';
    return anjuan::exit_status(error.code());
  } catch (const std::exception& error) {
    std::cerr << "anjuan-verify: " << error.what() << '\n';
    return 1;
  }
}
