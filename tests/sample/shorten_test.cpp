// --seconds: what the rules judge in time is the same before and after (docs/formats/sample.md).

#include <fstream>

#include <gtest/gtest.h>

#include "core/clock.h"
#include "core/durable.h"
#include "tests/sample/sample_program.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {
namespace {

using std::chrono::seconds;

constexpr seconds kEdge{120};  // QCL-15-6

/// `the_case` shortened by the program. Its recordings and documents have no files, so that
/// nothing is drawn.
Json shortened(const Json& the_case, int limit_s) {
  const TemporaryFolder folder;
  std::ofstream(folder / "own.json") << the_case.dump();
  const Outcome outcome = run_sample(
      folder / "out", fmt::format("--from {} --seconds {}", quoted(folder / "own.json"), limit_s));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  return Json::parse(read_file(folder / "out/own/case.json"), "own");
}

Json without_files(const Json& the_case) {
  Json result = the_case;
  for (const char* key : {"docs", "av"}) {
    std::vector<Json> items = items_of(the_case, key);
    for (Json& item : items) {
      item.set("file", Json::string(""));
      std::vector<Json> segments = items_of(item, "segments");
      for (Json& segment : segments) segment.set("file", Json::string(""));
      if (!segments.empty()) item.set("segments", Json::array(std::move(segments)));
    }
    result.set(key, Json::array(std::move(items)));
  }
  return result;
}

Json sample(const std::string& name) {
  const auto path = std::filesystem::path(ANJUAN_SOURCE_DIR) / "tests/fixtures/cases";
  return without_files(Json::parse(read_file(path / (name + ".json")), name));
}

seconds length_of(const Json& item) { return seconds(item.find("duration_s")->as_integer()); }

Instant made(const Json& item) { return parse_instant(item.text_or("made_at", "")); }

const Json& event_of(const Json& the_case, const std::string& id) {
  for (const Json& event : the_case.find("events")->items()) {
    if (event.text_or("id", "") == id) return event;
  }
  throw std::runtime_error("no event " + id);
}

/// The pieces of one device's continuous recordings of a step, in order of time.
std::vector<Json> session(const Json& the_case, const std::string& event,
                          const std::string& device) {
  std::vector<Json> pieces;
  for (const Json& recording : items_of(the_case, "av")) {
    const Json* continuous = recording.find("continuous");
    if (recording.text_or("event", "") != event || !continuous->as_boolean()) continue;
    if (recording.text_or("device_id", "") != device) continue;
    auto segments = items_of(recording, "segments");
    if (segments.empty()) segments.push_back(recording);
    pieces.insert(pieces.end(), segments.begin(), segments.end());
  }
  std::sort(pieces.begin(), pieces.end(),
            [](const Json& a, const Json& b) { return made(a) < made(b); });
  return pieces;
}

/// What the rules see of the times, as lines of text: equal before and after.
std::vector<std::string> judged(const Json& the_case) {
  std::vector<std::string> lines;
  for (const Json& recording : items_of(the_case, "av")) {
    const std::string id = recording.text_or("id", "");
    const auto drift = made(recording) - parse_instant(recording.text_or("file_time", ""));
    lines.push_back(fmt::format("{} made on {} stored {} drift {}", id,
                                to_date_text(made(recording)), recording.text_or("stored_at", ""),
                                drift.count()));
    const std::string step = recording.text_or("event", "");
    const auto pieces = session(the_case, step, recording.text_or("device_id", ""));
    if (pieces.empty()) continue;
    const Json& event = event_of(the_case, step);
    const bool starts = made(pieces[0]) <= parse_instant(event.text_or("start", "")) + kEdge;
    const bool ends = made(pieces.back()) + length_of(pieces.back()) >=
                      parse_instant(event.text_or("end", "")) - kEdge;
    lines.push_back(fmt::format("{} starts {} ends {}", id, starts, ends));
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      const auto seam = made(pieces[i]) - made(pieces[i - 1]) - length_of(pieces[i - 1]);
      lines.push_back(fmt::format("{} seam {} ms", id, seam.count()));
    }
  }
  for (const Json& before : items_of(the_case, "events")) {
    const Instant end = parse_instant(before.text_or("end", ""));
    lines.push_back(before.text_or("id", "") + " ends on " + to_date_text(end));
    for (const Json& after : items_of(the_case, "events")) {
      if (after.text_or("kind", "") != "EV_DECISION") continue;
      lines.push_back(fmt::format("{} before {}: {}", before.text_or("id", ""),
                                  after.text_or("id", ""),
                                  end <= parse_instant(after.text_or("start", ""))));
    }
  }
  return lines;
}

class ShortenedCase : public testing::TestWithParam<std::tuple<const char*, int>> {};

INSTANTIATE_TEST_SUITE_P(All, ShortenedCase,
                         testing::Combine(testing::Values("A", "A-segments", "B", "D", "E", "F",
                                                          "G", "H", "I", "J"),
                                          testing::Values(1, 8, 600)));

