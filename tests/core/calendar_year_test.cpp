// A file that is no notice is refused with its line and the reason.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/digest.h"
#include "core/working_days.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Lines of a good notice; each test spoils one.
using Lines = std::vector<std::string>;

Lines good() {
  return {R"({)",
          R"( "schema": "urn:anjuan:calendar:1",)",
          R"( "year": 2027,)",
          R"( "title": "国务院办公厅关于2027年部分节假日安排的通知",)",
          R"( "source_url": "https://www.gov.cn/",)",
          R"( "off": ["2026-12-31", "2027-01-01", "2027-01-04",)",
          R"(  "2027-02-08"],)",
          R"( "work": ["2027-01-09",)",
          R"(  "2027-02-20"],)",
          R"( "statutory": ["2027-01-01"],)",
          R"( "names": {"2027-01-01": "元旦",)",
          R"(  "2027-02-08": "春节"})",
          R"(})"};
}

std::string text_of(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

CalendarYear parse(const Lines& lines) { return CalendarYear::parse(text_of(lines), "2027.json"); }

struct Fault {
  const char* name;
  std::size_t line;  ///< from 1
  const char* text;
  const char* reason;
};

class NoticeFault : public testing::TestWithParam<Fault> {};

TEST_P(NoticeFault, IsRefusedWithLineAndReason) {
  const Fault& fault = GetParam();
  Lines lines = good();
  lines.at(fault.line - 1) = fault.text;
  const auto thrown = test::thrown_by([&] { parse(lines); });
  EXPECT_EQ(thrown.word, "invalid");
  EXPECT_EQ(thrown.subject, "2027.json");
  EXPECT_THAT(thrown.message, AllOf(HasSubstr(fmt::format("“2027.json”第 {} 行", fault.line)),
                                    HasSubstr(fault.reason)));
}

constexpr Fault kFaults[] = {
    {"OtherSchema", 2, R"( "schema": "cn.workcalendar/1",)", "urn:anjuan:calendar:1"},
    {"UnknownKey", 4, R"( "title": "x", "holidays": [],)", "没有名为“holidays”的项目"},
    {"NoYear", 3, R"( "year": "2027",)", "“year”应为 1999 至 2199"},
    {"YearTooEarly", 3, R"( "year": 1998,)", "“year”应为"},
    {"YearBeyondIntegers", 3, R"( "year": 99999999999999999999999,)", "“year”应为"},
    {"YearWithFraction", 3, R"( "year": 2027.0,)", "“year”应为"},
    {"EmptyTitle", 4, R"( "title": "",)", "“title”应为"},
    {"TitleWithControl", 4, R"( "title": "a\u001bb",)", "“title”应为"},
    {"TitleOfAnotherType", 4, R"( "title": ["x"],)", "“title”应为"},
    {"BadFlag", 5, R"( "source_url": "x", "doc_no_verified": "no",)", "true 或 false"},
    {"OffIsNoList", 6, R"( "off": "2027-01-01", "justified": [)", "“off”应为"},
    {"NoSuchDay", 7, R"(  "2027-02-29"],)", "“2027-02-29”不是日历上存在的日期"},
    {"DayWithTime", 7, R"(  "2027-02-08T00:00:00Z"],)", "不是日历上存在的日期"},
    {"DayThatIsNoText", 7, R"(  20270208],)", "“20270208”不是日历上存在的日期"},
    {"DayOfAnotherYear", 7, R"(  "2026-11-30"],)", "不属于 2027 年的安排"},
    {"DayFarLater", 7, R"(  "2028-02-01"],)", "不属于 2027 年的安排"},
    {"DayTwice", 7, R"(  "2027-01-01"],)", "“off”中 2027-01-01 重复出现"},
    {"OffAndWork", 9, R"(  "2027-02-08"],)", "2027-02-08 既列为放假又列为上班"},
    {"WorkOnAWeekday", 9, R"(  "2027-02-22"],)", "2027-02-22 不是周六或周日"},
    {"StatutoryNotOff", 10, R"( "statutory": ["2027-01-02"],)", "没有列入放假日期"},
    {"NameOfAnOrdinaryDay", 12, R"(  "2027-02-09": "春节"})", "既不在放假日期中"},
    {"NameThatIsNoText", 12, R"(  "2027-02-08": 5})", "“2027-02-08”应为"},
};

INSTANTIATE_TEST_SUITE_P(Files, NoticeFault, testing::ValuesIn(kFaults),
                         [](const auto& fault) { return std::string(fault.param.name); });

TEST(Notice, IsReadWholeAndSorted) {
  Lines lines = good();
  std::swap(lines[5], lines[6]);
  lines[5] = R"( "off": ["2027-02-08", "2027-01-04",)";
  lines[6] = R"(  "2027-01-01", "2026-12-31"],)";
  const CalendarYear year = parse(lines);
  EXPECT_EQ(year.year, 2027);
  EXPECT_EQ(year.off.size(), 4U);
  EXPECT_TRUE(std::is_sorted(year.off.begin(), year.off.end()));
  EXPECT_EQ(to_text(year.off.front()), "2026-12-31");
  EXPECT_EQ(year.work.size(), 2U);
  EXPECT_EQ(year.names.size(), 2U);
  EXPECT_EQ(year.digest, digest_bytes(text_of(lines)).sha512);
}

TEST(Notice, MayListAWeekdayAsWorkedWithAReason) {
  Lines lines = good();
  lines[8] = R"(  "2027-02-22"], "justified": {"2027-02-22": "通知专门写明"},)";
  EXPECT_EQ(parse(lines).work.size(), 2U);
}

TEST(Notice, NeedsItsKeys) {
  for (const std::size_t line : {1U, 2U, 3U, 4U, 9U}) {
    Lines lines = good();
    lines[line].clear();
    const auto thrown = test::thrown_by([&] { parse(lines); });
    EXPECT_THAT(thrown.message, HasSubstr("缺少")) << line;
  }
}

TEST(Notice, HasBoundedSize) {
  Lines lines = good();
  lines[6] = R"(  "2027-02-08")";
  for (int i = 0; i < 120; ++i) lines[6] += R"(, "2027-02-08")";
  lines[6] += "],";
  EXPECT_THAT(test::thrown_by([&] { parse(lines); }).message, HasSubstr("超过 120 天"));
  lines = good();
  lines[3] = R"( "title": ")" + std::string(501, 'x') + R"(",)";
  EXPECT_THAT(test::thrown_by([&] { parse(lines); }).message, HasSubstr("500 字节"));
}

TEST(Notice, SurvivesEveryCutAndEveryChangedByte) {
  const std::string whole = text_of(good());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0x15);
    for (const std::string& text : {whole.substr(0, i), changed}) {
      const auto thrown = test::thrown_by([&] { CalendarYear::parse(text, "x"); });
      EXPECT_THAT(thrown.word, testing::AnyOf("invalid", "nothing"));
    }
  }
}

