#pragma once
// Progress on a terminal: one line on stderr, rewritten; nothing where stderr is no terminal.

#include <cstdint>
#include <string>

#include "core/progress.h"

namespace anjuan::tools {

class TerminalProgress final : public Progress {
 public:
  TerminalProgress();

  void begin(std::string_view step, std::uint64_t total_bytes) override;
  void advance(std::uint64_t bytes) override;
  void end() override;

 private:
  void show();

  bool terminal_;
  std::string step_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
  std::uint64_t shown_percent_ = 0;
};

}  // namespace anjuan::tools
