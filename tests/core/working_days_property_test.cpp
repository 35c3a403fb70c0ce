// What holds for any start and any count, against a reference that counts one day after the other
// on the text of the notices. The seed is fixed.
#include <cstdlib>
#include <ctime>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "core/embedded.h"
#include "core/json.h"
#include "core/working_days.h"
#include "tests/support/child.h"

namespace anjuan {
namespace {

using std::chrono::days;

constexpr TimeUnit kUnits[] = {TimeUnit::kHour, TimeUnit::kDay, TimeUnit::kWorkday};
constexpr int kCases = 2000;

/// A calendar of its own: texts of days, a weekday that it counts itself.
class Reference {
 public:
  Reference() {
    for (const auto path : embedded_paths("calendar/")) {
      const Json notice = Json::parse(embedded(path), std::string(path));
      for (const Json& day : notice.find("off")->items()) off_.insert(day.as_string());
      for (const Json& day : notice.find("work")->items()) work_.insert(day.as_string());
      years_.insert(notice.find("year")->lexical());
    }
  }

  bool is_working(const std::string& day) const {
    if (work_.contains(day)) return true;
    return !off_.contains(day) && weekday(day) % 6 != 0;
  }

  bool is_known(const std::string& day) const {
    return years_.contains(day.substr(0, 4)) || off_.contains(day) || work_.contains(day);
  }

  struct Answer {
    std::string day;
    bool is_provisional = false;
  };

  Answer due(std::string day, std::int64_t count, TimeUnit unit) const {
    Answer answer{day, false};
    while (count > 0) {
      step(answer);
      if (unit == TimeUnit::kDay || is_working(answer.day)) --count;
    }
    while (unit == TimeUnit::kDay && !is_working(answer.day)) step(answer);
    return answer;
  }

  std::int64_t workdays(std::string after, const std::string& until) const {
    std::int64_t count = 0;
    while (after < until) {
      after = next(after);
      count += is_working(after) ? 1 : 0;
    }
    return count;
  }

 private:
  void step(Answer& answer) const {
    answer.day = next(answer.day);
    answer.is_provisional = answer.is_provisional || !is_known(answer.day);
  }

  /// Zeller's congruence; 0 = Saturday turned so that 0 = Sunday, 6 = Saturday.
  static int weekday(const std::string& day) {
    int year = std::stoi(day.substr(0, 4));
    int month = std::stoi(day.substr(5, 2));
    if (month < 3) {
      month += 12;
      --year;
    }
    const int date = std::stoi(day.substr(8));
    const int zeller =
        (date + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400) % 7;
    return (zeller + 6) % 7;
  }

  static std::string next(const std::string& day) {
    int year = std::stoi(day.substr(0, 4));
    int month = std::stoi(day.substr(5, 2));
    int date = std::stoi(day.substr(8)) + 1;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date > lengths[month - 1]) {
      date = 1;
      month = month % 12 + 1;
      if (month == 1) ++year;
    }
    return fmt::format("{:04}-{:02}-{:02}", year, month, date);
  }

  std::set<std::string> off_;
  std::set<std::string> work_;
  std::set<std::string> years_;
};

class WorkingDayProperty : public testing::Test {
 protected:
  /// Any second of the years 2021 to 2028: with, before and after the notices.
  Instant any_start() {
    const Instant first = start_of(std::chrono::year{2021} / 1 / 1);
    std::uniform_int_distribution<std::int64_t> seconds(0, 8LL * 365 * 24 * 3600);
    return first + std::chrono::seconds{seconds(random_)};
  }

  std::int64_t any_count() { return std::uniform_int_distribution<std::int64_t>(0, 90)(random_); }

  DueDate due(Instant from, std::int64_t count, TimeUnit unit) const {
    return due_date(from, count, unit, calendar_);
  }

