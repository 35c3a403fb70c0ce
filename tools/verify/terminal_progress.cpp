#include "tools/verify/terminal_progress.h"

#include <iostream>

#include <unistd.h>

namespace anjuan::tools {

TerminalProgress::TerminalProgress() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void TerminalProgress::begin(std::string_view step, std::uint64_t total_bytes) {
  step_ = step;
  total_ = total_bytes;
  done_ = 0;
  shown_percent_ = 0;
  show();
}

void TerminalProgress::advance(std::uint64_t bytes) {
  done_ += bytes;
  const auto percent = total_ == 0 ? 0 : done_ * 100 / total_;
  if (percent == shown_percent_) return;
  shown_percent_ = percent;
  show();
}

void TerminalProgress::end() {
  if (terminal_) std::cerr << "\r\033[K" << std::flush;
}

void TerminalProgress::show() {
  if (terminal_) std::cerr << fmt::format("\r{} {}%", step_, shown_percent_) << std::flush;
}

}  // namespace anjuan::tools
