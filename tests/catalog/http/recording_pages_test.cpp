// What the page of a package says of recordings that were measured.

#include <gtest/gtest.h>

#include "catalog/http/continuity_strip.h"
#include "catalog/http/format.h"
#include "catalog/http/labels.h"
#include "catalog/http/list_page.h"
#include "catalog/http/package_page.h"
#include "core/xml_reader.h"
#include "tests/catalog/recorded_case.h"

namespace anjuan::test {
namespace {

using catalog::MeasuredRow;
using catalog::StripPiece;
using testing::HasSubstr;
using testing::Not;

MeasuredRow two_parts() {
  MeasuredRow row;
  row.verdict = "GAP_FOUND";
  row.coverage_ppm = 979'591;
  row.parts = {{60'000, "", ""}, {60'000, "", ""}};
  row.gaps = {{0, 60'000, 2'000, "", ""}, {1, 30'000, 500, "", ""}};
  return row;
}

constexpr auto kRecorded = StripPiece::Kind::kRecorded;
constexpr auto kMissing = StripPiece::Kind::kMissing;

TEST(Strip, LaysFilesAndGapsBehindEachOther) {
  const std::vector<StripPiece> expected = {{kRecorded, 0, 60'000, 0},
                                            {kMissing, 60'000, 2'000, 0},
                                            {kRecorded, 62'000, 30'000, 0},
                                            {kMissing, 92'000, 500, 1},
                                            {kRecorded, 92'500, 30'000, 0}};
  EXPECT_EQ(catalog::strip_of(two_parts()), expected);
  EXPECT_EQ(catalog::length_of(expected), 122'500);
}

TEST(Strip, TakesGapsInTheOrderOfTheirTimesAndHoldsThemInTheirFile) {
  auto row = two_parts();
  row.parts.resize(1);
  row.gaps = {{0, 99'000, 1'000, "", ""}, {0, 10'000, 1'000, "", ""}, {7, 0, 5'000, "", ""}};
  const std::vector<StripPiece> expected = {{kRecorded, 0, 10'000, 0},
                                            {kMissing, 10'000, 1'000, 1},
                                            {kRecorded, 11'000, 50'000, 0},
                                            {kMissing, 61'000, 1'000, 0}};
  EXPECT_EQ(catalog::strip_of(row), expected);
}

TEST(Strip, IsNotDrawnWhereALengthIsUnknown) {
  auto row = two_parts();
  row.parts[1].measured_ms = 0;
  EXPECT_TRUE(catalog::strip_of(row).empty());
  EXPECT_TRUE(catalog::strip_of({}).empty());
}

TEST(Format, WritesCoverageSecondsAndClocksForPeople) {
  EXPECT_EQ(catalog::percent_text(1'000'000), "100.00%");
  EXPECT_EQ(catalog::percent_text(999'999), "99.99%");
  EXPECT_EQ(catalog::percent_text(932'650), "93.27%");
  EXPECT_EQ(catalog::percent_text(932'649), "93.26%");
  EXPECT_EQ(catalog::percent_text(0), "0.00%");
  EXPECT_EQ(catalog::seconds_text(2'040), "2.04");
  EXPECT_EQ(catalog::seconds_text(146'000), "146");
  EXPECT_EQ(catalog::seconds_text(0), "0");
  EXPECT_EQ(catalog::clock_of(3'725'400), "1:02:05");
  EXPECT_EQ(catalog::readable_clock("2025-06-17T09:04:30.120+08:00"), "2025-06-17 09:04:30");
  EXPECT_EQ(catalog::readable_clock("09:04:30.120"), "09:04:30");
}

class RecordingPage : public testing::Test {
 protected:
  std::string page(const MeasuredRow& row, Language language = Language::kChinese) {
    catalog::PackageDetail detail;
    detail.package.id = "00000000-0000-4000-8000-000000000000";
    catalog::RecordingRow recording;
    recording.id = "V1";
    recording.method = "录像";
    recording.segments = {{"av/1.avi", "ID-1", "video/x-msvideo", 5, "", 60}};
    recording.measured = row;
    detail.recordings = {recording};
    catalog::Visit visit;
    visit.language = language;
    visit.path = "/";
    auto text = catalog::package_page(visit, {detail, {}, "a"});
    EXPECT_NO_THROW(read_xml_tree(text.substr(text.find('\n')), "page"));
    return text;
  }
};

TEST_F(RecordingPage, SaysEveryVerdictInWordsAndNeverThatAnybodyTampered) {
  for (const auto verdict : catalog::kContinuityVerdicts) {
    auto row = two_parts();
    row.verdict = verdict;
    for (const auto language : {Language::kChinese, Language::kEnglish}) {
      const auto text = page(row, language);
      const auto label = say_in(language, fmt::format("catalog.continuity_{}", verdict));
      EXPECT_THAT(text, HasSubstr("</svg>\n" + label));
      EXPECT_THAT(text, Not(HasSubstr(std::string(verdict)))) << "words, not codes";
      for (const auto* accusation : {"篡改", "伪造", "tamper", "forge", "manipulat"}) {
        EXPECT_THAT(text, Not(HasSubstr(accusation)));
      }
    }
  }
}

TEST_F(RecordingPage, KeepsTheReservationBesideWhatIsOnlyNotContradicted) {
  auto row = two_parts();
  row.verdict = "CONTINUOUS_NOT_CONTRADICTED";
  row.gaps.clear();
  row.coverage_ppm = 1'000'000;
  const auto text = page(row);
  EXPECT_THAT(text, HasSubstr("未见中断（无时钟可核）"));
  EXPECT_THAT(text, HasSubstr("归档时请注明这一保留"));
  EXPECT_THAT(text, HasSubstr("覆盖率 100.00%"));
}

TEST_F(RecordingPage, DrawsTheStripAndTellsEachGapInWords) {
  auto row = two_parts();
  row.gaps[0].from_clock = "2025-06-17T09:05:30.000+08:00";
  row.gaps[0].to_clock = "2025-06-17T09:05:32.000+08:00";
  const auto text = page(row);
  EXPECT_THAT(text, HasSubstr("aria-label=\"时间轴：已录 0:02:00，中断 2 处，共缺 2.5 秒。\""));
  EXPECT_THAT(text, HasSubstr("<rect class=\"missing\" x=\"489.80\" y=\"0\" width=\"16.33\""));
  EXPECT_THAT(text, HasSubstr("<li>画面时钟 2025-06-17 09:05:30 至 2025-06-17 09:05:32，"
                              "缺 2 秒</li>"));
  EXPECT_THAT(text, HasSubstr("<li>第 2 段 0:00:30 处，缺 0.5 秒</li>"));
  row.parts.resize(1);
  row.gaps = {{0, 30'000, 500, "", ""}};
  EXPECT_THAT(page(row), HasSubstr("<li>录像 0:00:30 处，缺 0.5 秒</li>"));
}

TEST_F(RecordingPage, ShowsAShortGapOfALongRecording) {
  MeasuredRow row;
  row.verdict = "GAP_FOUND";
  row.parts = {{4LL * 3600 * 1000, "", ""}};
  row.gaps = {{0, 4LL * 3600 * 1000, 120, "", ""}};
  EXPECT_THAT(page(row), HasSubstr("<rect class=\"missing\" x=\"995.00\" y=\"0\" width=\"5.00\""));
}

TEST_F(RecordingPage, CountsTheGapsThatItDoesNotList) {
  MeasuredRow row;
  row.verdict = "GAP_FOUND";
  row.parts = {{1'000'000, "", ""}};
  for (int i = 0; i < 103; ++i) row.gaps.push_back({0, i * 1000, 500, "", ""});
  EXPECT_THAT(page(row), HasSubstr("另有 3 处"));
}

TEST_F(RecordingPage, ShowsWhatItDoesNotKnowAsItStands) {
  auto row = two_parts();
  row.verdict = "A <NEW> VERDICT";
  EXPECT_THAT(page(row), HasSubstr("A &lt;NEW&gt; VERDICT"));
  row.verdict = "";
  row.not_measured = "a new reason";
  const auto text = page(row);
  EXPECT_THAT(text, HasSubstr("a new reason"));
  EXPECT_THAT(text, Not(HasSubstr("<svg class=\"strip\"")));
  row.not_measured = "photograph";
  EXPECT_THAT(page(row), HasSubstr("照片，不作连续性检测"));
}

TEST_F(RecordingPage, GivesTheJudgesReasonsWithPictures) {
  auto row = two_parts();
  row.report = "ID-report";
  row.findings = {{"gap", "时钟跳过 2 秒", "the clock skips 2 s", 3, 2},
                  {"note", "静止", "still", 5, 0}};
  const auto text = page(row);
  EXPECT_THAT(text, HasSubstr("检测依据（2 项）"));
  EXPECT_THAT(text, HasSubstr("<li>时钟跳过 2 秒<p class=\"crops\">"));
  const std::string crops =
      "src=\"/packages/00000000-0000-4000-8000-000000000000/files/ID-report/crops/";
  EXPECT_THAT(text, HasSubstr(crops + "3\" alt=\"该处的画面时钟，第 1 幅，共 2 幅\""));
  EXPECT_THAT(text, HasSubstr(crops + "4\""));
  EXPECT_THAT(text, Not(HasSubstr(crops + "5\"")));
  EXPECT_THAT(page(row, Language::kEnglish), HasSubstr("the clock skips 2 s"));
  EXPECT_THAT(text, HasSubstr("<details class=\"basis\" open=\"\">"));
  row.verdict = "CONTINUOUS_CONFIRMED";
  EXPECT_THAT(page(row), HasSubstr("<details class=\"basis\">")) << "nobody need look";
  row.findings.resize(60, row.findings[1]);
  EXPECT_THAT(page(row), HasSubstr("另有 10 处"));
}

TEST_F(RecordingPage, StatesDutyAndStorageInTime) {
  auto row = two_parts();
  row.duty = "required";
  row.duty_article = "15";
  row.due_at = "2025-06-19T18:00:00+08:00";
  row.due_kept = "no";
  row.due_article = "30(1)";
  auto text = page(row);
  EXPECT_THAT(text, HasSubstr("应当全程不间断（操作细则第十五条）"));
  EXPECT_THAT(text, HasSubstr("否，应于 2025-06-19 18:00:00 前存储（操作细则第三十条第一款）"));
  row.duty = "unknown";
  row.due_kept = "";
  text = page(row);
  EXPECT_THAT(text, Not(HasSubstr("摄录要求")));
  EXPECT_THAT(text, Not(HasSubstr("按期存储")));
}

TEST_F(RecordingPage, PlaysTheAccessCopyAndLeadsToEverythingElse) {
  auto row = two_parts();
  row.sidecar = "ID-sidecar";
  row.report = "ID-report";
  row.copies = {{"preservation", "ID-p", "ID-1", "ID-proof", "", "video/x-matroska", 2048},
                {"access", "ID-a", "ID-1", "", "", "video/mp4", 1024},
                {"access", "ID-other", "ID-2", "", "", "video/mp4", 1024}};
  const auto text = page(row);
  const std::string files = "/packages/00000000-0000-4000-8000-000000000000/files/";
  EXPECT_THAT(text, HasSubstr("src=\"" + files + "ID-a\""));
  EXPECT_THAT(text, Not(HasSubstr("ID-other")));
  for (const auto* id : {"ID-1", "ID-p", "ID-a", "ID-proof", "ID-sidecar", "ID-report"}) {
    EXPECT_THAT(text, HasSubstr("href=\"" + files + id + "\"")) << id;
  }
  EXPECT_THAT(text, HasSubstr("长期保存副本 · 2.0 kB"));
  row.copies = {{"preservation", "", "ID-1", "", "已超出本卷额度", "", 0}};
  const auto without = page(row);
  EXPECT_THAT(without, HasSubstr("长期保存副本未制作：已超出本卷额度"));
  EXPECT_THAT(without, HasSubstr("src=\"" + files + "ID-1\"")) << "the original, where it serves";
}

TEST_F(RecordingPage, OfAStoredPackageIsWhole) {
  TemporaryFolder staged(fast_folder());
  CatalogHome home;
  const auto id = home.add_case(recorded_case(), recorded_content(),
                                measured_as(recorded_sidecar(), staged.path()));
  const auto detail = home.index().find(id);
  catalog::Visit visit;
  visit.path = "/";
  const auto text = catalog::package_page(visit, {*detail, {}, "a"});
  EXPECT_THAT(text, HasSubstr("有中断"));
  EXPECT_THAT(text, HasSubstr("2025-06-17 09:04:30"));
  EXPECT_THAT(text, HasSubstr("97.96%"));
}

TEST(ListPage, FiltersByContinuity) {
  TemporaryFolder staged(fast_folder());
  CatalogHome home;
  home.add_case(recorded_case(), recorded_content(),
                measured_as(recorded_sidecar(), staged.path()));
  home.add_case(CatalogHome::fixture("A"));
  catalog::Visit visit;
  visit.path = "/";
  EXPECT_THAT(catalog::list_page(visit, home.index()), HasSubstr("共 2 卷"));
  visit.query["continuity"] = "GAP_FOUND";
  const auto text = catalog::list_page(visit, home.index());
  EXPECT_THAT(text, HasSubstr("共 1 卷"));
  EXPECT_THAT(text, HasSubstr("<option value=\"GAP_FOUND\" selected=\"\">有中断</option>"));
}

}  // namespace
}  // namespace anjuan::test
