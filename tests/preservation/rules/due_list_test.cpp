#include "preservation/rules/due_list.h"

#include <gtest/gtest.h>

#include "tests/preservation/rules/one_rule.h"

namespace anjuan::test {

namespace {

const Instant kNow = parse_instant("2026-02-14T10:00");

CaseFile open_case(const std::string& number, const std::string& made, const std::string& stored) {
  return CaseFile::from_json(
      fmt::format(R"({{"case_no": "{}", "av": [{{"id": "V1", "method": "录像", "made_at": "{}",
          "stored_at": "{}"}}]}})",
                  number, made, stored),
      "case.json");
}

std::vector<DueItem> of_article_30(const std::vector<DueItem>& items) {
  std::vector<DueItem> found;
  for (const auto& item : items) {
    if (item.article == "操作细则第三十条第一款") found.push_back(item);
  }
  return found;
}

}  // namespace

TEST(DueList, JoinsCasesAndPutsTheOverdueFirst) {
  rules::CaseDueList list(law());
  list.add(open_case("二号", "2026-02-13T09:00", ""));
  list.add(open_case("一号", "2026-02-02T09:00", ""));
  list.add(open_case("三号", "2026-02-02T09:00", "2026-02-03"));
  const auto items = of_article_30(list.due(kNow));
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].case_no, "一号");
  EXPECT_EQ(rules::days_left(items[0], kNow), -10);
  EXPECT_EQ(items[0].what,
            "音像 V1（录像，2026-02-02 09:00）：应不迟于2026-02-04完成存储，已超期9日10小时。"
            "依据：操作细则第三十条第一款");
  EXPECT_EQ(items[1].case_no, "二号");
  EXPECT_EQ(rules::days_left(items[1], kNow), 10);
  EXPECT_EQ(items[1].what,
            "音像 V1（录像，2026-02-13 09:00）：应不迟于2026-02-24完成存储。"
            "依据：操作细则第三十条第一款");
  EXPECT_EQ(items[1].object, "V1");
}

TEST(DueList, IsEmptyForAFinishedCase) {
  rules::CaseDueList list(law());
  for (const std::string name : {"A", "B", "D"}) {
    list.add(CaseFile::from_value(sample_json(name), name));
  }
  EXPECT_TRUE(list.due(kNow).empty());
}

TEST(DueList, KnowsServiceMeasuresAndDeadlinesInsideOtherOperators) {
  auto declared = sample_json("A");
  drop(declared, "/events/E05", "lifted_at");
  drop_item(declared, "events", "E19");
  const auto judgement = judged(declared);
  std::map<std::string, std::string> due;
  for (const auto& one : judgement.deadlines) due[one.rule] = to_text(one.due.day());
  EXPECT_EQ(due, (std::map<std::string, std::string>{{"QZF-25-1", "2025-07-17"},
                                                     {"XCF-61-1", "2025-08-29"}}));
  const std::string all = R"({"op": "all", "of": [{"op": "deadline", "frm": "start",
      "to": "reported_at", "max": 24, "unit": "hour"}]})";
  const auto inner = ask_all(R"({"event": ["EV_EMERG"]})", all,
                             step_case("EV_EMERG", R"("start": "2026-02-13T09:30")"));
  ASSERT_EQ(inner.deadlines.size(), 1U);
  EXPECT_EQ(to_text(inner.deadlines[0].due.due), "2026-02-14T09:30:00+08:00");
}

TEST(DueList, MarksWhatIsProvisional) {
  rules::CaseDueList list(law());
  list.add(open_case("一号", "2098-02-13T09:00", ""));
  const auto items = of_article_30(list.due(kNow));
  ASSERT_EQ(items.size(), 1U);
  EXPECT_TRUE(items[0].due.is_provisional);
  EXPECT_NE(items[0].what.find("暂定"), std::string::npos) << items[0].what;
}

TEST(DueList, SaysWhatMayNotHappenBefore) {
  rules::CaseDueList list(law());
  list.add(CaseFile::from_json(
      step_case("EV_SERVICE", R"("mode": "刊登公告", "start": "2026-02-13T09:00")"), "case.json"));
  bool is_found = false;
  for (const auto& item : list.due(kNow)) {
    if (item.article != "《民事诉讼法》第九十五条") continue;
    is_found = true;
    EXPECT_EQ(item.what,
              "环节 E1（送达，2026-02-13 09:00）：2026-03-15以后方可视为送达。"
              "依据：《民事诉讼法》第九十五条");
  }
  EXPECT_TRUE(is_found);
}

TEST(DueList, SpeaksEnglish) {
  rules::CaseDueList list(law(), Language::kEnglish);
  list.add(open_case("一号", "2026-02-13T09:00", ""));
  bool is_found = false;
  for (const auto& item : list.due(kNow)) is_found |= item.article == "Operating Rules Art. 30(1)";
  EXPECT_TRUE(is_found);
}

}  // namespace anjuan::test
