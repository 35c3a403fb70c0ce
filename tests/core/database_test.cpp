#include "core/database.h"

#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "core/embedded.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

using test::TemporaryFolder;
using test::thrown_by;

std::vector<std::byte> bytes_of(std::string_view text) {
  const auto span = std::as_bytes(std::span(text));
  return {span.begin(), span.end()};
}

/// Every test runs on a file and in memory.
class DatabaseTest : public testing::TestWithParam<bool> {
 protected:
  TemporaryFolder folder;
  Database database = GetParam() ? Database::open(folder / "a.db") : Database::in_memory();
};

INSTANTIATE_TEST_SUITE_P(Everywhere, DatabaseTest, testing::Bool(),
                         [](const auto& test) { return test.param ? "OnDisk" : "InMemory"; });

TEST_P(DatabaseTest, GivesBackEveryTypeOfValue) {
  database.script("CREATE TABLE t (v ANY) STRICT");
  const std::vector<SqlValue> values{std::monostate{},
                                     std::int64_t{-9'007'199'254'740'993},
                                     0.1,
                                     std::string("案卷\0号", 10),
                                     std::string(),
                                     bytes_of("\x01\xFF"),
                                     std::vector<std::byte>{}};
  for (const SqlValue& value : values) database.run("INSERT INTO t VALUES (?)", {value});
  const auto rows = database.run("SELECT v FROM t ORDER BY rowid");
  ASSERT_EQ(rows.size(), values.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].value(0), values[i]) << i;
  EXPECT_TRUE(rows[0].is_null(0));
  EXPECT_EQ(rows[0].text(0), "");
  EXPECT_EQ(rows[1].text(0), "-9007199254740993");
  EXPECT_EQ(thrown_by([&] { rows[3].integer(0); }).word, "internal");
}

TEST_P(DatabaseTest, ReturnsTheRowsOfReturning) {
  database.script("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
  const auto rows = database.run("INSERT INTO t (v) VALUES (?), (?) RETURNING id, v",
                                 {std::string("a"), std::string("b")});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].integer(0), 2);
  EXPECT_EQ(rows[1].text(1), "b");
}

TEST_P(DatabaseTest, GivesOneValueOrNothing) {
  EXPECT_EQ(database.scalar("SELECT ?", {std::int64_t{7}}), SqlValue{std::int64_t{7}});
  EXPECT_EQ(database.scalar("SELECT 1 WHERE 0"), std::nullopt);
}

TEST_P(DatabaseTest, RefusesWrongStatementsAndCounts) {
  EXPECT_EQ(thrown_by([&] { database.run("SELEKT 1"); }).word, "internal");
  EXPECT_EQ(thrown_by([&] { database.run("SELECT 1; SELECT 2"); }).word, "internal");
  EXPECT_EQ(thrown_by([&] { database.run(" "); }).word, "internal");
  EXPECT_EQ(thrown_by([&] { database.run("SELECT ?"); }).word, "internal");
  EXPECT_EQ(thrown_by([&] { database.run("SELECT 1", {std::int64_t{1}}); }).word, "internal");
  EXPECT_EQ(database.run("SELECT 1 ; ").size(), 1U);
}

TEST_P(DatabaseTest, TellsConstraintsAsConflicts) {
  database.script(
      "CREATE TABLE a (id INTEGER PRIMARY KEY);"
      "CREATE TABLE b (a INTEGER REFERENCES a (id), v TEXT UNIQUE, n TEXT NOT NULL)");
  const char* insert = "INSERT INTO b VALUES (?, ?, ?)";
  database.run(insert, {std::monostate{}, std::string("x"), std::string()});
  for (const std::vector<SqlValue>& bad :
       {std::vector<SqlValue>{std::monostate{}, std::string("x"), std::string()},
        {std::int64_t{9}, std::string("y"), std::string()},
        {std::monostate{}, std::string("z"), std::monostate{}}}) {
    EXPECT_EQ(thrown_by([&] { database.run(insert, bad); }).word, "conflict");
  }
  EXPECT_EQ(database.scalar("SELECT count(*) FROM b"), SqlValue{std::int64_t{1}});
}

TEST_P(DatabaseTest, KeepsACommittedTransactionAndForgetsAnAbandonedOne) {
  database.script("CREATE TABLE t (v INTEGER)");
  {
    Transaction kept(database);
    database.run("INSERT INTO t VALUES (1)");
    kept.commit();
  }
  {
    const Transaction abandoned(database);
    database.run("INSERT INTO t VALUES (2)");
  }
  EXPECT_EQ(database.scalar("SELECT group_concat(v) FROM t"), SqlValue{std::string("1")});
}

TEST_P(DatabaseTest, OutlivesItsStatementCache) {
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(database.scalar(fmt::format("SELECT {}", i)), SqlValue{std::int64_t{i}});
  }
}

