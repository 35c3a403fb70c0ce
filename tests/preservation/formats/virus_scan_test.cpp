#include "preservation/formats/virus_scan.h"

#include <chrono>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/digest.h"
#include "tests/support/clamd.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

using namespace std::chrono_literals;
using test::FakeClamd;
using test::honest;
using test::read_command;
using test::read_stream;
using test::write_text;
using test::write_to;

const std::string kVersion("ClamAV 1.4.3/27123/Thu Nov 26 08:00:00 2026\0", 44);
const std::string kClean("stream: OK\0", 11);
constexpr ScanTimes kQuick{300ms, 300ms, 1500ms};

class VirusScan : public testing::Test {
 protected:
  VirusScan() { write_text(file, "harmless words"); }

  VirusResult scanned_by(const FakeClamd::Serve& serve) {
    const FakeClamd clamd(serve);
    return VirusScanner::open(clamd.socket(), kScanBytesMaxDefault, kQuick).scan(file);
  }

  /// Answers zVERSION well and does `then` with any other connection.
  VirusResult scanned_while(const std::function<void(int)>& then) {
    return scanned_by([&then](int connection) {
      if (read_command(connection) == "zVERSION") {
        write_to(connection, kVersion);
      } else {
        then(connection);
      }
    });
  }

  test::TemporaryFolder folder;
  std::filesystem::path file = folder / "file.pdf";
};

TEST_F(VirusScan, SaysCleanForAllBytesOfTheFile) {
  const auto result = scanned_by(honest(kVersion, kClean));
  EXPECT_EQ(result.state, VirusState::kClean);
  EXPECT_EQ(result.why, NotScanned::kNone);
  EXPECT_EQ(result.bytes, 14U);
  EXPECT_EQ(result.sha512, digest_hex(DigestAlgorithm::kSha512, "harmless words"));
}