  std::mt19937 random_{20260213};  // NOLINT(cert-msc51-cpp): repeatable
  WorkCalendar calendar_ = WorkCalendar::built_in();
  Reference reference_;
};

TEST_F(WorkingDayProperty, EqualsTheReference) {
  for (int i = 0; i < kCases; ++i) {
    const Instant from = any_start();
    const std::int64_t count = any_count();
    const std::string day = to_date_text(from);
    for (const auto unit : {TimeUnit::kDay, TimeUnit::kWorkday}) {
      const DueDate found = due(from, count, unit);
      const auto expected = reference_.due(day, count, unit);
      ASSERT_EQ(to_text(found.due), expected.day + "T23:59:59+08:00") << day << " + " << count;
      ASSERT_EQ(found.is_provisional, expected.is_provisional) << day << " + " << count;
    }
    ASSERT_EQ(due(from, count, TimeUnit::kHour).due, from + std::chrono::hours{count});
  }
}

TEST_F(WorkingDayProperty, WorkdaysBetweenEqualsTheReference) {
  for (int i = 0; i < kCases / 4; ++i) {
    const Day after = day_of(any_start());
    const Day until = day_of(any_start());
    ASSERT_EQ(workdays_between(after, until, calendar_),
              reference_.workdays(to_text(after), to_text(until)))
        << to_text(after) << " to " << to_text(until);
  }
}

TEST_F(WorkingDayProperty, NeverFallsWithTheCountOrWithTheStart) {
  for (int i = 0; i < kCases; ++i) {
    const Instant from = any_start();
    const Instant later = from + std::chrono::seconds{any_count() * 3600};
    const std::int64_t count = any_count();
    for (const auto unit : kUnits) {
      ASSERT_LE(due(from, count, unit).due, due(from, count + 1, unit).due) << to_text(from);
      ASSERT_LE(due(from, count, unit).due, due(later, count, unit).due) << to_text(from);
    }
  }
}

TEST_F(WorkingDayProperty, OfWorkdaysAndHoursAddsUp) {
  for (int i = 0; i < kCases; ++i) {
    const Instant from = any_start();
    const std::int64_t a = any_count();
    const std::int64_t b = any_count();
    for (const auto unit : {TimeUnit::kHour, TimeUnit::kWorkday}) {
      ASSERT_EQ(due(due(from, a, unit).due, b, unit).day(), due(from, a + b, unit).day())
          << to_text(from) << " + " << a << " + " << b;
    }
  }
}

TEST_F(WorkingDayProperty, OfWorkdaysIsUndoneByWorkdaysBetween) {
  for (int i = 0; i < kCases; ++i) {
    const Instant from = any_start();
    const std::int64_t count = any_count();
    const Day last = due(from, count, TimeUnit::kWorkday).day();
    ASSERT_EQ(workdays_between(day_of(from), last, calendar_), count) << to_text(from);
  }
}

TEST_F(WorkingDayProperty, EndsOnAWorkingDay) {
  for (int i = 0; i < kCases; ++i) {
    const Instant from = any_start();
    const std::int64_t count = any_count() + 1;
    for (const auto unit : {TimeUnit::kDay, TimeUnit::kWorkday}) {
      ASSERT_TRUE(calendar_.is_working(due(from, count, unit).day())) << to_text(from);
    }
  }
}

/// The lines of a calculation account for every day from the start to the due day.
TEST_F(WorkingDayProperty, LeavesNoDayOutOfTheCalculation) {
  for (int i = 0; i < kCases; ++i) {
    const Instant from = any_start();
    const std::int64_t count = any_count() + 1;
    const DueDate found = due(from, count, TimeUnit::kWorkday);
    std::int64_t counted = 0;
    Day expected = day_of(from);
    for (const DueStep& step : found.steps) {
      ASSERT_EQ(step.first, expected) << to_text(from);
      expected = step.last + days{1};
      const bool counts = step.kind == DueStep::Kind::kCounted || step.kind == DueStep::Kind::kDue;
      if (counts) counted += (expected - step.first).count();
      ASSERT_EQ(step.count, counted) << to_text(from);
    }
    ASSERT_EQ(expected, found.day() + days{1});
    ASSERT_EQ(counted, count);
  }
}

TEST_F(WorkingDayProperty, HoldsInAnyTimeZoneOfTheMachine) {
  const Instant from = parse_instant("2026-02-12T16:30:00Z");  // 2026-02-13 00:30 at +08:00
  for (const char* zone :
       {"UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Shanghai", "XXX+12", "nowhere"}) {
    const int code = test::exit_code_of([&] {
      ::setenv("TZ", zone, 1);
      ::tzset();
      const std::string found = to_text(due(from, 2, TimeUnit::kWorkday).due);
      return found == "2026-02-24T23:59:59+08:00" &&
                     day_of(parse_instant("2026-02-13")) == Day{std::chrono::year{2026} / 2 / 13}
                 ? 0
                 : 1;
    });
    EXPECT_EQ(code, 0) << zone;
  }
}

}  // namespace
}  // namespace anjuan
