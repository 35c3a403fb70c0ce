#include "core/journal.h"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

using test::read_text;
using test::TemporaryFolder;
using test::thrown_by;
using test::write_text;

Json entry(std::string step, std::int64_t number = 0) {
  return Json::object({{"step", Json::string(std::move(step))}, {"number", Json::integer(number)}});
}

std::vector<std::string> steps_of(const Journal& journal) {
  std::vector<std::string> steps;
  for (const Json& one : journal.entries()) steps.push_back(one.text_or("step", "?"));
  return steps;
}

using Steps = std::vector<std::string>;

/// A journal with three durable entries.
std::filesystem::path journal_of_three(const TemporaryFolder& folder) {
  auto journal = Journal::open(folder / "journal");
  for (const char* step : {"gather", "describe", "store"}) journal.append(entry(step));
  return folder / "journal";
}

TEST(Journal, KeepsWhatWasAppended) {
  const TemporaryFolder folder;
  const auto path = journal_of_three(folder);
  auto journal = Journal::open(path);
  EXPECT_EQ(steps_of(journal), (Steps{"gather", "describe", "store"}));
  journal.append(entry("describe", 2));
  EXPECT_EQ(journal.last("describe")->find("number")->as_integer(), 2);
  EXPECT_EQ(journal.last("seal"), nullptr);
}

// The example of docs/formats/journal.md, made by hand: the format may not drift.
TEST(Journal, ReadsTheDocumentedBytes) {
  const TemporaryFolder folder;
  write_text(folder / "journal",
             "{\"anjuan-journal\":1}\t7d6d9886\n"
             "{\"step\":\"收集\",\"files\":3}\t6e294a58\n");
  const auto journal = Journal::open(folder / "journal");
  ASSERT_EQ(journal.entries().size(), 1U);
  EXPECT_EQ(journal.entries()[0].find("files")->as_integer(), 3);
}

TEST(Journal, WritesTheDocumentedBytes) {
  const TemporaryFolder folder;
  auto journal = Journal::open(folder / "journal");
  journal.append(Json::object({{"step", Json::string("收集")}, {"files", Json::integer(3)}}));
  EXPECT_EQ(read_text(folder / "journal"),
            "{\"anjuan-journal\":1}\t7d6d9886\n"
            "{\"step\":\"收集\",\"files\":3}\t6e294a58\n");
}

TEST(Journal, CutsATornLastLineWhereverItIsTorn) {
  const TemporaryFolder folder;
  const std::string whole = read_text(journal_of_three(folder));
  const std::size_t last_line = whole.rfind('\n', whole.size() - 2) + 1;
  for (std::size_t length = last_line; length < whole.size(); ++length) {
    write_text(folder / "torn", whole.substr(0, length));
    auto journal = Journal::open(folder / "torn");
    ASSERT_EQ(steps_of(journal), (Steps{"gather", "describe"})) << length;
    journal.append(entry("again"));
    ASSERT_EQ(steps_of(Journal::open(folder / "torn")), (Steps{"gather", "describe", "again"}));
  }
}

TEST(Journal, StartsAnewWhenEvenItsFirstLineIsTorn) {
  const TemporaryFolder folder;
  for (const char* text : {"", "{\"anj", "{\"anjuan-journal\":1}\t7d6d988"}) {
    write_text(folder / "journal", text);
    auto journal = Journal::open(folder / "journal");
    EXPECT_TRUE(journal.entries().empty());
    journal.append(entry("gather"));
    EXPECT_EQ(steps_of(Journal::open(folder / "journal")), Steps{"gather"});
  }
}

// Every bit of every byte but the last line: each flip must be seen.
TEST(Journal, TellsDamageBeforeTheLastLine) {
  const TemporaryFolder folder;
  const std::string whole = read_text(journal_of_three(folder));
  const std::size_t last_line = whole.rfind('\n', whole.size() - 2) + 1;
  for (std::size_t at = 0; at < last_line; ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x04);
    write_text(folder / "damaged", damaged);
    const auto error = thrown_by([&] { Journal::open(folder / "damaged"); });
    ASSERT_EQ(error.word, "corrupt") << at;
    ASSERT_EQ(read_text(folder / "damaged"), damaged) << "the evidence was changed";
  }
}

TEST(Journal, CutsLazyLinesThatNoDurableLineFollows) {
  const TemporaryFolder folder;
  const auto path = journal_of_three(folder);
  {
    auto journal = Journal::open(path);
    for (int i = 0; i < 4; ++i) journal.append_lazily(entry("file", i));
  }
  EXPECT_EQ(Journal::open(path).entries().size(), 7U);
  std::string damaged = read_text(path);
  damaged[damaged.find("\"number\":1")] = 0;  // A page that power loss left as zeros.
  write_text(path, damaged);
  EXPECT_EQ(Journal::open(path).entries().size(), 4U);
}

TEST(Journal, KeepsLazyLinesOnceADurableLineFollows) {
  const TemporaryFolder folder;
  const auto path = journal_of_three(folder);
  {
    auto journal = Journal::open(path);
    journal.append_lazily(entry("file", 1));
    journal.append(entry("files"));
  }
  std::string damaged = read_text(path);
  damaged[damaged.find("\"number\":1")] = 0;
  write_text(path, damaged);
  EXPECT_EQ(thrown_by([&] { Journal::open(path); }).word, "corrupt");
}

TEST(Journal, RefusesTheFormatOfANewerProgram) {
  const TemporaryFolder folder;
  write_text(folder / "journal", "{\"anjuan-journal\":2}\t498a301f\n");
  EXPECT_EQ(thrown_by([&] { Journal::open(folder / "journal"); }).word, "invalid");
}

TEST(Journal, HoldsTextThatLooksLikeItsOwnFraming) {
  const TemporaryFolder folder;
  const std::string text = "a\tb\nc~\r\\\"";
  {
    auto journal = Journal::open(folder / "journal");
    journal.append(Json::object({{"step", Json::string(text)}}));
  }
  EXPECT_EQ(steps_of(Journal::open(folder / "journal")), Steps{text});
}

/// In a child with a file size limit, which fails a write in its middle as a full disk would.
int append_until_refused(const std::filesystem::path& path, std::uint64_t limit) {
  std::signal(SIGXFSZ, SIG_IGN);
  auto journal = Journal::open(path);
  const rlimit small{limit, limit};
  if (::setrlimit(RLIMIT_FSIZE, &small) != 0) return 1;
  for (int i = 0; i < 100; ++i) {
    try {
      journal.append(entry("file", i));
    } catch (const Error& error) {
      return error.code() == ErrorCode::kIo ? static_cast<int>(journal.entries().size()) : 2;
    }
  }
  return 3;
}

TEST(Journal, AppendsNothingWhenAppendingFails) {
  const TemporaryFolder folder;
  const auto path = folder / "journal";
  const pid_t child = ::fork();
  if (child == 0) ::_exit(append_until_refused(path, 400));
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  const int kept = WEXITSTATUS(status);
  ASSERT_GT(kept, 4);
  EXPECT_EQ(read_text(path).back(), '\n') << "half a line was left";
  EXPECT_EQ(Journal::open(path).entries().size(), static_cast<std::size_t>(kept));
}

}  // namespace
}  // namespace anjuan
