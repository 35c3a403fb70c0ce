// What a worker does to itself before it sees a foreign byte. Each step can only take away.
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/sandbox_internal.h"

namespace anjuan::detail {

namespace {

constexpr gid_t kNobody = 65534;

/// What was reached and what was not, in the order of the steps.
class Steps {
 public:
  /// `failure` is errno, or 0 for success. True for success.
  bool note(std::string_view step, int failure) {
    return note(step, failure == 0 ? std::string() : std::strerror(failure));
  }

  bool note(std::string_view step, const std::string& failure) {
    if (failure.empty()) {
      reached_ += reached_.empty() ? "" : " ";
      reached_ += step;
    } else {
      missed_ += fmt::format("; {}: {}", step, failure);
    }
    return failure.empty();
  }

  std::string detail() const { return reached_ + missed_; }

 private:
  std::string reached_;
  std::string missed_;
};

int failure_of(long result) { return result == 0 ? 0 : errno; }

int limit(__rlimit_resource resource, std::uint64_t soft, std::uint64_t hard) {
  const rlimit both{soft, hard};
  return failure_of(::setrlimit(resource, &both));
}

/// 0 if all limits stand. The second second of CPU time turns SIGXCPU, which a worker could
/// catch, into SIGKILL.
int limit_all(const SandboxLimits& limits) {
  const auto cpu = static_cast<std::uint64_t>(limits.cpu.count());
  int failure = limit(RLIMIT_CPU, cpu, cpu + 1);
  if (failure == 0) failure = limit(RLIMIT_FSIZE, limits.file_bytes, limits.file_bytes);
  if (failure == 0) failure = limit(RLIMIT_NOFILE, limits.descriptors, limits.descriptors);
  if (failure == 0) failure = limit(RLIMIT_CORE, 0, 0);
  if (failure == 0 && !kSanitized) {
    failure = limit(RLIMIT_AS, limits.memory_bytes, limits.memory_bytes);
  }
  return failure;
}

/// Own network and IPC: directly for root, through an own user namespace for others.
int leave_namespaces() {
  constexpr int kOwn = CLONE_NEWNET | CLONE_NEWIPC;
  if (::unshare(kOwn) == 0) return 0;
  return failure_of(::unshare(CLONE_NEWUSER | kOwn));
}

int drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
  return failure_of(::syscall(SYS_capset, &header, none.data()));
}

/// Root's files stay root's, even for a worker that was started by root.
int become_nobody() {
  if (::geteuid() != 0) return 0;
  if (::setgroups(0, nullptr) != 0) return errno;
  if (::setresgid(kNobody, kNobody, kNobody) != 0) return errno;
  return failure_of(::setresuid(kNobody, kNobody, kNobody));
}

/// After every change of identity, because such a change forgets it.
int die_with_parent() {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
  return failure_of(::prctl(PR_SET_DUMPABLE, 0));
}

}  // namespace

std::string ConfinementOrder::to_text() const {
  return fmt::format("{} {} {} {} {} {}", parent, limits.memory_bytes, limits.cpu.count(),
                     limits.file_bytes, limits.descriptors, static_cast<int>(least));
}

ConfinementOrder ConfinementOrder::from_text(const char* text) {
  char* rest = const_cast<char*>(text);
  const auto next = [&rest] { return std::strtoull(rest, &rest, 10); };
  ConfinementOrder order;
  order.parent = static_cast<pid_t>(next());
  order.limits.memory_bytes = next();
  order.limits.cpu = std::chrono::seconds(next());
  order.limits.file_bytes = next();
  order.limits.descriptors = static_cast<std::uint32_t>(next());
  order.least = static_cast<SandboxLevel>(next());
  return order;
}

SandboxReport confine(const ConfinementOrder& order) {
  Steps steps;
  bool least = steps.note("no_new_privs", failure_of(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)));
  bool full = steps.note("own_network_ipc", leave_namespaces());
  full = steps.note("landlock", restrict_files()) && full;
  steps.note("not_root", become_nobody());
  least = steps.note("no_capabilities", drop_capabilities()) && least;
  least = steps.note("dies_with_parent", die_with_parent()) && least;
  least =
      steps.note(kSanitized ? "limits_without_memory" : "limits", limit_all(order.limits)) && least;
  least = steps.note("seccomp", restrict_system_calls()) && least;
  if (!least) return {SandboxLevel::kNone, steps.detail()};
  return {full ? SandboxLevel::kFull : SandboxLevel::kLeast, steps.detail()};
}

}  // namespace anjuan::detail
