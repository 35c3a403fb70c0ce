#include "tests/support/judged.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

namespace {

/// Changes the world at the two moments that the verifier tells of.
class Moments final : public Progress {
 public:
  explicit Moments(const JudgeOptions& options) : options_(options) {}

  void begin(std::string_view, std::uint64_t) override {
    if (options_.on_digests) options_.on_digests();
  }

  void advance(std::uint64_t) override {}

  void end() override {
    if (options_.on_digested) options_.on_digested();
  }

 private:
  const JudgeOptions& options_;
};

std::uint64_t own_bytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  file >> total >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

[[noreturn]] void work_here(const std::function<void(std::ostream&)>& work, unsigned seconds_max,
                            const std::filesystem::path& answer) {
  std::ofstream out(answer, std::ios::binary);
  // Time on a processor is counted, so that a busy machine fails nobody; one that only waits has
  // no such time.
  constexpr unsigned kWaiting = 5;
  const rlimit limit{seconds_max, seconds_max + 1};
  ::setrlimit(RLIMIT_CPU, &limit);
  ::alarm(kWaiting * seconds_max);
  try {
    work(out);
  } catch (const std::exception& error) {
    // A test sees that there is no verdict; this says why.
    out << "\nthrown: " << error.what() << '\n';
  }
  out.close();
  ::_exit(0);
}

}  // namespace

Ended in_child(const std::function<void(std::ostream&)>& work, unsigned seconds_max) {
  const TemporaryFolder folder;
  const auto answer = folder / "answer";
  const auto own = own_bytes();
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) work_here(work, seconds_max, answer);
  int status = 0;

  struct rusage usage {};

  if (::wait4(child, &status, 0, &usage) != child) throw std::runtime_error("wait4 failed");
  const auto peak = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  return {read_text(answer), WIFSIGNALED(status) ? WTERMSIG(status) : 0,
          peak > own ? peak - own : 0};
}

Judged judge(const std::filesystem::path& package, const JudgeOptions& options) {
  const auto work = [&](std::ostream& out) {
    if (options.before) options.before();
    Moments moments(options);
    const auto report = packager::verify_package(package, options.verify, moments);
    out << packager::verdict_word(report.verdict) << '\n';
    for (const auto& each : report.findings) {
      out << each.code << ' ' << each.where << ' ' << each.message << '\n';
    }
  };
  Judged judged{in_child(work, options.seconds_max), {}, {}};
  std::istringstream answer(judged.answer);
  std::getline(answer, judged.verdict);
  for (std::string line; std::getline(answer, line);) {
    judged.codes.insert(line.substr(0, line.find(' ')));
  }
  return judged;
}

}  // namespace anjuan::test
