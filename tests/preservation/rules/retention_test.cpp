#include "preservation/rules/retention.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/files.h"

namespace anjuan::rules {

namespace {

CaseFile sample(const std::string& name) {
  const auto path = std::filesystem::path(ANJUAN_SOURCE_DIR) / "tests/fixtures/cases" / name;
  return CaseFile::from_json(test::read_text(path), name);
}

CaseFile declared(const std::string& members) {
  return CaseFile::from_json("{" + members + "}", "case.json");
}

std::vector<std::string> ids(const std::vector<const RetentionLine*>& lines) {
  std::vector<std::string> out;
  for (const auto* line : lines) out.push_back(line->id);
  return out;
}

DataFile bureau(const std::string& members) {
  return {"data/retention/own.json",
          R"({"schema": "urn:anjuan:retention:1", "version": "1", "title": "本局保管期限表", )" +
              members + "}"};
}

std::string line(const std::string& id, const std::string& years, const std::string& where = "") {
  return fmt::format(R"({{"id": "{}", "title": "水土保持案卷", "years": {}{}, "basis": "本局表",)"
                     R"( "source_text": "水土保持案卷保管50年"}})",
                     id, years, where.empty() ? "" : R"(, "where": )" + where);
}

std::string record(const std::string& rule, const std::string& change) {
  return fmt::format(R"({{"rule": "{}", "change": "{}", "reason": "市档案馆批复", "by": "钱样",)"
                     R"( "at": "2026-03-01", "document": "样档〔2026〕3号"}})",
                     rule, change);
}

TEST(Retention, OfTheSampleCasesIsThirtyYears) {
  const auto schedule = RetentionSchedule::load();
  for (const auto* name : {"A.json", "B.json", "D.json", "E.json", "J.json"}) {
    const auto found = schedule.matching(sample(name));
    EXPECT_EQ(ids(found), (std::vector<std::string>{"BGQX-GDJ8-30", "BGQX-XZ-33"})) << name;
    EXPECT_EQ(schedule.longest(sample(name)), 30) << name;
  }
}

TEST(Retention, IsPermanentOnlyWhereAnArchivistSaysSo) {
  const auto schedule = RetentionSchedule::load();
  EXPECT_EQ(schedule.longest(declared(R"("type": "行政处罚", "major_or_complex": true)")), 30);
  EXPECT_EQ(schedule.longest(declared(R"("archival_value": "一般")")), 30);
  const auto important = declared(R"("type": "行政处罚", "archival_value": "重要")");
  EXPECT_EQ(schedule.longest(important), kPermanent);
  EXPECT_EQ(schedule.matching(important).size(), 3U);
  EXPECT_TRUE(important.findings().empty()) << "a known key";
}

TEST(Retention, DoesNotSpeakOfDailyInspections) {
  const auto schedule = RetentionSchedule::load();
  const auto daily = declared(R"("type": "日常监督检查", "archival_value": "重要")");
  EXPECT_TRUE(schedule.matching(daily).empty());
  EXPECT_EQ(schedule.longest(daily), 0);
  ASSERT_NE(schedule.exemption(daily), nullptr);
  EXPECT_EQ(schedule.exemption(daily)->basis, "行政执法全过程记录操作细则第三十二条第三款");
  EXPECT_EQ(schedule.exemption(declared("")), nullptr);
}

TEST(Retention, PrintsABasisAndAQuoteWithEachLine) {
  const auto schedule = RetentionSchedule::load();
  EXPECT_EQ(schedule.lines().size(), 3U);
  for (const auto& one : schedule.lines()) {
    EXPECT_FALSE(one.basis.empty());
    EXPECT_EQ(one.is_source_verified, one.layer == Layer::kSeed) << one.id;
  }
}

TEST(Retention, ABureauLineLengthens) {
  const auto schedule = RetentionSchedule::from_files(
      {bureau(R"("lines": [)" + line("BJ-ST-1", "50", R"({"category": "ZY·CF"})") + "," +
              line("BJ-ST-2", "10") + "]")});
  EXPECT_EQ(ids(schedule.matching(sample("A.json"))),
            (std::vector<std::string>{"BJ-ST-1", "BGQX-GDJ8-30", "BJ-ST-2", "BGQX-XZ-33"}));
  EXPECT_EQ(schedule.longest(sample("A.json")), 50);
  EXPECT_EQ(schedule.longest(sample("D.json")), 30);
  EXPECT_EQ(schedule.lines().back().layer, Layer::kBureau);
}

TEST(Retention, ALineOfAHigherLayerIsNotShortenedWithoutARecord) {
  const auto load = [](const std::string& members) {
    return RetentionSchedule::from_files({bureau(members)});
  };
  const auto shorter = R"("lines": [)" + line("BGQX-GDJ8-30", "10") + "]";
  const auto narrower =
      R"("lines": [)" + line("BGQX-GDJ8-30", "30", R"({"type": "行政处罚"})") + "]";
  for (const auto& members : {shorter, narrower}) {
    const auto thrown = test::thrown_by([&] { load(members); });
    EXPECT_EQ(thrown.word, "invalid");
    EXPECT_NE(thrown.message.find("BGQX-GDJ8-30"), std::string::npos) << thrown.message;
  }
  const auto allowed = load(shorter + R"(, "weakened": [)" + record("BGQX-GDJ8-30", "10年") + "]");
  EXPECT_EQ(allowed.longest(sample("A.json")), 10);
  ASSERT_EQ(allowed.weakened().size(), 1U);
  EXPECT_EQ(allowed.weakened().front().document, "样档〔2026〕3号");
  const auto longer = load(R"("lines": [)" + line("BGQX-GDJ8-30", R"("permanent")") + "]");
  EXPECT_EQ(longer.longest(sample("A.json")), kPermanent);
  const auto removed = load(R"("weakened": [)" + record("BGQX-GDJ8-30", "removed") + "]");
  EXPECT_EQ(removed.longest(sample("A.json")), 5);
}

TEST(Retention, RefusesLinesThatAreOff) {
  const std::vector<std::pair<std::string, std::string>> bad{
      {R"("lines": [)" + line("BJ-1", "0") + "]", "1 至 1000"},
      {R"("lines": [)" + line("BJ-1", "1001") + "]", "1 至 1000"},
      {R"("lines": [)" + line("BJ-1", R"("永久")") + "]", "permanent"},
      {R"("lines": [)" + line("BJ-1", "true") + "]", "years"},
      {R"("lines": [)" + line("bj", "5") + "]", "大写字母"},
      {R"("lines": [)" + line("BJ-1", "5", R"({"typ": "x"})") + "]", "typ"},
      {R"("lines": [)" + line("BJ-1", "5", "{}") + "]", "where"},
      {R"("lines": [)" + line("BJ-1", "5") + "," + line("BJ-1", "9") + "]", "重复"},
      {R"("lines": [{"id": "BJ-1", "title": "t", "years": 5, "basis": ""}])", "basis"},
      {R"("lines": [{"id": "BJ-1", "title": "t", "years": 5, "basis": "b"}])", "source_text"},
      {R"("lines": [{"id": "BJ-1", "layer": "seed"}])", "layer"},
      {R"("exempt": [{"where": {"type": "行政处罚"}, "basis": "b", "source_text": "s"}])",
       "exempt"},
      {R"("weakened": [)" + record("BJ-9", "removed") + "]", "BJ-9"},
      {R"("lines": {})", "lines"}};
  for (const auto& [members, word] : bad) {
    const auto thrown = test::thrown_by([&] { RetentionSchedule::from_files({bureau(members)}); });
    EXPECT_EQ(thrown.word, "invalid") << members;
    EXPECT_EQ(thrown.subject, "data/retention/own.json") << members;
    EXPECT_NE(thrown.message.find("第 1 行"), std::string::npos) << thrown.message;
    EXPECT_NE(thrown.message.find(word), std::string::npos) << thrown.message;
  }
}

TEST(Retention, CountsFromTheYearAfterTheCaseWasClosed) {
  const auto closed = [](const std::string& date) {
    return declared(R"("closed_at": ")" + date + "\"");
  };
  EXPECT_EQ(to_text(*retention_start(sample("A.json"))), "2026-01-01");
  EXPECT_EQ(to_text(*retention_end(sample("A.json"), 30)), "2055-12-31");
  EXPECT_EQ(to_text(*retention_start(closed("2025-12-31T17:00:00Z"))), "2027-01-01")
      << "2026 at +08:00";
  EXPECT_EQ(retention_end(sample("A.json"), kPermanent), std::nullopt);
}

TEST(Retention, HasNoStartOrEndThatNobodyCanRead) {
  for (const auto* date : {"", "x", "2025-13-01", "2025"}) {
    const auto file = declared(fmt::format(R"("closed_at": "{}")", date));
    EXPECT_EQ(retention_start(file), std::nullopt) << date;
    EXPECT_EQ(retention_end(file, 30), std::nullopt) << date;
  }
  const auto late = declared(R"("closed_at": "9999-12-31")");
  EXPECT_NE(retention_start(late), std::nullopt);
  EXPECT_NE(retention_end(late, 1000), std::nullopt);
  for (const int years : {0, -1, 1001, 999'999, std::numeric_limits<int>::max()}) {
    EXPECT_EQ(retention_end(late, years), std::nullopt) << years;
  }
}

}  // namespace

}  // namespace anjuan::rules