TEST_P(DatabaseTest, CanBeMoved) {
  database.script("CREATE TABLE t (v INTEGER)");
  Database moved = std::move(database);
  EXPECT_EQ(moved.run("SELECT * FROM t").size(), 0U);
}

TEST(Database, SurvivesItsProcess) {
  const TemporaryFolder folder;
  Database::open(folder / "a.db").script("CREATE TABLE t (v); INSERT INTO t VALUES (1)");
  EXPECT_EQ(Database::open(folder / "a.db").run("SELECT v FROM t").size(), 1U);
}

TEST(Database, IsDurableAndChecksReferences) {
  const TemporaryFolder folder;
  auto database = Database::open(folder / "a.db");
  EXPECT_EQ(database.scalar("PRAGMA journal_mode"), SqlValue{std::string("wal")});
  EXPECT_EQ(database.scalar("PRAGMA synchronous"), SqlValue{std::int64_t{2}});
  EXPECT_EQ(database.scalar("PRAGMA foreign_keys"), SqlValue{std::int64_t{1}});
}

TEST(Database, TellsWhatIsNoDatabase) {
  const TemporaryFolder folder;
  test::write_text(folder / "a.db", test::random_bytes(8192));
  EXPECT_EQ(thrown_by([&] { Database::open(folder / "a.db"); }).word, "corrupt");
  const auto missing = thrown_by([&] { Database::open(folder / "none" / "a.db"); });
  EXPECT_EQ(missing.word, "io");
  EXPECT_EQ(missing.subject, (folder / "none" / "a.db").string());
}

TEST(Database, TellsAFullDisk) {
  const TemporaryFolder folder;
  auto database = Database::open(folder / "a.db");
  database.script("CREATE TABLE t (v BLOB); PRAGMA max_page_count = 20");
  const std::vector<SqlValue> large{std::vector<std::byte>(1'000'000)};
  const auto error = thrown_by([&] { database.run("INSERT INTO t VALUES (?)", large); });
  EXPECT_EQ(error.word, "no_space");
  EXPECT_NE(error.message.find("腾出空间"), std::string::npos);
  EXPECT_EQ(database.scalar("SELECT count(*) FROM t"), SqlValue{std::int64_t{0}});
}

TEST(Database, LetsTwoThreadsWriteInTurn) {
  const TemporaryFolder folder;
  Database::open(folder / "a.db").script("CREATE TABLE t (v INTEGER)");
  const auto count_up = [&] {
    auto database = Database::open(folder / "a.db");
    for (int i = 0; i < 50; ++i) {
      Transaction transaction(database);
      const auto rows = database.run("SELECT count(*) FROM t");
      database.run("INSERT INTO t VALUES (?)", {rows[0].value(0)});
      transaction.commit();
    }
  };
  std::thread other(count_up);
  count_up();
  other.join();
  auto database = Database::open(folder / "a.db");
  EXPECT_EQ(database.scalar("SELECT count(DISTINCT v) FROM t"), SqlValue{std::int64_t{100}});
}

TEST(DatabaseMigrate, RunsTheScriptsOnceAndCountsThem) {
  const TemporaryFolder folder;
  auto database = Database::open(folder / "ledger.db");
  database.migrate("ledger");
  const auto scripts = static_cast<std::int64_t>(embedded_paths("sql/ledger/").size());
  EXPECT_EQ(database.scalar("PRAGMA user_version"), SqlValue{scripts});
  database.run(
      "INSERT INTO jobs (kind, key, payload, added_at, added_by, not_before)"
      " VALUES ('k', 'a', '{}', 0, 'os:t', 0)");
  database.migrate("ledger");
  EXPECT_EQ(database.run("SELECT * FROM jobs").size(), 1U);
}

TEST(DatabaseMigrate, RefusesADatabaseOfANewerProgram) {
  auto database = Database::in_memory();
  database.script("PRAGMA user_version = 9999");
  EXPECT_EQ(thrown_by([&] { database.migrate("ledger"); }).word, "invalid");
}

TEST(DatabaseMigrate, RefusesAnUnknownFolder) {
  auto database = Database::in_memory();
  EXPECT_EQ(thrown_by([&] { database.migrate("nothing-here"); }).word, "internal");
}

/// Many rounds: the narrowest race is over the switch of a new file to its write-ahead log.
TEST(DatabaseMigrate, CanBeRunByManyAtOnce) {
  constexpr int kRounds = 20;
  constexpr int kOpeners = 4;
  for (int round = 0; round < kRounds; ++round) {
    const TemporaryFolder folder;
    std::vector<std::future<void>> openers;
    for (int i = 0; i < kOpeners; ++i) {
      openers.push_back(std::async(
          std::launch::async, [&] { Database::open(folder / "ledger.db").migrate("ledger"); }));
    }
    for (auto& opener : openers) EXPECT_NO_THROW(opener.get());
    EXPECT_EQ(Database::open(folder / "ledger.db").run("SELECT * FROM job_fence").size(), 1U);
  }
}

}  // namespace
}  // namespace anjuan