class HomeNotices : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
};

TEST_F(HomeNotices, ComeOnTopOfTheBuiltIn) {
  test::write_text(folder_ / "2027.json", text_of(good()));
  test::write_text(folder_ / "notes.txt", "not a notice");
  const WorkCalendar calendar = WorkCalendar::load(folder_.path());
  EXPECT_EQ(calendar.years().size(), WorkCalendar::built_in().years().size() + 1);
  EXPECT_TRUE(calendar.is_known(Day{std::chrono::year{2027} / 6 / 1}));
}

TEST_F(HomeNotices, MayBeAbsent) {
  EXPECT_EQ(WorkCalendar::load(folder_ / "none").years().size(), 4U);
  EXPECT_EQ(WorkCalendar::load(std::nullopt).years().size(), 4U);
}

TEST_F(HomeNotices, ThatCannotBeListedAreToldOf) {
  test::write_text(folder_ / "file", "");
  EXPECT_EQ(test::thrown_by([&] { WorkCalendar::load(folder_ / "file"); }).word, "io");
}

TEST_F(HomeNotices, AreRefusedUnderAnotherName) {
  test::write_text(folder_ / "2028.json", text_of(good()));
  const auto thrown = test::thrown_by([&] { WorkCalendar::load(folder_.path()); });
  EXPECT_EQ(thrown.word, "invalid");
  EXPECT_THAT(thrown.message, HasSubstr("文件名应为 2027.json"));
}

}  // namespace
}  // namespace anjuan
