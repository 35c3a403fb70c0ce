#include "core/legal_clock.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/messages.h"

namespace anjuan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Instant at(const char* text) { return parse_instant(text); }

class Clocks : public testing::Test {
 protected:
  ClockReading read(const LegalClock& clock) const { return read_clock(clock, calendar_); }

  /// An application of Monday 2026-03-02: 20 working days end on 2026-03-30.
  static LegalClock application() { return {at("2026-03-02T09:00"), 20, TimeUnit::kWorkday}; }

  std::string due_of(const LegalClock& clock) const {
    const ClockReading reading = read(clock);
    EXPECT_THAT(reading.problems, IsEmpty());
    return reading.due ? to_text(reading.due->day()) : "none";
  }

  std::string problem_of(const LegalClock& clock) const {
    const ClockReading reading = read(clock);
    EXPECT_FALSE(reading.due);
    EXPECT_THAT(reading.lines, IsEmpty());
    return reading.problems.empty() ? "none" : reading.problems.front();
  }

  WorkCalendar calendar_ = WorkCalendar::built_in();
};

TEST_F(Clocks, WithoutPausesAreDueDates) {
  const LegalClock clock = application();
  const ClockReading reading = read(clock);
  const DueDate plain = due_date(clock.from, clock.count, clock.unit, calendar_);
  ASSERT_TRUE(reading.due);
  EXPECT_EQ(reading.due->due, plain.due);
  EXPECT_EQ(reading.lines, calculation(plain));
  EXPECT_THAT(reading.intervals, ElementsAre(ClockInterval{clock.from, plain.due, true, ""}));
  EXPECT_EQ(to_text(plain.day()), "2026-03-30");
}

TEST_F(Clocks, StandStillWhileThirdPartiesAreAsked) {
  LegalClock clock = application();
  // Asked on Tuesday 3 March (counts), answered on Tuesday 10 March (does not): 5 working days.
  clock.pauses = {{at("2026-03-03T15:00"), at("2026-03-10T10:00"), "征求第三方意见"}};
  const ClockReading reading = read(clock);
  ASSERT_TRUE(reading.due);
  EXPECT_EQ(to_text(reading.due->day()), "2026-04-07");  // 30 March + 5, over Tomb-Sweeping Day
  EXPECT_EQ(reading.lines.at(1), "2026-03-03（周二）第1个工作日");
  EXPECT_EQ(reading.lines.at(2), "2026-03-04至03-10 征求第三方意见，不计入期限");
  EXPECT_EQ(reading.lines.at(3), "2026-03-11至03-13 第2至4个工作日");
  EXPECT_THAT(reading.intervals,
              ElementsAre(ClockInterval{clock.from, clock.pauses[0].from, true, ""},
                          ClockInterval{clock.pauses[0].from, clock.pauses[0].until, false,
                                        "征求第三方意见"},
                          ClockInterval{*clock.pauses[0].until, reading.due->due, true, ""}));
}

TEST_F(Clocks, LoseNothingIfTheAnswerComesTheSameDay) {
  LegalClock clock = application();
  clock.pauses = {{at("2026-03-03T09:00"), at("2026-03-03T17:00"), "征求其他机关意见"}};
  EXPECT_EQ(due_of(clock), "2026-03-30");
}

TEST_F(Clocks, LoseOneDayIfTheAnswerComesTheNextDay) {
  LegalClock clock = application();
  clock.pauses = {{at("2026-03-03T09:00"), at("2026-03-04T09:00"), "征求其他机关意见"},
                  {at("2026-03-04T09:00"), at("2026-03-05T09:00"), "征求第三方意见"}};
  EXPECT_EQ(due_of(clock), "2026-04-01");
}

TEST_F(Clocks, CountDaysThatRollOnPastAPause) {
  // Ten days end on Saturday 14 March; from Friday to Tuesday the clock stands still.
  const LegalClock plain{at("2026-03-04"), 10, TimeUnit::kDay};
  EXPECT_EQ(due_of(plain), "2026-03-16");
  LegalClock paused = plain;
  paused.pauses = {{at("2026-03-13"), at("2026-03-17"), "征求意见"}};
  EXPECT_EQ(due_of(paused), "2026-03-18");
  paused.pauses = {{at("2026-03-14"), at("2026-03-17"), "征求意见"}};
  EXPECT_EQ(due_of(paused), "2026-03-18");
}

