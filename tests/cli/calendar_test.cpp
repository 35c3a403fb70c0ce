// The verbs due and calendar as programs see them; what people see is in tests/golden/calendar.txt.
#include "tests/cli/exchange_fixture.h"

namespace anjuan::test {
namespace {

using testing::HasSubstr;

constexpr const char* kNotice = R"({
 "schema": "urn:anjuan:calendar:1",
 "year": 2027,
 "title": "国务院办公厅关于2027年部分节假日安排的通知",
 "source_url": "https://www.gov.cn/",
 "off": ["2027-01-01"],
 "work": [],
 "statutory": ["2027-01-01"],
 "names": {"2027-01-01": "元旦"}
}
)";

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, ignored] : object.members()) keys.push_back(key);
  return keys;
}

/// No home lies there.
class Due : public testing::Test {
 protected:
  ProcessResult due(std::vector<std::string> arguments,
                    const std::map<std::string, std::string>& environment = {}) const {
    arguments.insert(arguments.begin(), "due");
    arguments.push_back("--json");
    return run_anjuan(folder_ / "nowhere", arguments, environment);
  }

  TemporaryFolder folder_;
};

TEST_F(Due, NeedsNoHome) {
  const auto result = due({"2026-02-13", "2", "workday"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json line = last_line(result.out);
  EXPECT_EQ(keys_of(line),
            (std::vector<std::string>{"from", "n", "unit", "due", "provisional", "steps"}));
  EXPECT_EQ(line.text_or("from", ""), "2026-02-13");
  EXPECT_EQ(line.find("n")->as_integer(), 2);
  EXPECT_EQ(line.text_or("due", ""), "2026-02-24");
  EXPECT_FALSE(line.find("provisional")->as_boolean());
  const auto& steps = line.find("steps")->items();
  ASSERT_EQ(steps.size(), 4U);
  EXPECT_EQ(keys_of(steps.at(1)),
            (std::vector<std::string>{"kind", "first", "last", "count", "note", "text"}));
  EXPECT_EQ(steps.at(2).text_or("text", ""), "2026-02-15至02-23 春节放假，不计");
}

TEST_F(Due, IsTheSameInAnyTimeZone) {
  for (const char* zone : {"UTC", "America/Los_Angeles", "Pacific/Kiritimati"}) {
    const auto result = due({"2026-02-12T16:30:00Z", "24", "hour"}, {{"TZ", zone}});
    EXPECT_EQ(last_line(result.out).text_or("due", ""), "2026-02-14T00:30:00+08:00") << zone;
    const auto days = due({"2026-02-12T16:30:00Z", "2", "workday"}, {{"TZ", zone}});
    EXPECT_EQ(last_line(days.out).text_or("due", ""), "2026-02-24") << zone;
  }
}

TEST_F(Due, SaysThatItIsProvisional) {
  const auto result = due({"2026-12-31", "1", "workday"});
  EXPECT_TRUE(last_line(result.out).find("provisional")->as_boolean());
}

TEST_F(Due, RefusesWhatItCannotCount) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"yesterday", "2", "day"},
                                             {"2026-02-30", "2", "day"},
                                             {"2026-02-13", "-2", "day"},
                                             {"2026-02-13", "99999999999", "day"},
                                             {"2026-02-13", "two", "day"},
                                             {"2026-02-13", "2", "month"},
                                             {"2026-02-13", "2"}}) {
    EXPECT_EQ(due(arguments).exit_code, 2) << arguments.front();
  }
}

class Calendar : public HomeTest {
 protected:
  void SetUp() override {
    HomeTest::SetUp();
    write_text(folder_ / "2027.json", kNotice);
  }

  std::string due() const {
    return last_line(anjuan({"due", "2026-12-31", "1", "workday", "--json"}).out)
        .text_or("due", "");
  }

  ProcessResult take_in(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"calendar", "import", folder_ / "2027.json", "--json"});
    return anjuan(more);
  }
};

TEST_F(Calendar, CountsByWhatWasImported) {
  EXPECT_EQ(due(), "2027-01-01");
  const auto imported = take_in();
  ASSERT_EQ(imported.exit_code, 0) << imported.err;
  const Json line = last_line(imported.out);
  EXPECT_EQ(keys_of(line), (std::vector<std::string>{"year", "digest", "recomputed"}));
  EXPECT_EQ(line.find("year")->as_integer(), 2027);
  EXPECT_EQ(line.text_or("digest", ""), digest_bytes(kNotice).sha512);
  EXPECT_EQ(line.find("recomputed")->as_integer(), 0);
  EXPECT_EQ(due(), "2027-01-04");
}

TEST_F(Calendar, ListsWhatIsBuiltInAndWhatIsOwn) {
  take_in();
  const auto listed = anjuan({"calendar", "list", "--json"});
  ASSERT_EQ(listed.exit_code, 0) << listed.err;
  EXPECT_EQ(std::count(listed.out.begin(), listed.out.end(), '\n'), 5);
  EXPECT_THAT(listed.out, HasSubstr(R"({"year":2023,)"));
  EXPECT_THAT(listed.out, HasSubstr(R"("state":"built-in")"));
  const Json last = last_line(listed.out);
  EXPECT_EQ(keys_of(last),
            (std::vector<std::string>{"year", "title", "source", "state", "digest"}));
  EXPECT_EQ(last.text_or("state", ""), "own");
  EXPECT_EQ(last.text_or("source", ""), "https://www.gov.cn/");
}

TEST_F(Calendar, TakesAReasonToReplace) {
  take_in();
  write_text(folder_ / "2027.json", std::string(kNotice) + " ");
  EXPECT_EQ(take_in().exit_code, 3);
  EXPECT_EQ(take_in({"--reason", "通知更正"}).exit_code, 0);
}

TEST_F(Calendar, RefusesAFileThatIsNone) {
  write_text(folder_ / "2027.json", "{\n \"year\": 2027\n}");
  const auto refused = take_in();
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_EQ(last_line(refused.out).text_or("error", ""), "invalid");
  EXPECT_EQ(anjuan({"calendar", "import", "nowhere.json"}).exit_code, 4);
  EXPECT_EQ(run_anjuan(folder_ / "nohome", {"calendar", "import", folder_ / "2027.json"}).exit_code,
            10);
  EXPECT_EQ(run_anjuan(folder_ / "nohome", {"calendar", "list"}).exit_code, 0);
  EXPECT_EQ(due(), "2027-01-01");
}

TEST_F(Calendar, OfAHomeThatIsDamagedIsTold) {
  std::filesystem::create_directories(home_ / "data/calendar");
  write_text(home_ / "data/calendar/2027.json", "{");
  const auto result = anjuan({"due", "2026-12-31", "1", "workday"});
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_THAT(result.err, HasSubstr("data/calendar/2027.json"));
}

}  // namespace
}  // namespace anjuan::test
