#include "preservation/calendar_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/embedded.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "preservation/act_log.h"
#include "preservation/doctor.h"
#include "tests/support/corpora.h"
#include "tests/support/crash.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const FixedClock kClock(parse_instant("2026-11-26T10:00:00+08:00"));

/// A notice of 2027 in which New Year's Day and `day` are off.
std::string notice(const std::string& day = "2027-01-04") {
  return fmt::format(R"({{
 "schema": "urn:anjuan:calendar:1",
 "year": 2027,
 "title": "国务院办公厅关于2027年部分节假日安排的通知",
 "source_url": "https://www.gov.cn/",
 "off": ["2027-01-01", "{}"],
 "work": ["2027-01-09"],
 "statutory": ["2027-01-01"]
}}
)",
                     day);
}

std::size_t count_none(const WorkCalendar&, const WorkCalendar&) { return 0; }

class CalendarImportTest : public testing::Test {
 protected:
  void SetUp() override { put(notice()); }

  void put(const std::string& text) const { test::write_text(file_, text); }

  ImportedCalendar take_in(const std::string& reason = "",
                           const Recompute& recompute = count_none) const {
    return import_calendar(home_, {file_, reason, actor_}, kClock, recompute);
  }

  std::string installed() const {
    const fs::path own = home_.calendar() / "2027.json";
    return fs::exists(own) ? test::read_text(own) : "";
  }

  std::vector<Act> acts() const { return ActLog::open(home_).acts(); }

  std::vector<fs::path> events() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(home_.data() / "acts")) {
      files.push_back(entry.path());
    }
    return files;
  }

  test::TemporaryFolder folder_{test::fast_folder()};
  Home home_ = Home::create(folder_ / "home");
  fs::path file_ = folder_ / "notice.json";
  Actor actor_{ActorKind::kPerson, "os:liyang", "李样"};
};

TEST_F(CalendarImportTest, PutsTheNoticeInForceWithARecord) {
  const auto imported = take_in();
  EXPECT_EQ(imported.year, 2027);
  EXPECT_TRUE(imported.is_new);
  EXPECT_EQ(installed(), notice());
  EXPECT_EQ(imported.digest, digest_bytes(notice()).sha512);
  ASSERT_THAT(acts(), SizeIs(1));
  const Act act = acts().front();
  EXPECT_EQ(act.actor.id, "os:liyang");
  EXPECT_EQ(act.actor.name, "李样");
  EXPECT_EQ(act.time, kClock.now());
  EXPECT_EQ(act.kind, "calendar import");
  EXPECT_EQ(act.object, "data/calendar/2027.json");
  EXPECT_EQ(act.digest, imported.digest);
  EXPECT_EQ(act.replaced, "");
  EXPECT_THAT(events(), SizeIs(1));
  EXPECT_THAT(unrecorded_notices(home_), IsEmpty());
}

TEST_F(CalendarImportTest, ChangesNothingTheSecondTime) {
  take_in();
  EXPECT_FALSE(take_in().is_new);
  EXPECT_THAT(acts(), SizeIs(1));
  EXPECT_THAT(events(), SizeIs(1));
}

TEST_F(CalendarImportTest, AsksForAReasonBeforeItReplaces) {
  take_in();
  put(notice("2027-01-05"));
  const auto thrown = test::thrown_by([&] { take_in(); });
  EXPECT_EQ(thrown.word, "conflict");
  EXPECT_THAT(thrown.message, HasSubstr("2027年已有节假日安排"));
  EXPECT_EQ(installed(), notice());
  EXPECT_THAT(acts(), SizeIs(1));
}

TEST_F(CalendarImportTest, KeepsWhatItReplacesUnderItsDigest) {
  const std::string old = take_in().digest;
  put(notice("2027-01-05"));
  EXPECT_TRUE(take_in("通知更正").is_new);
  EXPECT_EQ(installed(), notice("2027-01-05"));
  EXPECT_EQ(test::read_text(home_.calendar() / "replaced" / (old + ".json")), notice());
  EXPECT_EQ(acts().back().replaced, old);
  EXPECT_EQ(acts().back().reason, "通知更正");
}

TEST_F(CalendarImportTest, KeepsABuiltInNoticeThatItReplaces) {
  const std::string built_in(embedded("calendar/2026.json"));
  put(built_in);
  EXPECT_FALSE(take_in().is_new);
  put(built_in + "\n");
  EXPECT_EQ(test::thrown_by([&] { take_in(); }).word, "conflict");
  take_in("核对后更正");
  EXPECT_EQ(
      test::read_text(home_.calendar() / "replaced" / (digest_bytes(built_in).sha512 + ".json")),
      built_in);
}

TEST_F(CalendarImportTest, RefusesABadFileAndLeavesNothing) {
  put(notice("2027-02-30"));
  const auto thrown = test::thrown_by([&] { take_in(); });
  EXPECT_EQ(thrown.word, "invalid");
  EXPECT_THAT(thrown.message, HasSubstr("第 6 行：“2027-02-30”不是日历上存在的日期"));
  EXPECT_EQ(installed(), "");
  EXPECT_FALSE(fs::exists(home_.data() / "acts.journal"));
  put(std::string(kNoticeBytesMax + 1, ' '));
  EXPECT_EQ(test::thrown_by([&] { take_in(); }).word, "refused");
}

TEST_F(CalendarImportTest, HasPackagesComputedAnewByBothCalendars) {
  const Day first{std::chrono::year{2027} / 1 / 1};
  const auto imported = take_in("", [&](const WorkCalendar& before, const WorkCalendar& after) {
    EXPECT_FALSE(before.is_known(first));
    EXPECT_TRUE(after.is_known(first));
    return std::size_t{3};
  });
  EXPECT_EQ(imported.recomputed, 3U);
}

