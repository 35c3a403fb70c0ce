#pragma once
// Acts on a home's data: who did what, when and why, in a journal that only grows
// (docs/formats/acts.md).
//
// Rules for the caller: begin() before anything changes, then the change by one durable step, then
// finish(). An act that a crash cut in two is pending(): the next one settles it first.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/actor.h"
#include "core/clock.h"
#include "core/journal.h"
#include "preservation/home.h"

namespace anjuan::preservation {

struct Act {
  std::string id;    ///< UUID
  std::string kind;  ///< "calendar import"
  Actor actor;
  Instant time;
  std::string object;    ///< path from the home, "data/calendar/2027.json"
  std::string digest;    ///< SHA-512 of the object after the act
  std::string replaced;  ///< SHA-512 of what was there, "" = nothing
  std::string reason;    ///< "" = none was asked for
};

/// Removes what a crash left of files that were being written.
void sweep_unfinished(const std::filesystem::path& folder);

class ActLog {
 public:
  /// Locks it against other processes. Throws Error(kBusy), and what Journal::open() throws.
  static ActLog open(const Home& home);

  /// The same, or nothing where no act was ever done: looking leaves no file behind.
  static std::optional<ActLog> open_if_any(const Home& home);

  /// Those that were finished, oldest first.
  const std::vector<Act>& acts() const { return acts_; }

  /// Of the newest finished act on `object`; nullptr if there was none.
  const Act* last_on(std::string_view object) const;

  /// The act that was begun and neither finished nor abandoned.
  const std::optional<Act>& pending() const { return pending_; }

  void begin(const Act& act);
  /// Writes the PREMIS event about `files` (what is there now, then what was replaced), then the
  /// last line.
  void finish(const std::vector<std::filesystem::path>& files);
  /// The pending act changed nothing.
  void abandon();

 private:
  ActLog(FileLock lock, Journal journal, std::filesystem::path folder);

  FileLock lock_;
  Journal journal_;
  std::filesystem::path folder_;  ///< of the PREMIS events
  std::vector<Act> acts_;
  std::optional<Act> pending_;
};

}  // namespace anjuan::preservation
