#pragma once
// Starts this program again as a worker and owns the child. For core/sandbox.cpp only.

#include <optional>

#include <sys/types.h>

#include "core/durable.h"
#include "core/sandbox.h"

namespace anjuan::detail {

/// A started child with the parent's ends of its pipes. Kills and reaps it unless it was reaped.
class WorkerProcess {
 public:
  /// Throws Error(kIo) if no process can be started.
  static WorkerProcess start(const SandboxJob& job);
  ~WorkerProcess();
  WorkerProcess(WorkerProcess&& other) noexcept;
  WorkerProcess& operator=(WorkerProcess&&) = delete;

  FileHandle output;
  FileHandle diagnostics;
  FileHandle report;

  void kill();
  /// The wait status if the child has ended.
  std::optional<int> ended();

 private:
  explicit WorkerProcess(pid_t pid) : pid_(pid) {}

  pid_t pid_;
};

}  // namespace anjuan::detail
