#include "core/working_days.h"

#include <gtest/gtest.h>

#include "core/embedded.h"
#include "core/json.h"
#include "tests/support/corpora.h"
#include "tests/support/errors.h"

namespace anjuan {
namespace {

using std::chrono::days;

const WorkCalendar& notices() {
  static const WorkCalendar kNotices = WorkCalendar::built_in();
  return kNotices;
}

Day date(const std::string& text) { return day_of(parse_instant(text)); }

DueDate due(const std::string& from, std::int64_t count, TimeUnit unit) {
  return due_date(parse_instant(from), count, unit, notices());
}

std::string due_day(const std::string& from, std::int64_t count, TimeUnit unit) {
  return to_text(due(from, count, unit).day());
}

TimeUnit unit_of(const std::string& word) {
  for (const auto unit : {TimeUnit::kHour, TimeUnit::kDay, TimeUnit::kWorkday}) {
    if (unit_word(unit) == word) return unit;
  }
  throw std::runtime_error("unit " + word);
}

std::size_t check_vectors() {
  const Json vectors = Json::parse(
      test::text_of(ANJUAN_SOURCE_DIR "/tests/fixtures/calendar/vectors.json"), "vectors.json");
  for (const Json& vector : vectors.items()) {
    EXPECT_EQ(due_day(vector.text_or("from", ""), vector.find("count")->as_integer(),
                      unit_of(vector.text_or("unit", ""))),
              vector.text_or("due", ""))
        << vector.dump();
  }
  return vectors.items().size();
}

TEST(WorkingDays, HoldTheVectors) { EXPECT_EQ(check_vectors(), 13U); }

/// The same days as the public material that they were carried over from.
TEST(WorkingDays, AreThoseOfTheMaterial) {
  const auto domain = test::domain();
  if (domain.empty()) GTEST_SKIP() << "the material is absent (ANJUAN_DOMAIN)";
  for (const auto& [year, notice] : notices().years()) {
    const Json source = Json::parse(
        test::text_of(domain / fmt::format("calendar/cn-work-calendar-{}.json", year)), "");
    const Json own =
        Json::parse(embedded(fmt::format("calendar/{}.json", year)), notice.source_url);
    for (const char* key : {"year", "title", "doc_no", "doc_no_verified", "source_url", "off",
                            "work", "statutory", "names"}) {
      EXPECT_TRUE(*own.find(key) == *source.find(key)) << year << " " << key;
    }
  }
}

TEST(WorkingDays, CountPerYear) {
  const std::map<int, std::int64_t> expected{{2023, 249}, {2024, 251}, {2025, 248}, {2026, 248}};
  for (const auto& [year, count] : expected) {
    EXPECT_EQ(workdays_between(date(std::to_string(year - 1) + "-12-31"),
                               date(std::to_string(year) + "-12-31"), notices()),
              count)
        << year;
  }
}

TEST(WorkingDays, AreLookedUpByDateNotByFile) {
  EXPECT_FALSE(notices().is_working(date("2022-12-31")));
  EXPECT_EQ(notices().name(date("2022-12-31")), "元旦");
  EXPECT_TRUE(notices().is_known(date("2022-12-31")));
  EXPECT_FALSE(notices().is_known(date("2022-12-30")));
  EXPECT_TRUE(notices().is_known(date("2026-12-31")));
  EXPECT_FALSE(notices().is_known(date("2027-01-01")));
}

TEST(WorkingDays, KnowMakeUpDaysWeekendsAndStatutoryHolidays) {
  EXPECT_TRUE(notices().is_working(date("2026-02-14")));   // Saturday, worked
  EXPECT_FALSE(notices().is_working(date("2026-02-23")));  // Monday, off
  EXPECT_FALSE(notices().is_working(date("2026-03-07")));
  EXPECT_TRUE(notices().is_working(date("2026-03-06")));
  EXPECT_TRUE(notices().is_statutory_holiday(date("2026-02-16")));
  EXPECT_FALSE(notices().is_statutory_holiday(date("2026-02-15")));
  EXPECT_FALSE(notices().is_statutory_holiday(date("2026-03-07")));
}

TEST(WorkingDays, OfANewNoticeTakeThePlaceOfTheOld) {
  WorkCalendar calendar = WorkCalendar::built_in();
  CalendarYear changed = calendar.years().at(2026);
  changed.off = {date("2026-03-04")};
  changed.work = {date("2026-03-07")};
  changed.statutory.clear();
  calendar.add(changed);
  EXPECT_FALSE(calendar.is_working(date("2026-03-04")));
  EXPECT_TRUE(calendar.is_working(date("2026-03-07")));
  EXPECT_TRUE(calendar.is_working(date("2026-02-23")));
  EXPECT_FALSE(calendar.is_statutory_holiday(date("2026-02-16")));
}

TEST(WorkingDays, OfTheLaterNoticeCountWhereTwoListADay) {
  WorkCalendar calendar = WorkCalendar::built_in();
  CalendarYear next = calendar.years().at(2026);
  next.year = 2027;
  next.off = {date("2026-12-31"), date("2027-01-01")};
  next.work.clear();
  CalendarYear before = calendar.years().at(2026);
  before.work.push_back(date("2026-12-31"));
  calendar.add(next);
  calendar.add(before);
  EXPECT_FALSE(calendar.is_working(date("2026-12-31")));
}

TEST(DueDate, EndsWithTheLastSecondOfTheDay) {
  EXPECT_EQ(to_text(due("2026-02-13T17:20:00+08:00", 2, TimeUnit::kWorkday).due),
            "2026-02-24T23:59:59+08:00");
  EXPECT_EQ(to_text(start_of(date("2026-02-24"))), "2026-02-24T00:00:00+08:00");
}

TEST(DueDate, OfHoursRunsThroughToTheMillisecond) {
  const auto found = due("2026-02-13T17:20:00.250+08:00", 24, TimeUnit::kHour);
  EXPECT_EQ(to_text_ms(found.due), "2026-02-14T17:20:00.250+08:00");
  EXPECT_FALSE(found.is_provisional);
}

TEST(DueDate, TakesTheDayAtEastEight) {
  // 17:00 of the 12th in UTC is the 13th at +08:00.
  EXPECT_EQ(due_day("2026-02-12T17:00:00Z", 2, TimeUnit::kWorkday), "2026-02-24");
  EXPECT_EQ(due_day("2026-02-12T15:59:59Z", 2, TimeUnit::kWorkday), "2026-02-14");
}

TEST(DueDate, OfNoughtUnits) {
  const std::string saturday = "2026-03-07T10:00:00+08:00";
  EXPECT_EQ(to_text(due(saturday, 0, TimeUnit::kHour).due), saturday);
  EXPECT_EQ(due_day(saturday, 0, TimeUnit::kWorkday), "2026-03-07");
  EXPECT_EQ(due_day(saturday, 0, TimeUnit::kDay), "2026-03-09");
  EXPECT_EQ(due_day("2026-03-06", 0, TimeUnit::kDay), "2026-03-06");
  EXPECT_FALSE(due("2027-03-05", 0, TimeUnit::kDay).is_provisional);
}

TEST(DueDate, IsProvisionalOnceADayAfterTheStartIsInAYearWithoutNotice) {
  EXPECT_FALSE(due("2026-12-30", 1, TimeUnit::kWorkday).is_provisional);
  const auto open = due("2026-12-31", 1, TimeUnit::kWorkday);
  EXPECT_TRUE(open.is_provisional);
  EXPECT_EQ(open.unknown_year, 2027);
  EXPECT_EQ(to_text(open.day()), "2027-01-01");
  // Before the first notice too; its own first day is listed in it.
  EXPECT_TRUE(due("2022-12-29", 1, TimeUnit::kWorkday).is_provisional);
  EXPECT_FALSE(due("2022-12-30", 1, TimeUnit::kWorkday).is_provisional);
  EXPECT_TRUE(due("2026-12-31T23:00:00", 24, TimeUnit::kHour).is_provisional);
}

TEST(DueDate, IsNoLongerProvisionalWithTheNotice) {
  WorkCalendar calendar = WorkCalendar::built_in();
  CalendarYear next;
  next.year = 2027;
  next.off = {date("2027-01-01")};
  calendar.add(next);
  const auto found = due_date(parse_instant("2026-12-31"), 1, TimeUnit::kWorkday, calendar);
  EXPECT_FALSE(found.is_provisional);
  EXPECT_EQ(to_text(found.day()), "2027-01-04");
}

TEST(DueDate, RefusesWhatItDoesNotCount) {
  for (const std::int64_t count : {std::int64_t{-1}, kPeriodMax + 1, INT64_MIN, INT64_MAX}) {
    EXPECT_EQ(test::thrown_by([&] { due("2026-02-13", count, TimeUnit::kHour); }).word, "usage");
  }
  for (const Instant from : {Instant::min(), Instant::max()}) {
    for (const auto unit : {TimeUnit::kHour, TimeUnit::kDay, TimeUnit::kWorkday}) {
      EXPECT_EQ(test::thrown_by([&] { due_date(from, 1, unit, notices()); }).word, "usage");
    }
  }
}

TEST(DueDate, ReachesTheLimitsOfTheCalendar) {
  for (const auto unit : {TimeUnit::kHour, TimeUnit::kDay, TimeUnit::kWorkday}) {
    for (const char* from :
         {"0000-01-01T00:00:00+14:00", "0001-01-01", "9999-12-31", "9999-12-31T24:00:00-14:00"}) {
      const auto found = due(from, kPeriodMax, unit);
      EXPECT_GT(found.due, parse_instant(from));
      EXPECT_TRUE(found.is_provisional);
      EXPECT_FALSE(calculation(found).empty());
    }
  }
}

}  // namespace
}  // namespace anjuan