TEST_F(Clocks, OfHoursStandStillToTheMinute) {
  LegalClock clock{at("2026-03-02T09:00"), 24, TimeUnit::kHour};
  clock.pauses = {{at("2026-03-02T10:30"), at("2026-03-02T12:00"), "返回途中"},
                  {at("2026-03-03T11:00"), at("2026-03-03T12:00"), "届满之后"}};
  const ClockReading reading = read(clock);
  ASSERT_TRUE(reading.due);
  EXPECT_EQ(to_text(reading.due->due), "2026-03-03T10:30:00+08:00");
  EXPECT_THAT(reading.lines,
              ElementsAre("2026-03-02 09:00 起算", "2026-03-02（周一）返回途中，不计入期限",
                          "至 2026-03-03 10:30 共24小时，连续计算，届满"));
  EXPECT_THAT(reading.remarks, ElementsAre(HasSubstr("“届满之后”自 2026-03-03 开始")));
}

TEST_F(Clocks, StartAnewWithTheSupplementedApplication) {
  LegalClock clock = application();
  clock.pauses = {{at("2026-03-03"), at("2026-03-05"), "征求意见"}};
  clock.restarted = at("2026-03-09T11:00");
  const ClockReading reading = read(clock);
  ASSERT_TRUE(reading.due);
  EXPECT_EQ(to_text(reading.due->day()), "2026-04-07");
  EXPECT_EQ(reading.lines.front(),
            "2026-03-09 收到补正后的申请，期限重新起算（原自 2026-03-02 起算）");
  EXPECT_EQ(reading.intervals.front().from, *clock.restarted);
}

TEST_F(Clocks, PausedOverANewStartLoseOnlyWhatLiesBehindIt) {
  LegalClock clock = application();
  clock.restarted = at("2026-03-09");
  clock.pauses = {{at("2026-03-04"), at("2026-03-11"), "征求意见"}};
  EXPECT_EQ(due_of(clock), "2026-04-09");
}

TEST_F(Clocks, AreExtendedOnceDecidedInTime) {
  LegalClock clock = application();
  clock.extensions = {{at("2026-03-30T17:00"), 20, "经本机关负责人同意"}};
  const ClockReading reading = read(clock);
  ASSERT_TRUE(reading.due);
  EXPECT_EQ(reading.due->due, due_date(clock.from, 40, TimeUnit::kWorkday, calendar_).due);
  EXPECT_EQ(reading.count, 40);
  EXPECT_EQ(reading.lines.front(),
            "2026-03-30 决定延长20个工作日（经本机关负责人同意），共40个工作日");
}

TEST_F(Clocks, ThatStandStillHaveNoDueDate) {
  LegalClock clock = application();
  clock.pauses = {{at("2026-03-05"), std::nullopt, "征求第三方意见"}};
  const ClockReading reading = read(clock);
  EXPECT_TRUE(reading.is_paused);
  EXPECT_FALSE(reading.due);
  EXPECT_EQ(reading.counted, 3);
  EXPECT_THAT(
      reading.lines,
      ElementsAre("2026-03-02（周一）起算，当日不计", "2026-03-03至03-05 第1至3个工作日",
                  "自 2026-03-05 起征求第三方意见，期限暂停；已计3个工作日，尚余17个工作日"));
  EXPECT_EQ(reading.intervals.back().until, std::nullopt);
}

TEST_F(Clocks, OfHoursThatStandStillTellWhatIsLeft) {
  LegalClock clock{at("2026-03-02T09:00"), 24, TimeUnit::kHour};
  clock.pauses = {{at("2026-03-02T14:30"), std::nullopt, "返回途中"}};
  const ClockReading reading = read(clock);
  EXPECT_TRUE(reading.is_paused);
  EXPECT_THAT(reading.lines, ElementsAre("2026-03-02 09:00 起算",
                                         "自 2026-03-02 起返回途中，期限暂停；已计5小时，"
                                         "尚余19小时"));
}

TEST_F(Clocks, ThatRanOutBeforeAPauseAreDueAllTheSame) {
  LegalClock clock = application();
  clock.pauses = {{at("2026-03-30T08:00"), std::nullopt, "征求意见"}};
  const ClockReading reading = read(clock);
  ASSERT_TRUE(reading.due);
  EXPECT_EQ(to_text(reading.due->day()), "2026-03-30");
  EXPECT_THAT(reading.remarks, ElementsAre(HasSubstr("对期限没有影响")));
}

