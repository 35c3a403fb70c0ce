#include "core/interrupt.h"

#include <signal.h>

#include "core/messages.h"

namespace anjuan {

namespace {

volatile sig_atomic_t requested = 0;

extern "C" void on_signal(int signal) {
  if (requested != 0) {
    ::signal(signal, SIG_DFL);
    ::raise(signal);
  }
  requested = 1;
}

}  // namespace

void install_interrupt_handler() {
  struct sigaction action {};

  action.sa_handler = on_signal;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

bool interrupt_requested() { return requested != 0; }

void stop_if_interrupted() {
  if (interrupt_requested()) {
    throw Error(ErrorCode::kInterrupted, "", say("core.interrupted"));
  }
}

}  // namespace anjuan
