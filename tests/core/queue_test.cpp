#include "core/queue.h"

#include <atomic>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

using std::chrono::seconds;
using test::TemporaryFolder;
using test::thrown_by;

const Actor kActor{ActorKind::kPerson, "os:test", "test"};

class QueueTest : public testing::Test {
 protected:
  QueueTest() { database.migrate("ledger"); }

  std::int64_t add(const std::string& key) { return queue.add("ingest", key, "{}", kActor); }

  std::optional<Job> take(const std::string& worker = "w") {
    return queue.take("ingest", worker, seconds{60});
  }

  std::string state_of(std::int64_t id) {
    return std::get<std::string>(*database.scalar("SELECT state FROM jobs WHERE id = ?", {id}));
  }

  Database database = Database::in_memory();
  FixedClock clock{from_unix_seconds(1'750'000'000)};
  Queue queue{database, clock};
};

TEST_F(QueueTest, GivesTheOldestJobOfTheKind) {
  queue.add("sweep", "x", "{}", kActor);
  const auto first = queue.add("ingest", "a", R"({"path":"甲"})", kActor);
  add("b");
  const auto job = take();
  ASSERT_TRUE(job);
  EXPECT_EQ(job->id, first);
  EXPECT_EQ(job->kind, "ingest");
  EXPECT_EQ(job->payload, R"({"path":"甲"})");
  EXPECT_EQ(job->attempts, 1);
}

TEST_F(QueueTest, GivesNothingWhenThereIsNothing) { EXPECT_FALSE(take()); }

TEST_F(QueueTest, HoldsAnOpenKeyOnce) {
  const auto id = add("a");
  EXPECT_EQ(add("a"), id);
  const auto job = take();
  EXPECT_EQ(add("a"), id) << "also while it is being worked on";
  queue.finish(*job, "ok");
  EXPECT_NE(add("a"), id) << "a finished key may come again";
}

TEST_F(QueueTest, DoesNotGiveAJobTwiceDuringItsLease) {
  add("a");
  ASSERT_TRUE(take());
  clock.advance(seconds{59});
  EXPECT_FALSE(take());
}

TEST_F(QueueTest, GivesAJobAgainAfterItsLeaseWithALargerFence) {
  add("a");
  const auto first = take("w1");
  clock.advance(seconds{60});
  const auto second = take("w2");
  ASSERT_TRUE(second);
  EXPECT_EQ(second->id, first->id);
  EXPECT_GT(second->fence, first->fence);
  EXPECT_EQ(second->attempts, 2);
}

TEST_F(QueueTest, RefusesAWorkerWhoseJobWasTakenByAnother) {
  const auto id = add("a");
  const auto late = take("w1");
  clock.advance(seconds{60});
  const auto current = take("w2");
  EXPECT_EQ(thrown_by([&] { queue.renew(*late, seconds{60}); }).word, "conflict");
  EXPECT_EQ(thrown_by([&] { queue.finish(*late, "late"); }).word, "conflict");
  EXPECT_EQ(thrown_by([&] { queue.fail(*late, "late", seconds{0}); }).word, "conflict");
  EXPECT_EQ(state_of(id), "open");
  queue.finish(*current, "ok");
  EXPECT_EQ(state_of(id), "done");
  EXPECT_EQ(thrown_by([&] { queue.finish(*current, "twice"); }).word, "conflict");
}

TEST_F(QueueTest, LetsASlowWorkerFinishWhileNobodyElseHasTheJob) {
  const auto id = add("a");
  const auto job = take();
  clock.advance(seconds{600});
  queue.finish(*job, "slow but alone");
  EXPECT_EQ(state_of(id), "done");
}

TEST_F(QueueTest, ProlongsALease) {
  add("a");
  const auto job = take();
  clock.advance(seconds{50});
  queue.renew(*job, seconds{60});
  clock.advance(seconds{50});
  EXPECT_FALSE(take());
  clock.advance(seconds{10});
  EXPECT_TRUE(take());
}

TEST_F(QueueTest, TriesAFailedJobAgainAfterItsDelay) {
  add("a");
  const auto job = take();
  queue.fail(*job, "disk full", seconds{300});
  EXPECT_EQ(thrown_by([&] { queue.finish(*job, "after all"); }).word, "conflict");
  clock.advance(seconds{299});
  EXPECT_FALSE(take());
  clock.advance(seconds{1});
  const auto again = take();
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempts, 2);
  EXPECT_GT(again->fence, job->fence);
}

TEST_F(QueueTest, KeepsAJobAsFailedAfterTheLastAttempt) {
  const auto id = add("a");
  for (int attempt = 1; attempt <= Queue::kAttemptsMax; ++attempt) {
    const auto job = take();
    ASSERT_TRUE(job) << attempt;
    queue.fail(*job, "bad", seconds{0});
  }
  EXPECT_EQ(state_of(id), "failed");
  EXPECT_FALSE(take());
  EXPECT_NE(add("a"), id) << "may be submitted again";
}

TEST_F(QueueTest, GivesUpAJobThatKillsItsWorkers) {
  const auto id = add("a");
  for (int attempt = 1; attempt <= Queue::kAttemptsMax; ++attempt) {
    ASSERT_TRUE(take()) << attempt;
    clock.advance(seconds{60});
  }
  EXPECT_FALSE(take());
  EXPECT_EQ(state_of(id), "failed");
  EXPECT_NE(std::get<std::string>(*database.scalar("SELECT outcome FROM jobs")), "");
}

TEST_F(QueueTest, NeverGivesOutAFenceTwiceEvenIfJobsAreDeleted) {
  add("a");
  const auto first = take();
  queue.finish(*first, "ok");
  database.run("DELETE FROM jobs");
  add("b");
  EXPECT_GT(take()->fence, first->fence);
}

/// Takes and finishes jobs until none is left; what it took is in `taken`.
void drain(const std::filesystem::path& path, const Clock& clock, std::vector<Job>& taken) {
  auto database = Database::open(path);
  Queue queue(database, clock);
  while (const auto job = queue.take("ingest", "w", seconds{60})) {
    taken.push_back(*job);
    queue.finish(*job, "ok");
  }
}

TEST(Queue, GivesEachJobToOneOfTwoRacingWorkers) {
  const TemporaryFolder folder;
  const FixedClock clock(from_unix_seconds(1'750'000'000));
  auto database = Database::open(folder / "ledger.db");
  database.migrate("ledger");
  Queue queue(database, clock);
  constexpr int kJobs = 100;
  for (int i = 0; i < kJobs; ++i) queue.add("ingest", std::to_string(i), "{}", kActor);
  std::vector<Job> mine;
  std::vector<Job> theirs;
  std::thread other([&] { drain(folder / "ledger.db", clock, theirs); });
  drain(folder / "ledger.db", clock, mine);
  other.join();
  std::set<std::int64_t> ids;
  std::set<std::int64_t> fences;
  mine.insert(mine.end(), theirs.begin(), theirs.end());
  for (const Job& job : mine) {
    ids.insert(job.id);
    fences.insert(job.fence);
  }
  EXPECT_EQ(mine.size(), static_cast<std::size_t>(kJobs));
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(kJobs));
  EXPECT_EQ(fences.size(), static_cast<std::size_t>(kJobs));
}

}  // namespace
}  // namespace anjuan
