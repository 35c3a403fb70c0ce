#include "core/interrupt.h"

#include <signal.h>

#include "core/messages.h"

namespace anjuan {

namespace {

volatile sig_atomic_t requested = 0;

extern "C" void on_signal(int signal) {
  // A terminal that goes away says so more than once: by its shell, and by the kernel.
  if (requested != 0 && signal != SIGHUP) {
    ::signal(signal, SIG_DFL);
    ::raise(signal);
  }
  requested = 1;
}

/// `nohup` starts a program with the signal ignored: then it is meant to go on.
void install_unless_ignored(int signal, const struct sigaction& action) {
  struct sigaction before {};

  if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) return;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

void install_interrupt_handler() {
  struct sigaction action {};

  action.sa_handler = on_signal;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  install_unless_ignored(SIGHUP, action);
  ::signal(SIGPIPE, SIG_IGN);
}

bool interrupt_requested() { return requested != 0; }

void stop_if_interrupted() {
  if (interrupt_requested()) {
    throw Error(ErrorCode::kInterrupted, "", say("core.interrupted"));
  }
}

}  // namespace anjuan
