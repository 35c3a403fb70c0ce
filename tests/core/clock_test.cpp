#include "core/clock.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/errors.h"

namespace anjuan {
namespace {

using std::chrono::milliseconds;
using test::thrown_by;

constexpr std::int64_t kSomeSecond = 1'750'122'300;  // 2025-06-17T01:05:00Z

TEST(Clock, WritesTheOffsetOfChina) {
  const Instant instant = from_unix_seconds(kSomeSecond) + milliseconds{123};
  EXPECT_EQ(to_text(instant), "2025-06-17T09:05:00+08:00");
  EXPECT_EQ(to_text_ms(instant), "2025-06-17T09:05:00.123+08:00");
  EXPECT_EQ(to_date_text(instant), "2025-06-17");
}

TEST(Clock, ADayBeginsAtMidnightInChina) {
  const Instant midnight = parse_instant("2025-06-17");
  EXPECT_EQ(to_date_text(midnight), "2025-06-17");
  EXPECT_EQ(to_date_text(midnight - milliseconds{1}), "2025-06-16");
}

// Fixed seed; the years that four digits can hold.
TEST(Clock, ReadsBackWhatItWrites) {
  std::mt19937_64 source(1);
  const auto first = parse_instant("0001-01-01").time_since_epoch().count();
  const auto last = parse_instant("9999-12-31").time_since_epoch().count();
  std::uniform_int_distribution<std::int64_t> any(first, last);
  for (int i = 0; i < 10'000; ++i) {
    const Instant instant{milliseconds{any(source)}};
    ASSERT_EQ(parse_instant(to_text_ms(instant)), instant) << to_text_ms(instant);
    ASSERT_EQ(parse_instant(to_text(instant)), std::chrono::floor<std::chrono::seconds>(instant));
  }
}

TEST(Clock, ReadsTheFormsThatPeopleAndMachinesWrite) {
  const Instant instant = from_unix_seconds(kSomeSecond);
  for (const char* text :
       {"2025-06-17T09:05:00+08:00", "2025-06-17T09:05:00", "2025-06-17 09:05", "2025-06-17T09:05",
        "2025-06-17T01:05:00Z", "2025-06-16T20:05:00-05:00", "2025-06-17T09:05:00.000000+08:00"}) {
    EXPECT_EQ(parse_instant(text), instant) << text;
    EXPECT_EQ(instant_of(text), instant) << text;
  }
  EXPECT_EQ(parse_instant("2025-06-17T09:05:00.0019"), instant + milliseconds{1});
  EXPECT_EQ(parse_instant("2025-06-17T24:00:00"), parse_instant("2025-06-18"));
  EXPECT_EQ(parse_instant("2016-12-31T23:59:60Z"), parse_instant("2017-01-01T00:00:00Z"));
}

TEST(Clock, RefusesEverythingElse) {
  for (const char* text :
       {"", "2025", "2025-6-17", "2025-02-29", "2025-13-01", "17.06.2025", "2025-06-17T",
        "2025-06-17T09", "2025-06-17T25:00", "2025-06-17T24:01", "2025-06-17T09:60",
        "2025-06-17T09:05:61", "2025-06-17T09:05:00.", "2025-06-17T09:05:00+8:00",
        "2025-06-17T09:05:00+15:00", "2025-06-17T09:05:00+08:00 ", "2025-06-17x", "昨天"}) {
    const auto error = thrown_by([&] { parse_instant(text); });
    EXPECT_EQ(error.word, "invalid") << text;
    EXPECT_EQ(error.subject, text);
    EXPECT_EQ(instant_of(text), std::nullopt) << text;
  }
}

TEST(FixedClock, StandsStillUntilAdvanced) {
  FixedClock clock(from_unix_seconds(0));
  EXPECT_EQ(clock.now(), clock.now());
  clock.advance(std::chrono::hours{1});
  EXPECT_EQ(clock.now(), from_unix_seconds(3600));
}

TEST(SystemClock, DoesNotGoBackwardsWithinATest) {
  const SystemClock clock;
  const Instant first = clock.now();
  EXPECT_LE(first, clock.now());
  EXPECT_GT(first, parse_instant("2025-01-01"));
}

}  // namespace
}  // namespace anjuan
