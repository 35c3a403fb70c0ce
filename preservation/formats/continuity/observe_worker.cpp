// The child of observe(): an observation of kWorkerInput to kWorkerOutput.
#include <cerrno>
#include <chrono>
#include <cstdlib>

#include <sys/stat.h>

#include "core/error.h"
#include "core/sandbox.h"
#include "preservation/formats/continuity/observation_json.h"
#include "preservation/formats/continuity/observer.h"

namespace anjuan::formats {

namespace {

constexpr std::chrono::milliseconds kTellEvery{200};

std::uint64_t size_of(int descriptor) {
  struct stat status {};

  if (::fstat(descriptor, &status) != 0) throw_errno(errno, "recording", "gather.read_failed");
  return static_cast<std::uint64_t>(status.st_size);
}

int run_observe(const std::vector<std::string>& arguments) {
  ObserverOptions options;
  options.whole_s = std::stod(arguments.at(0));
  options.tick_every_s = std::stod(arguments.at(1));
  options.packets_max = std::stoul(arguments.at(2));
  const auto out = [](std::string_view line) {
    write_worker_output(std::as_bytes(std::span(line)));
  };
  std::chrono::steady_clock::time_point told;
  const auto tell = [&](double part) {
    const auto now = std::chrono::steady_clock::now();
    if (now - told < kTellEvery) return;
    told = now;
    write_part(part, out);
  };
  write_observation(observe_recording(kWorkerInput, size_of(kWorkerInput), options, tell), out);
  return EXIT_SUCCESS;
}

const WorkerRegistration kObserve{"observe", run_observe};

}  // namespace

}  // namespace anjuan::formats
