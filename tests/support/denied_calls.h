#pragma once
// Makes a system call fail in this process for ever: an older kernel or a poorer file system.

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

namespace anjuan::test {

/// Only calls with (argument & mask) == value.
struct ArgumentIs {
  std::uint32_t argument = 0;
  std::uint32_t mask = 0;
  std::uint32_t value = 0;
};

/// What the system does with such a call: an answer, or death by SIGSYS.
inline constexpr std::uint32_t kKillProcess = SECCOMP_RET_KILL_PROCESS;

inline constexpr std::uint32_t fails_with(int failure) {
  return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(failure);
}

/// False if the filter cannot be installed. For children only (tests/support/child.h).
inline bool filter_call(long number, std::uint32_t action, ArgumentIs only = {}) {
  const auto offset = static_cast<std::uint32_t>(offsetof(seccomp_data, args) +
                                                 only.argument * sizeof(std::uint64_t));
  const auto code = [](unsigned value) { return static_cast<std::uint16_t>(value); };
  sock_filter program[] = {
      {code(BPF_LD | BPF_W | BPF_ABS), 0, 0, offsetof(seccomp_data, nr)},
      {code(BPF_JMP | BPF_JEQ | BPF_K), 0, 4, static_cast<std::uint32_t>(number)},
      {code(BPF_LD | BPF_W | BPF_ABS), 0, 0, offset},
      {code(BPF_ALU | BPF_AND | BPF_K), 0, 0, only.mask},
      {code(BPF_JMP | BPF_JEQ | BPF_K), 0, 1, only.value},
      {code(BPF_RET | BPF_K), 0, 0, action},
      {code(BPF_RET | BPF_K), 0, 0, SECCOMP_RET_ALLOW},
  };
  const sock_fprog filter{static_cast<unsigned short>(std::size(program)), program};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

inline bool deny_call(long number, int failure, ArgumentIs only = {}) {
  return filter_call(number, fails_with(failure), only);
}

}  // namespace anjuan::test