TEST_F(Clocks, TellOfPausesThatOverlap) {
  LegalClock clock = application();
  clock.pauses = {{at("2026-03-09"), at("2026-03-12"), "乙"},
                  {at("2026-03-04"), at("2026-03-10"), "甲"}};
  EXPECT_EQ(problem_of(clock),
            "“乙”自 2026-03-09 开始的暂停与“甲”的暂停重叠，期限无法计算。"
            "请合并或更正起止日期。");
  clock.pauses = {{at("2026-03-04"), std::nullopt, "甲"}, {at("2026-03-09"), std::nullopt, "乙"}};
  EXPECT_THAT(problem_of(clock), HasSubstr("重叠"));
}

TEST_F(Clocks, TellOfWhatIsTheWrongWayRound) {
  LegalClock clock = application();
  clock.pauses = {{at("2026-03-09"), at("2026-03-08"), "征求意见"}};
  EXPECT_THAT(problem_of(clock), HasSubstr("却止于更早的 2026-03-08"));
  clock = application();
  clock.pauses = {{at("2026-03-01"), at("2026-03-08"), "征求意见"}};
  EXPECT_THAT(problem_of(clock), HasSubstr("早于起算日 2026-03-02"));
  clock = application();
  clock.restarted = at("2026-02-27");
  EXPECT_THAT(problem_of(clock), HasSubstr("重新起算日 2026-02-27 早于"));
  clock = application();
  clock.extensions = {{at("2026-03-31"), 20, "同意"}};
  EXPECT_THAT(problem_of(clock), HasSubstr("2026-03-31 作出的延长决定不在期限之内"));
}

TEST_F(Clocks, TellOfNumbersThatAreNone) {
  for (const std::int64_t count : {std::int64_t{-1}, kPeriodMax + 1, INT64_MAX, INT64_MIN}) {
    LegalClock clock = application();
    clock.count = count;
    EXPECT_THAT(problem_of(clock), HasSubstr("期限数"));
    clock = application();
    clock.extensions = {{at("2026-03-09"), count, "同意"}};
    EXPECT_THAT(problem_of(clock), HasSubstr("期限数"));
  }
  LegalClock clock = application();
  clock.pauses.assign(kClockPausesMax + 1, {at("2026-03-09"), at("2026-03-09"), ""});
  EXPECT_THAT(problem_of(clock), HasSubstr("超过 1000 次"));
  clock = application();
  clock.from = Instant::max();
  EXPECT_THAT(problem_of(clock), HasSubstr("超出可以计算的范围"));
}

/// Whatever is entered: an answer, a standstill or a problem, and never an earlier day than without
/// pauses.
TEST_F(Clocks, OfAnyInputAreReadOrToldOf) {
  std::mt19937 random{20260302};  // NOLINT(cert-msc51-cpp): repeatable
  const auto any = [&](std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random);
  };
  int answers = 0;
  for (int i = 0; i < 3000; ++i) {
    const auto instant = [&] { return at("2026-01-01") + std::chrono::hours{any(0, 3000)}; };
    LegalClock clock{instant(), any(0, 40), static_cast<TimeUnit>(any(0, 2))};
    if (any(0, 3) == 0) clock.restarted = instant();
    for (auto pauses = any(0, 3); pauses > 0; --pauses) {
      const Instant from = clock.from + std::chrono::hours{any(-20, 900)};
      clock.pauses.push_back({from, from + std::chrono::hours{any(-9, 300)}, "x"});
      if (any(0, 9) == 0) clock.pauses.back().until.reset();
    }
    if (any(0, 4) == 0) clock.extensions = {{instant(), any(-1, 20), "y"}};
    const ClockReading reading = read(clock);
    ASSERT_EQ(reading.due.has_value(), reading.problems.empty() && !reading.is_paused);
    if (!reading.due) continue;
    ++answers;
    const Instant start = clock.restarted.value_or(clock.from);
    ASSERT_GE(reading.due->due, due_date(start, reading.count, clock.unit, calendar_).due);
    Instant since = start;
    for (const ClockInterval& interval : reading.intervals) {
      ASSERT_EQ(interval.from, since);
      since = interval.until.value();
    }
  }
  EXPECT_GT(answers, 500);
}

}  // namespace
}  // namespace anjuan
