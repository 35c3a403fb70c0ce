#include "core/working_days.h"

#include <cstdlib>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/embedded.h"
#include "core/json.h"
#include "core/messages.h"
#include "tests/support/child.h"
#include "tests/support/corpora.h"
#include "tests/support/errors.h"

namespace anjuan {
namespace {

using std::chrono::days;
using testing::ElementsAre;

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

TEST(WorkingDays, CountPerYear) {
  const std::map<int, std::int64_t> expected{{2023, 249}, {2024, 251}, {2025, 248}, {2026, 248}};
  for (const auto& [year, count] : expected) {
    EXPECT_EQ(workdays_between(date(std::to_string(year - 1) + "-12-31"),
                               date(std::to_string(year) + "-12-31"), notices()),
              count)
        << year;
  }
}

}  // namespace
}  // namespace anjuan
