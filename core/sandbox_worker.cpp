// The child's side: the table of workers, and what a started worker does first.
#include <cstdio>
#include <cstdlib>
#include <new>

#include <unistd.h>

#include "core/durable.h"
#include "core/sandbox_internal.h"

#ifdef ANJUAN_SANITIZED
namespace {
int worker_running = 0;
}  // namespace

/// The leak check at exit needs ptrace, which a worker does not have.
extern "C" __attribute__((visibility("default"), used)) int __lsan_is_turned_off();

extern "C" int __lsan_is_turned_off() { return worker_running; }
#endif

namespace anjuan {

namespace {

using Workers = std::map<std::string, WorkerFunction, std::less<>>;

/// Filled by static initialisers, read-only afterwards.
Workers& workers() {
  static Workers table;
  return table;
}

const WorkerRegistration probe{detail::kProbeWorker,
                               [](const std::vector<std::string>&) { return 0; }};

/// Before any foreign byte is seen. A lost report ends the worker: the parent must know.
void report(const SandboxReport& reached) {
  const FileHandle pipe(detail::kWorkerReport);
  const std::string text = std::to_string(static_cast<int>(reached.level)) + reached.detail;
  pipe.write_all(std::as_bytes(std::span(text)), "sandbox report");
}

int run_confined(WorkerFunction function, const std::vector<std::string>& arguments) {
  try {
    return function(arguments);
  } catch (const std::bad_alloc&) {
    return detail::kExitOutOfMemory;
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);  // The parent reads it as SandboxResult::diagnostics.
    return EXIT_FAILURE;
  }
}

}  // namespace

WorkerRegistration::WorkerRegistration(std::string_view name, WorkerFunction function) {
  workers().emplace(name, function);
}

void write_worker_output(std::span<const std::byte> bytes) {
  FileHandle pipe(kWorkerOutput);
  try {
    pipe.write_all(bytes, "worker output");
  } catch (...) {
    pipe.release();
    throw;
  }
  pipe.release();  // Stays open for the next block.
}

std::optional<int> run_if_worker(int argc, char** argv) {
  const char* name = std::getenv(detail::kWorkerVariable);
  const char* order_text = std::getenv(detail::kOrderVariable);
  if (name == nullptr || order_text == nullptr) return std::nullopt;
#ifdef ANJUAN_SANITIZED
  worker_running = 1;
#endif
  const auto found = workers().find(std::string_view(name));
  if (found == workers().end()) return detail::kExitUnknownWorker;
  const auto order = detail::ConfinementOrder::from_text(order_text);
  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  const SandboxReport reached = detail::confine(order);
  if (::getppid() != order.parent) return detail::kExitParentGone;
  report(reached);
  if (reached.level < order.least) return detail::kExitBelowLeast;
  return run_confined(found->second, arguments);
}

}  // namespace anjuan