TEST_F(VirusScan, SendsTheBytesAsTheyAre) {
  const std::string bytes = test::random_bytes(300'000);
  write_text(file, bytes);
  std::string seen;
  const auto result = scanned_while([&](int connection) {
    seen = read_stream(connection);
    write_to(connection, kClean);
  });
  EXPECT_EQ(result.state, VirusState::kClean);
  EXPECT_TRUE(seen == bytes);
}

TEST_F(VirusScan, NamesTheSignature) {
  const auto result = scanned_by(honest(kVersion, std::string("stream: Win.Test.A-1 FOUND\0", 27)));
  EXPECT_EQ(result.state, VirusState::kInfected);
  EXPECT_EQ(result.detail, "Win.Test.A-1");
}

TEST_F(VirusScan, ScansAnEmptyFile) {
  write_text(file, "");
  EXPECT_EQ(scanned_by(honest(kVersion, kClean)).state, VirusState::kClean);
}

TEST_F(VirusScan, IsNotCleanWithoutAScanner) {
  const auto absent = VirusScanner::open(folder / "nobody", kScanBytesMaxDefault, kQuick);
  EXPECT_FALSE(absent.info().is_present());
  EXPECT_EQ(absent.scan(file).why, NotScanned::kAbsent);
  EXPECT_EQ(VirusScanner::open("").scan(file).why, NotScanned::kSwitchedOff);
  const auto long_path = folder / std::string(200, 'x');
  EXPECT_EQ(VirusScanner::open(long_path).info().why, NotScanned::kAbsent);
  write_text(folder / "plain file", "");
  EXPECT_EQ(VirusScanner::open(folder / "plain file").info().why, NotScanned::kAbsent);
}

TEST_F(VirusScan, DoesNotSendWhatIsBeyondTheLimit) {
  const FakeClamd clamd(honest(kVersion, kClean));
  const auto scanner = VirusScanner::open(clamd.socket(), 13, kQuick);
  EXPECT_EQ(scanner.scan(file).why, NotScanned::kTooLarge);
  EXPECT_EQ(clamd.connections(), 1);
}

TEST_F(VirusScan, UnderstandsTheScannersLimitAndGoesOn) {
  write_text(file, std::string(2'000'000, 'a'));
  int calls = 0;
  const FakeClamd clamd([&](int connection) {
    if (read_command(connection) == "zVERSION") return write_to(connection, kVersion);
    if (++calls > 1) {
      read_stream(connection);
      return write_to(connection, kClean);
    }
    write_to(connection, std::string("INSTREAM size limit exceeded. ERROR\0", 36));
  });
  const auto scanner = VirusScanner::open(clamd.socket(), kScanBytesMaxDefault, kQuick);
  const auto too_large = scanner.scan(file);
  EXPECT_EQ(too_large.state, VirusState::kNotScanned);
  EXPECT_EQ(too_large.why, NotScanned::kTooLarge);
  EXPECT_EQ(too_large.sha512, "");
  EXPECT_EQ(scanner.scan(file).state, VirusState::kClean);
}

TEST_F(VirusScan, DoesNotTakeAnOkThatComesTooEarly) {
  write_text(file, std::string(2'000'000, 'a'));
  const auto result = scanned_while([](int connection) { write_to(connection, kClean); });
  EXPECT_EQ(result.state, VirusState::kNotScanned);
  EXPECT_EQ(result.why, NotScanned::kBroken);
}

struct HostileReply {
  std::string reply;
  NotScanned why;
};

TEST_F(VirusScan, TakesNothingElseForClean) {
  const std::string nul(1, '\0');
  const HostileReply replies[] = {
      {"", NotScanned::kBroken},
      {"stream: OK", NotScanned::kBroken},
      {"stream: OK\n", NotScanned::kBroken},
      {"stream: OK" + nul + "stream: OK" + nul, NotScanned::kBroken},
      {nul, NotScanned::kBroken},
      {"stream: ok" + nul, NotScanned::kBroken},
      {"other: OK" + nul, NotScanned::kBroken},
      {" stream: OK" + nul, NotScanned::kBroken},
      {"stream: OK OK" + nul, NotScanned::kBroken},
      {"stream:  FOUND" + nul, NotScanned::kBroken},
      {"1: stream: OK" + nul, NotScanned::kBroken},
      {"\xFF\xFE\x01garbage" + nul, NotScanned::kBroken},
      {"stream: Can't allocate memory ERROR" + nul, NotScanned::kScannerError},
      {"UNKNOWN COMMAND ERROR" + nul, NotScanned::kScannerError}};
  for (const auto& [reply, why] : replies) {
    const auto result = scanned_by(honest(kVersion, reply));
    EXPECT_EQ(result.state, VirusState::kNotScanned) << reply;
    EXPECT_EQ(result.why, why) << reply;
    for (const char c : result.detail) EXPECT_TRUE(c >= ' ' && c <= '~');
  }
}

TEST_F(VirusScan, EndsAnEndlessReply) {
  const auto result = scanned_while([](int connection) {
    read_stream(connection);
    for (int i = 0; i < 10'000; ++i) write_to(connection, std::string(4096, 'x'));
  });
  EXPECT_EQ(result.why, NotScanned::kBroken);
  EXPECT_LE(result.detail.size(), 200U);
}

TEST_F(VirusScan, GivesUpOnAScannerThatIsSilent) {
  const auto begin = std::chrono::steady_clock::now();
  const auto result = scanned_while([](int connection) {
    read_stream(connection);
    ::usleep(900'000);
  });
  EXPECT_EQ(result.why, NotScanned::kTimedOut);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST_F(VirusScan, GivesUpOnAScannerThatTricklesForEver) {
  const auto result = scanned_while([](int connection) {
    read_stream(connection);
    for (int i = 0; i < 40; ++i) {
      write_to(connection, "s");
      ::usleep(50'000);
    }
  });
  EXPECT_EQ(result.why, NotScanned::kTimedOut);
}

TEST_F(VirusScan, GivesUpOnAScannerThatReadsNothing) {
  write_text(file, std::string(4'000'000, 'a'));
  const auto result = scanned_while([](int) { ::usleep(900'000); });
  EXPECT_EQ(result.why, NotScanned::kTimedOut);
}

TEST_F(VirusScan, SurvivesAConnectionThatCloses) {
  write_text(file, std::string(4'000'000, 'a'));
  EXPECT_EQ(scanned_while([](int) {}).why, NotScanned::kBroken);
}

TEST_F(VirusScan, RefusesFilesThatAreNone) {
  const FakeClamd clamd(honest(kVersion, kClean));
  const auto scanner = VirusScanner::open(clamd.socket(), kScanBytesMaxDefault, kQuick);
  std::filesystem::create_symlink(file, folder / "link");
  EXPECT_EQ(scanner.scan(folder / "absent").why, NotScanned::kUnreadable);
  EXPECT_EQ(scanner.scan(folder / "link").why, NotScanned::kUnreadable);
  EXPECT_EQ(scanner.scan(folder.path()).why, NotScanned::kUnreadable);
}

TEST_F(VirusScan, DoesNotSayCleanOfAFileThatGrows) {
  const auto result = scanned_while([&](int connection) {
    write_text(file, "harmless words and more");
    read_stream(connection);
    write_to(connection, kClean);
  });
  // Whether the longer bytes were read is a matter of time; clean is then said of those.
  if (result.state == VirusState::kClean) {
    EXPECT_EQ(result.sha512, digest_hex(DigestAlgorithm::kSha512, "harmless words"));
  } else {
    EXPECT_EQ(result.why, NotScanned::kUnreadable);
  }
}

TEST(ScannerVersion, IsReadWithTheAgeOfItsDatabase) {
  const auto info = parse_scanner_version(kVersion);
  EXPECT_TRUE(info.is_present());
  EXPECT_EQ(info.engine, "ClamAV 1.4.3");
  EXPECT_EQ(info.database, "27123");
  ASSERT_TRUE(info.database_made);
  EXPECT_EQ(to_text(*info.database_made), "2026-11-26T08:00:00+08:00");
  EXPECT_EQ(info.database_age_days(parse_instant("2026-12-04T07:59:59+08:00")), 7);
  EXPECT_EQ(info.database_age_days(parse_instant("2026-12-04T08:00:00+08:00")), 8);
  const std::string early("ClamAV 1.4.3/27123/Thu Nov  6 08:00:00 2026\0", 44);
  EXPECT_EQ(to_text(parse_scanner_version(early).database_made.value()),
            "2026-11-06T08:00:00+08:00");
}

TEST(ScannerVersion, KnowsNoAgeWhereNoneIsGiven) {
  const auto own = parse_scanner_version(std::string("ClamAV 1.4.6\0", 13));
  EXPECT_TRUE(own.is_present());
  EXPECT_EQ(own.database, "");
  EXPECT_FALSE(own.database_age_days(parse_instant("2026-12-04")));
  for (const char* date : {"", "x", "Thu Xxx 26 08:00:00 2026", "Thu Nov 99 08:00:00 2026",
                           "Thu Nov -1 08:00:00 2026", "Thu ovD 26 08:00:00 2026"}) {
    const auto info = parse_scanner_version(std::string("ClamAV 1.4.3/1/") + date + '\0');
    EXPECT_TRUE(info.is_present()) << date;
    EXPECT_FALSE(info.database_made) << date;
  }
}

TEST(ScannerVersion, OfSomethingElseIsNoScanner) {
  for (const char* reply : {"", "ClamAV 1.4.3", "HTTP/1.1 400 Bad Request"}) {
    EXPECT_FALSE(parse_scanner_version(reply).is_present()) << reply;
  }
  EXPECT_FALSE(parse_scanner_version(std::string("SSH-2.0\0", 8)).is_present());
}

TEST_F(VirusScan, WithTheRealScannerTellsCleanFromInfected) {
  if (test::clamd_program().empty()) GTEST_SKIP() << "clamd is not installed: not tested";
  const test::RealClamd clamd;
  ASSERT_TRUE(clamd.is_up()) << clamd.log();
  const auto scanner = VirusScanner::open(clamd.socket());
  ASSERT_TRUE(scanner.info().is_present());
  EXPECT_EQ(scanner.info().engine.substr(0, 7), "ClamAV ");
  EXPECT_EQ(scanner.scan(file).state, VirusState::kClean);
  write_text(file, test::eicar());
  EXPECT_EQ(scanner.scan(file).state, VirusState::kInfected);
  EXPECT_NE(scanner.scan(file).detail.find("Anjuan.Test.Eicar"), std::string::npos);
  const std::string pattern = test::RealClamd::kHarmlessPattern;
  write_text(file, std::string(200'000, 'a') + pattern + std::string(200'000, 'b'));
  const auto found = scanner.scan(file);
  EXPECT_EQ(found.state, VirusState::kInfected);
  EXPECT_NE(found.detail.find("Anjuan.Test.Harmless"), std::string::npos) << found.detail;
}

TEST_F(VirusScan, WithTheRealScannerReachesItsLimitAndGoesOn) {
  if (test::clamd_program().empty()) GTEST_SKIP() << "clamd is not installed: not tested";
  const test::RealClamd clamd(1024 * 1024);
  ASSERT_TRUE(clamd.is_up()) << clamd.log();
  const auto scanner = VirusScanner::open(clamd.socket());
  write_text(file, std::string(3'000'000, 'a'));
  EXPECT_EQ(scanner.scan(file).why, NotScanned::kTooLarge);
  write_text(file, "small");
  EXPECT_EQ(scanner.scan(file).state, VirusState::kClean);
}

}  // namespace
}  // namespace anjuan::preservation
