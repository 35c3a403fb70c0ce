// How a calculation reads, word for word, in both languages.
#include <gtest/gtest.h>

#include "core/messages.h"
#include "core/working_days.h"

namespace anjuan {
namespace {

class Calculation : public testing::Test {
 protected:
  void TearDown() override { set_language(Language::kChinese); }

  static std::string text(const char* from, std::int64_t count, TimeUnit unit,
                          Language language = Language::kChinese) {
    set_language(language);
    return calculation_text(due_date(parse_instant(from), count, unit, WorkCalendar::built_in()));
  }
};

TEST_F(Calculation, OfWorkingDays) {
  EXPECT_EQ(text("2026-02-13", 2, TimeUnit::kWorkday),
            "2026-02-13（周五）起算，当日不计；2026-02-14（周六，调休上班）第1个工作日；"
            "2026-02-15至02-23 春节放假，不计；2026-02-24（周二）第2个工作日，届满。");
  EXPECT_EQ(text("2026-02-13", 2, TimeUnit::kWorkday, Language::kEnglish),
            "2026-02-13 (Fri) start, not counted; "
            "2026-02-14 (Sat, make-up working day) working day 1; "
            "2026-02-15 to 02-23 Spring Festival, not counted; "
            "2026-02-24 (Tue) working day 2, due.");
}

TEST_F(Calculation, OfDaysThatRollOn) {
  EXPECT_EQ(text("2025-09-12", 20, TimeUnit::kDay),
            "2025-09-12（周五）起算，当日不计；2025-09-13至10-02 第1至20日；"
            "2025-10-02至10-08 国庆节、中秋节放假，顺延；"
            "2025-10-09（周四）此后第一个工作日，届满。");
  EXPECT_EQ(text("2025-09-12", 20, TimeUnit::kDay, Language::kEnglish),
            "2025-09-12 (Fri) start, not counted; 2025-09-13 to 10-02 days 1 to 20; "
            "2025-10-02 to 10-08 National Day and Mid-Autumn Festival, rolls on; "
            "2025-10-09 (Thu) first working day after, due.");
}

TEST_F(Calculation, OfDaysThatEndOnAWorkingDay) {
  EXPECT_EQ(text("2025-09-12", 18, TimeUnit::kDay),
            "2025-09-12（周五）起算，当日不计；2025-09-13至09-29 第1至17日；"
            "2025-09-30（周二）第18日，届满。");
  EXPECT_EQ(text("2026-03-05", 2, TimeUnit::kDay),
            "2026-03-05（周四）起算，当日不计；2026-03-06至03-07 第1至2日；"
            "2026-03-07至03-08 周末，顺延；2026-03-09（周一）此后第一个工作日，届满。");
}

TEST_F(Calculation, OfHours) {
  EXPECT_EQ(text("2026-02-13T17:20:00", 24, TimeUnit::kHour),
            "2026-02-13 17:20 起算；至 2026-02-14 17:20 共24小时，连续计算，届满。");
  EXPECT_EQ(text("2026-02-13T17:20:00", 24, TimeUnit::kHour, Language::kEnglish),
            "2026-02-13 17:20 start; 2026-02-14 17:20 after 24 hours run through, due.");
}

TEST_F(Calculation, OverRunsOfDaysWeekendsAndTheTurnOfTheYear) {
  EXPECT_EQ(text("2025-12-24", 8, TimeUnit::kWorkday),
            "2025-12-24（周三）起算，当日不计；2025-12-25至12-26 第1至2个工作日；"
            "2025-12-27至12-28 周末，不计；2025-12-29至12-31 第3至5个工作日；"
            "2026-01-01至01-03 元旦放假，不计；2026-01-04（周日，调休上班）第6个工作日；"
            "2026-01-05（周一）第7个工作日；2026-01-06（周二）第8个工作日，届满。");
  EXPECT_EQ(text("2025-12-24", 8, TimeUnit::kWorkday, Language::kEnglish),
            "2025-12-24 (Wed) start, not counted; 2025-12-25 to 12-26 working days 1 to 2; "
            "2025-12-27 to 12-28 weekend, not counted; "
            "2025-12-29 to 12-31 working days 3 to 5; "
            "2026-01-01 to 01-03 New Year, not counted; "
            "2026-01-04 (Sun, make-up working day) working day 6; "
            "2026-01-05 (Mon) working day 7; 2026-01-06 (Tue) working day 8, due.");
}

TEST_F(Calculation, SaysThatItIsProvisional) {
  EXPECT_EQ(text("2026-12-31", 1, TimeUnit::kWorkday),
            "2026-12-31（周四）起算，当日不计；2027-01-01（周五）第1个工作日，届满；"
            "暂定：2027年的节假日安排尚未导入，暂按周一至周五上班计算，导入后重新计算。");
  EXPECT_EQ(text("2026-12-31", 1, TimeUnit::kWorkday, Language::kEnglish),
            "2026-12-31 (Thu) start, not counted; 2027-01-01 (Fri) working day 1, due; "
            "provisional: the notice of 2027 is not there yet, Mondays to Fridays are taken as "
            "working days until it is imported.");
}

TEST_F(Calculation, OfNoDays) {
  EXPECT_EQ(text("2026-03-06", 0, TimeUnit::kWorkday), "2026-03-06（周五）当日届满。");
  EXPECT_EQ(text("2026-03-07", 0, TimeUnit::kDay),
            "2026-03-07至03-08 周末，顺延；2026-03-09（周一）此后第一个工作日，届满。");
}

}  // namespace
}  // namespace anjuan
