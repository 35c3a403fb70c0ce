#pragma once
// Jobs in the database, with lease and fencing: a paused worker can never publish late.
//
// take() gives a job and a token that is larger than every token before; finish() and renew() are
// refused once another worker has taken the job again. The clock is injected.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/actor.h"
#include "core/clock.h"
#include "core/database.h"

namespace anjuan {

struct Job {
  std::int64_t id = 0;
  std::string kind;        ///< e.g. "ingest"
  std::string payload;     ///< JSON
  std::int64_t fence = 0;  ///< fencing token of this lease
  int attempts = 0;
};

class Queue {
 public:
  /// A job that was begun this often and never finished is kept as failed.
  static constexpr int kAttemptsMax = 5;

  /// Uses the tables of schemas/sql/ledger.
  Queue(Database& database, const Clock& clock);

  /// Adds a job; the same `key` of the same kind is added once only while it is open.
  std::int64_t add(const std::string& kind, const std::string& key, const std::string& payload,
                   const Actor& actor);
  /// The oldest job that is free or whose lease has run out; nothing if there is none.
  std::optional<Job> take(const std::string& kind, const std::string& worker,
                          std::chrono::seconds lease);
  /// Prolongs the lease. Throws Error(kConflict) if the fence is stale.
  void renew(const Job& job, std::chrono::seconds lease);
  /// Ends the job. Throws Error(kConflict) if the fence is stale.
  void finish(const Job& job, const std::string& outcome);
  /// Gives it back, to be tried again after `delay`; after kAttemptsMax it is kept as failed.
  /// Throws Error(kConflict) if the fence is stale.
  void fail(const Job& job, const std::string& reason, std::chrono::seconds delay);

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace anjuan
