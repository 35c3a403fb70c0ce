#include "cli/terminal_progress.h"

#include <chrono>
#include <iostream>
#include <mutex>

#include <unistd.h>

#include "core/interrupt.h"
#include "core/text.h"

namespace anjuan::cli {

namespace {

/// Stops at the next safe point when the user asked to; shows nothing.
class QuietProgress final : public Progress {
 public:
  void begin(std::string_view, std::uint64_t) override { stop_if_interrupted(); }

  void advance(std::uint64_t) override { stop_if_interrupted(); }

  void end() override {}
};

class TerminalProgress final : public Progress {
 public:
  void begin(std::string_view step, std::uint64_t total_bytes) override {
    stop_if_interrupted();
    const std::lock_guard guard(mutex_);
    step_ = step;
    total_ = total_bytes;
    done_ = 0;
    started_ = shown_ = std::chrono::steady_clock::now();
  }

  void advance(std::uint64_t bytes) override {
    stop_if_interrupted();
    const std::lock_guard guard(mutex_);
    done_ += bytes;
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < kEvery) return;
    shown_ = now;
    show(now - started_);
  }

  void end() override {
    const std::lock_guard guard(mutex_);
    std::cerr << "\r\033[K" << std::flush;
  }

 private:
  static constexpr std::chrono::milliseconds kEvery{200};

  void show(std::chrono::steady_clock::duration took) const {
    std::string line = fmt::format("{} {}", step_, human_bytes(done_));
    if (total_ > 0 && done_ > 0) {
      const double share = static_cast<double>(done_) / static_cast<double>(total_);
      const double seconds = std::chrono::duration<double>(took).count();
      line += fmt::format(" / {} {:.0f} % ~{:.0f} s", human_bytes(total_), share * 100,
                          seconds / share - seconds);
    }
    std::cerr << "\r\033[K" << line << std::flush;
  }

  std::mutex mutex_;
  std::string step_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point shown_;
};

}  // namespace

std::unique_ptr<Progress> make_terminal_progress() {
  if (::isatty(STDERR_FILENO) == 0) return std::make_unique<QuietProgress>();
  return std::make_unique<TerminalProgress>();
}

}  // namespace anjuan::cli