TEST_P(ShortenedCase, IsJudgedAsBefore) {
  const auto& [name, limit_s] = GetParam();
  const Json before = sample(name);
  const Json after = shortened(before, limit_s);
  EXPECT_EQ(judged(after), judged(before));
}

TEST_P(ShortenedCase, HasShortRecordings) {
  const auto& [name, limit_s] = GetParam();
  const Json after = shortened(sample(name), limit_s);
  for (const Json& recording : items_of(after, "av")) {
    // Each segment lasts a second at least, and seams add up.
    const auto slack = 2 + static_cast<int>(items_of(recording, "segments").size()) * 2;
    EXPECT_LE(length_of(recording).count(), limit_s + slack) << recording.dump();
  }
}

TEST(Shorten, LeavesALongerLimitAlone) {
  const Json before = sample("A");
  EXPECT_EQ(shortened(before, 86400), before);
}

TEST(Shorten, KeepsTheUncoveredHearingOfCaseE) {
  const Json after = shortened(sample("E"), 8);
  const auto pieces = session(after, "E15", "SXJ-01");
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(length_of(pieces[0]), seconds(8));
  const Instant end = parse_instant(event_of(after, "E15").text_or("end", ""));
  EXPECT_GT(end - kEdge, made(pieces[0]) + length_of(pieces[0]));
}

/// A case of one step, 09:00 to 10:00, filmed as `av` says.
Json one_step(const std::string& kind, const std::string& av, const std::string& more = "") {
  const std::string text = R"({"case_no":"样〔2026〕1号","docs":[],"events":[{"id":"E1","kind":")" +
                           kind +
                           R"(","start":"2026-03-10T09:00+08:00","end":"2026-03-10T10:00+08:00"})" +
                           more + R"(],"av":[)" + av + "]}";
  return Json::parse(text, "one step");
}

std::string clip(const std::string& made_at, int duration_s, const std::string& event = "E1") {
  return fmt::format(
      R"({{"id":"V{}","event":"{}","method":"录像","made_at":"{}","file_time":"{}",)"
      R"("stored_at":"2026-03-11","duration_s":{},"continuous":true,"device_id":"样-1"}})",
      made_at.substr(11, 5), event, made_at, made_at, duration_s);
}

TEST(Shorten, KeepsAStartThatIsMissed) {
  const Json before = one_step("EV_SITE", clip("2026-03-10T09:05+08:00", 3400));
  const Json after = shortened(before, 4);
  EXPECT_EQ(judged(after), judged(before));
  EXPECT_EQ(items_of(after, "av")[0].text_or("made_at", ""), "2026-03-10T09:05+08:00");
}

TEST(Shorten, KeepsAGapBetweenRecordings) {
  const Json before = one_step(
      "EV_SITE", clip("2026-03-10T08:59+08:00", 600) + "," + clip("2026-03-10T09:12+08:00", 3000));
  const Json after = shortened(before, 6);
  EXPECT_EQ(judged(after), judged(before));
  const auto pieces = session(after, "E1", "样-1");
  EXPECT_EQ(made(pieces[1]) - made(pieces[0]) - length_of(pieces[0]), seconds(180));
}

TEST(Shorten, KeepsAHearingThatRunsIntoTheDecision) {
  const Json before =
      one_step("EV_HEARING", clip("2026-03-10T08:59+08:00", 3700),
               R"(,{"id":"E2","kind":"EV_DECISION","start":"2026-03-10T09:30+08:00",)"
               R"("end":"2026-03-10T09:30+08:00"})");
  const Json after = shortened(before, 5);
  EXPECT_EQ(judged(after), judged(before));
  EXPECT_EQ(event_of(after, "E1").text_or("end", ""), "2026-03-10T09:30:01+08:00");
}

TEST(Shorten, LeavesAStepOverMidnightAlone) {
  Json before = one_step("EV_SITE", clip("2026-03-10T08:59+08:00", 3700));
  std::vector<Json> events = items_of(before, "events");
  events[0].set("end", Json::string("2026-03-11T00:30+08:00"));
  before.set("events", Json::array(std::move(events)));
  EXPECT_EQ(shortened(before, 5), before);
}

TEST(Shorten, CutsARecordingWithoutAStep) {
  const Json before = one_step("EV_SITE", clip("2026-03-10T08:59+08:00", 3700, "E9"));
  EXPECT_EQ(length_of(items_of(shortened(before, 5), "av")[0]), seconds(5));
}

TEST(Shorten, KeepsUnknownKeysAndNumbersAsWritten) {
  Json before = one_step("EV_SITE", clip("2026-03-10T08:59+08:00", 3700));
  before.set("area", Json::number("1.50"));
  const Json after = shortened(before, 5);
  ASSERT_NE(after.find("area"), nullptr);
  EXPECT_EQ(after.find("area")->lexical(), "1.50");
}

}  // namespace
}  // namespace anjuan::test
