// seccomp: the system calls that a worker may still make. Everything else fails with ENOSYS, so
// that libraries take their older ways; what only an attacker does kills the worker.
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "core/sandbox_internal.h"

namespace anjuan::detail {

namespace {

// clang-format off
constexpr int kAllowed[] = {
    // handed descriptors
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(write),
    SCMP_SYS(writev), SCMP_SYS(pwrite64), SCMP_SYS(pwritev), SCMP_SYS(lseek), SCMP_SYS(close),
    SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(stat), SCMP_SYS(lstat),
    SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(fadvise64), SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(dup), SCMP_SYS(poll),
    SCMP_SYS(ppoll), SCMP_SYS(fcntl), SCMP_SYS(fstatfs),
    // memory
    SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mprotect), SCMP_SYS(mremap), SCMP_SYS(madvise),
    SCMP_SYS(brk), SCMP_SYS(mincore),
    // threads of this process, signals to itself
    SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq), SCMP_SYS(set_tid_address), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall), SCMP_SYS(exit),
    SCMP_SYS(exit_group), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid),
    // harmless questions
    SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(uname),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres),
    SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(getrandom), SCMP_SYS(sysinfo),
    SCMP_SYS(getrlimit), SCMP_SYS(getrusage), SCMP_SYS(times), SCMP_SYS(getcpu)};

/// No parser needs these: whoever calls one has been taken over.
constexpr int kKilled[] = {
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg),
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(kill), SCMP_SYS(tkill),
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(setns),
    SCMP_SYS(unshare), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
    SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(init_module),
    SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(reboot), SCMP_SYS(io_uring_setup),
    SCMP_SYS(creat), SCMP_SYS(truncate), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename),
    SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink),
    SCMP_SYS(symlinkat), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(mknod),
    SCMP_SYS(mknodat), SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(chown),
    SCMP_SYS(fchown), SCMP_SYS(lchown), SCMP_SYS(fchownat), SCMP_SYS(setuid), SCMP_SYS(setresuid),
    SCMP_SYS(setgid), SCMP_SYS(setresgid), SCMP_SYS(capset)};

/// What the sanitizers' run time asks for besides.
constexpr int kAllowedSanitizers[] = {SCMP_SYS(pipe), SCMP_SYS(pipe2), SCMP_SYS(getdents64),
                                      SCMP_SYS(getpgrp), SCMP_SYS(sched_getparam)};
// clang-format on

constexpr scmp_datum_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);

/// Collects the first failure of a row of libseccomp calls.
class Filter {
 public:
  Filter() : context_(::seccomp_init(SCMP_ACT_ERRNO(ENOSYS))) {
    if (context_ == nullptr) failure_ = ENOMEM;
  }

  ~Filter() {
    if (context_ != nullptr) ::seccomp_release(context_);
  }

  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  void attribute(scmp_filter_attr name, std::uint32_t value) {
    if (failure_ == 0) failure_ = -::seccomp_attr_set(context_, name, value);
  }

  void add(std::uint32_t action, int call, std::initializer_list<scmp_arg_cmp> conditions = {}) {
    if (failure_ != 0) return;
    failure_ = -::seccomp_rule_add_array(
        context_, action, call, static_cast<unsigned>(conditions.size()), std::data(conditions));
  }

  void load() {
    if (failure_ == 0) failure_ = -::seccomp_load(context_);
  }

  int failure() const { return failure_; }

 private:
  scmp_filter_ctx context_;
  int failure_ = 0;
};

scmp_arg_cmp equal(unsigned argument, scmp_datum_t value) {
  return {argument, SCMP_CMP_EQ, value, 0};
}

scmp_arg_cmp masked(unsigned argument, scmp_datum_t mask, scmp_datum_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

/// Opening: only to read; every way of writing kills.
void add_opening(Filter& filter) {
  for (const auto& [call, argument] : {std::pair{SCMP_SYS(open), 1U}, {SCMP_SYS(openat), 2U}}) {
    filter.add(SCMP_ACT_ALLOW, call, {masked(argument, kWriting, O_RDONLY)});
    for (const int writing : {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC}) {
      const auto flag = static_cast<scmp_datum_t>(writing);
      filter.add(SCMP_ACT_KILL_PROCESS, call, {masked(argument, flag, flag)});
    }
  }
}

/// Threads yes, processes no. clone3 hides its flags from seccomp; ENOSYS makes the C library
/// take clone.
void add_threads(Filter& filter) {
  filter.add(SCMP_ACT_ALLOW, SCMP_SYS(clone), {masked(0, CLONE_THREAD, CLONE_THREAD)});
  filter.add(SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), {masked(0, CLONE_THREAD, 0)});
  const auto self = static_cast<scmp_datum_t>(::getpid());
  filter.add(SCMP_ACT_ALLOW, SCMP_SYS(tgkill), {equal(0, self)});
}

/// Calls that are harmless with certain arguments only.
void add_conditional(Filter& filter) {
  filter.add(SCMP_ACT_ALLOW, SCMP_SYS(ioctl), {equal(1, TCGETS)});  // isatty
  filter.add(SCMP_ACT_ALLOW, SCMP_SYS(prctl), {equal(0, PR_SET_NAME)});
  filter.add(SCMP_ACT_ALLOW, SCMP_SYS(prctl), {equal(0, PR_GET_NAME)});
  filter.add(SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), {equal(2, 0)});  // ask, not set
}

}  // namespace

std::string restrict_system_calls() {
  Filter filter;
  filter.attribute(SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  filter.attribute(SCMP_FLTATR_CTL_TSYNC, 1);
  filter.attribute(SCMP_FLTATR_CTL_OPTIMIZE, 2);
  for (const int call : kAllowed) filter.add(SCMP_ACT_ALLOW, call);
  for (const int call : kKilled) filter.add(SCMP_ACT_KILL_PROCESS, call);
  if (kSanitized) {
    for (const int call : kAllowedSanitizers) filter.add(SCMP_ACT_ALLOW, call);
  }
  add_opening(filter);
  add_threads(filter);
  add_conditional(filter);
  filter.load();
  return filter.failure() == 0 ? "" : std::strerror(filter.failure());
}

}  // namespace anjuan::detail
