#include "core/queue.h"

#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

std::int64_t to_ms(Instant instant) { return instant.time_since_epoch().count(); }

/// Every change by a worker names its fence; no row changed = another worker has the job now.
void refuse_if_stale(const std::vector<Row>& changed, const Job& job) {
  if (!changed.empty()) return;
  const std::string id = std::to_string(job.id);
  throw Error(ErrorCode::kConflict, "job " + id, say("kernel.job_lost", {{"job", id}}));
}

}  // namespace

Queue::Queue(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

std::int64_t Queue::add(const std::string& kind, const std::string& key, const std::string& payload,
                        const Actor& actor) {
  const std::int64_t now = to_ms(clock_.now());
  Transaction transaction(database_);
  auto rows = database_.run(
      "INSERT INTO jobs (kind, key, payload, added_at, added_by, not_before)"
      " VALUES (?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (kind, key) WHERE state = 'open' DO NOTHING RETURNING id",
      {kind, key, payload, now, actor.id, now});
  if (rows.empty()) {
    rows = database_.run("SELECT id FROM jobs WHERE kind = ? AND key = ? AND state = 'open'",
                         {kind, key});
  }
  transaction.commit();
  return rows.at(0).integer(0);
}

std::optional<Job> Queue::take(const std::string& kind, const std::string& worker,
                               std::chrono::seconds lease) {
  const Instant now = clock_.now();
  Transaction transaction(database_);
  // A job that took down every worker that tried it must not take down the next one.
  database_.run(
      "UPDATE jobs SET state = 'failed', ended_at = ?, outcome = ?"
      " WHERE kind = ? AND state = 'open' AND lease_until <= ? AND attempts >= ?",
      {to_ms(now), say("kernel.job_given_up", {{"attempts", std::to_string(kAttemptsMax)}}), kind,
       to_ms(now), std::int64_t{kAttemptsMax}});
  const auto rows = database_.run(
      "UPDATE jobs SET worker = ?, lease_until = ?, attempts = attempts + 1,"
      " fence = (SELECT last + 1 FROM job_fence)"
      " WHERE id = (SELECT id FROM jobs WHERE kind = ? AND state = 'open' AND lease_until <= ?"
      "             AND not_before <= ? ORDER BY id LIMIT 1)"
      " RETURNING id, payload, fence, attempts",
      {worker, to_ms(now + lease), kind, to_ms(now), to_ms(now)});
  if (!rows.empty()) database_.run("UPDATE job_fence SET last = last + 1");
  transaction.commit();
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  return Job{row.integer(0), kind, row.text(1), row.integer(2), static_cast<int>(row.integer(3))};
}

void Queue::renew(const Job& job, std::chrono::seconds lease) {
  refuse_if_stale(database_.run("UPDATE jobs SET lease_until = ?"
                                " WHERE id = ? AND fence = ? AND state = 'open' RETURNING id",
                                {to_ms(clock_.now() + lease), job.id, job.fence}),
                  job);
}

void Queue::finish(const Job& job, const std::string& outcome) {
  refuse_if_stale(database_.run("UPDATE jobs SET state = 'done', outcome = ?, ended_at = ?"
                                " WHERE id = ? AND fence = ? AND state = 'open' RETURNING id",
                                {outcome, to_ms(clock_.now()), job.id, job.fence}),
                  job);
}

void Queue::fail(const Job& job, const std::string& reason, std::chrono::seconds delay) {
  const Instant now = clock_.now();
  // The fence is spent: a worker that gave the job back may not touch it again.
  refuse_if_stale(
      database_.run("UPDATE jobs SET outcome = ?, lease_until = 0, fence = -fence, not_before = ?,"
                    " state = iif(attempts >= ?, 'failed', 'open'),"
                    " ended_at = iif(attempts >= ?, ?, NULL)"
                    " WHERE id = ? AND fence = ? AND state = 'open' RETURNING id",
                    {reason, to_ms(now + delay), std::int64_t{kAttemptsMax},
                     std::int64_t{kAttemptsMax}, to_ms(now), job.id, job.fence}),
      job);
}

}  // namespace anjuan