class IgnoreXml final : public XmlHandler {
  void start(std::string_view, std::string_view, const std::vector<XmlAttribute>&, Place) override {
  }

  void text(std::string_view) override {}

  void end(std::string_view, std::string_view) override {}
};

TEST_F(CalendarImportTest, WritesPremisThatIsValidByTheOfficialSchema) {
  const auto corpora = test::corpora("schemas");
  if (corpora.empty()) GTEST_SKIP() << "the official schemas are absent (ANJUAN_CORPORA)";
  const auto schema = XmlSchemaSet::from_files({corpora / "premis-v3-0.xsd"});
  take_in();
  put(notice("2027-01-05"));
  take_in("通知更正 <&> \x01");
  ASSERT_THAT(events(), SizeIs(2));
  for (const fs::path& event : events()) {
    IgnoreXml handler;
    Findings findings;
    parse_xml_text(test::read_text(event), event.filename(), handler, &schema, &findings);
    EXPECT_THAT(findings, IsEmpty()) << (findings.empty() ? "" : findings.front().message);
  }
}

TEST_F(CalendarImportTest, TellsTheActInPremis) {
  const std::string old = take_in().digest;
  put(notice("2027-01-05"));
  const std::string now = take_in("通知更正").digest;
  const std::string text = test::read_text(home_.data() / "acts" / (acts().back().id + ".xml"));
  for (const std::string& told :
       {std::string("<eventType>replacement</eventType>"),
        std::string(">2026-11-26T10:00:00.000+08:00</eventDateTime>"), std::string("os:liyang"),
        std::string("李样"), std::string("通知更正"), old, now}) {
    EXPECT_THAT(text, HasSubstr(told));
  }
}

TEST_F(CalendarImportTest, TellsOfAFileThatNoActPutThereUntilItIsImported) {
  fs::create_directories(home_.calendar());
  test::write_text(home_.calendar() / "2027.json", notice());
  EXPECT_THAT(unrecorded_notices(home_),
              ElementsAre(HasSubstr("data/calendar/2027.json”没有导入")));
  EXPECT_FALSE(fs::exists(home_.data() / "acts.journal"));
  EXPECT_TRUE(take_in().is_new);
  EXPECT_THAT(unrecorded_notices(home_), IsEmpty());
  test::write_text(home_.calendar() / "2027.json", notice("2027-01-06"));
  EXPECT_THAT(unrecorded_notices(home_), SizeIs(1));
}

Checkup calendar_checkup(const Home* home, const char* now) {
  for (const Checkup& checkup : examine(home, FixedClock(parse_instant(now)))) {
    if (checkup.check == "calendar") return checkup;
  }
  return {};
}

TEST_F(CalendarImportTest, IsAskedForByTheDoctorFromTheFirstOfDecember) {
  EXPECT_EQ(calendar_checkup(&home_, "2026-11-30T23:59:59").state, Health::kSound);
  const Checkup late = calendar_checkup(&home_, "2026-12-01");
  EXPECT_EQ(late.state, Health::kWarning);
  EXPECT_THAT(late.detail, HasSubstr("2027年的节假日安排尚未导入"));
  EXPECT_EQ(calendar_checkup(nullptr, "2026-12-01").state, Health::kWarning);
  take_in();
  EXPECT_EQ(calendar_checkup(&home_, "2026-12-01").state, Health::kSound);
  EXPECT_THAT(calendar_checkup(&home_, "2028-03-01").detail, HasSubstr("2028年"));
  test::write_text(home_.calendar() / "2027.json", "{");
  EXPECT_EQ(calendar_checkup(&home_, "2026-12-01").state, Health::kFailed);
}

/// Dies at every fault point of an import, then does it again.
class CalendarImportCrashTest : public CalendarImportTest {
 protected:
  void die_everywhere(const std::string& before, const std::string& reason) {
    const auto points = test::crash_points_of([&] { take_in(reason); });
    if (points.empty()) GTEST_SKIP() << "built without ANJUAN_FAULT_POINTS";
    EXPECT_GT(points.size(), 10U);
    for (const auto& point : points) {
      SCOPED_TRACE(fmt::format("{} {}", point.number, point.name));
      reset(before);
      ASSERT_TRUE(test::killed_at(point, [&] { take_in(reason); }));
      EXPECT_THAT(installed(), testing::AnyOf(before, notice()));
      EXPECT_NO_THROW(WorkCalendar::load(home_.calendar()));
      take_in(reason);
      EXPECT_EQ(installed(), notice());
      EXPECT_EQ(acts().back().digest, digest_bytes(notice()).sha512);
      EXPECT_EQ(events().size(), acts().size());
      EXPECT_THAT(unrecorded_notices(home_), IsEmpty());
      for (const auto& entry : fs::recursive_directory_iterator(home_.data())) {
        EXPECT_FALSE(entry.path().filename().string().starts_with(kTemporaryPrefix))
            << entry.path();
      }
    }
  }

  /// The home as it was made, with the notice `before`, if there is one, imported.
  void reset(const std::string& before) {
    fs::remove_all(folder_ / "home");
    home_ = Home::create(folder_ / "home");
    if (before.empty()) return;
    put(before);
    take_in();
    put(notice());
  }
};

TEST_F(CalendarImportCrashTest, LeavesNoNoticeOrTheNewOne) { die_everywhere("", ""); }

TEST_F(CalendarImportCrashTest, LeavesTheOldNoticeOrTheNewOne) {
  reset(notice("2027-01-05"));
  die_everywhere(notice("2027-01-05"), "通知更正");
}

}  // namespace
}  // namespace anjuan::preservation
