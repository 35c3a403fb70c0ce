#include "preservation/rules/review.h"

#include <set>

#include <gtest/gtest.h>

#include "core/durable.h"
#include "core/error.h"
#include "preservation/rules/review_xml.h"
#include "tests/support/corpora.h"
#include "tests/support/judgements.h"
#include "tests/support/law.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::rules {
namespace {

using test::JudgementBuilder;

const ReviewedItem& item(const ReviewSheet& sheet, const std::string& id) {
  for (const auto& each : sheet.items) {
    if (each.id == id) return each;
  }
  throw std::out_of_range(id);
}

/// Every open item met, as a careful reviewer would write it.
PersonReview all_met(const ReviewSheet& sheet) {
  PersonReview person;
  for (const auto& each : sheet.items) {
    if (each.state != ReviewState::kOpen) continue;
    ReviewEntry entry{each.id, {}, {}, "", "周样寅", "2025-09-30"};
    if (each.part == ReviewPart::kVeto) {
      entry.is_met = true;
    } else {
      entry.deduction = 0;
    }
    person.entries.push_back(entry);
  }
  return person;
}

ReviewSheet reviewed(const Judgement& judgement, const PersonReview* person = nullptr) {
  return review(judgement, ReviewTable::load(), person, "澄水罚〔2025〕12号");
}

TEST(ReviewTable, HasSevenBasicItemsTwentyAndEightyPoints) {
  const auto table = ReviewTable::load();
  std::map<ReviewPart, Tenths> points;
  std::map<ReviewPart, int> items;
  for (const auto& each : table.items()) {
    points[each.part] += each.points;
    ++items[each.part];
  }
  EXPECT_EQ(items[ReviewPart::kVeto], 7);
  EXPECT_EQ(points[ReviewPart::kVeto], 0);
  EXPECT_EQ(items[ReviewPart::kForm], 10);
  EXPECT_EQ(points[ReviewPart::kForm], 200);
  EXPECT_EQ(items[ReviewPart::kContent], 8);
  EXPECT_EQ(points[ReviewPart::kContent], 800);
  EXPECT_EQ(table.grade_of(900).name_zh, "优秀");
  EXPECT_EQ(table.grade_of(899).name_zh, "良好");
  EXPECT_EQ(table.grade_of(599).name_zh, "不合格");
}

TEST(ReviewTable, PutsEveryRuleThatIsNoControlInExactlyOneScoredItem) {
  const auto folder = test::domain();
  if (folder.empty()) GTEST_SKIP() << "the domain data are not there (ANJUAN_DOMAIN)";
  const auto rules = Json::parse(test::text_of(folder / "rules.json"), "rules.json");
  const auto table = ReviewTable::load();
  std::map<std::string, int> listed;
  for (const auto& each : table.items()) {
    if (each.part == ReviewPart::kVeto) continue;
    for (const auto& rule : each.rules) ++listed[rule];
  }
  std::size_t expected = 0;
  for (const auto& rule : rules.find("rules")->items()) {
    const auto id = rule.text_or("id", "");
    const bool is_control = rule.text_or("severity", "") == "control";
    EXPECT_EQ(listed[id], is_control ? 0 : 1) << id;
    expected += is_control ? 0 : 1;
  }
  EXPECT_EQ(expected, 130U);
}

TEST(ReviewTable, ListsTheRulesInForceAndNoOthers) {
  const auto table = ReviewTable::load();
  std::size_t rules = 0;
  for (const auto& rule : test::law().rules->rules()) {
    const bool is_judged = rule.weight != Weight::kControl;
    EXPECT_EQ(table.scored_item_of(rule.id) != nullptr, is_judged) << rule.id;
    rules += is_judged ? 1 : 0;
  }
  std::size_t listed = 0;
  for (const auto& each : table.items()) {
    for (const auto& rule : each.rules) EXPECT_NE(test::law().rules->find(rule), nullptr) << rule;
    if (each.part != ReviewPart::kVeto) listed += each.rules.size();
  }
  EXPECT_EQ(listed, rules);
}

TEST(ReviewTable, NamesOnlyItemsAndRulesOfItsSource) {
  const auto folder = test::domain();
  if (folder.empty()) GTEST_SKIP() << "the domain data are not there (ANJUAN_DOMAIN)";
  const auto source = Json::parse(test::text_of(folder / "review_items.json"), "review_items.json");
  const auto table = ReviewTable::load();
  for (const auto* part : {"veto", "form", "content"}) {
    for (const auto& row : source.find(part)->items()) {
      const auto* found = table.find(row.text_or("id", ""));
      ASSERT_NE(found, nullptr) << row.text_or("id", "");
      const Json* points = row.find("pts");
      EXPECT_EQ(found->points, points == nullptr ? 0 : points->as_integer() * 10) << found->id;
      if (found->part != ReviewPart::kVeto) continue;
      std::vector<std::string> rules;
      for (const auto& rule : row.find("rules")->items()) rules.push_back(rule.as_string());
      EXPECT_EQ(found->rules, rules) << found->id;
    }
  }
}

TEST(ReviewTable, IsRefusedWithLineAndReason) {
  const std::string head = "{\"version\":\"1\",\n\"items\":[\n";
  const std::string good =
      R"({"id":"A","part":"form","zh-CN":"甲","en":"a","points":2,"rules":["R-1"]})";
  const std::string tail = R"(],"grades":[{"from":0,"zh-CN":"合格","en":"ok"}]})";
  EXPECT_EQ(ReviewTable::parse(head + good + tail, "t").items().size(), 1U);
  const auto refusal = [&](const std::string& text) -> std::string {
    try {
      ReviewTable::parse(text, "own.json");
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalid);
      return error.what();
    }
    return "accepted";
  };
  const auto twice = refusal(head + good + ",\n" + good + tail);
  EXPECT_NE(twice.find("第 4 行"), std::string::npos) << twice;
  EXPECT_NE(twice.find("own.json"), std::string::npos) << twice;
  const std::string other =
      R"({"id":"B","part":"content","zh-CN":"乙","en":"b","points":2,"rules":["R-1"]})";
  EXPECT_NE(refusal(head + good + "," + other + tail).find("R-1"), std::string::npos);
  EXPECT_NE(refusal(head + tail), "accepted");
  EXPECT_NE(refusal(head + good + R"(],"grades":[{"from":60,"zh-CN":"合格","en":"ok"}]})"),
            "accepted");
  for (const auto& [from, to] : std::map<std::string, std::string>{
           {"\"points\":2", "\"points\":0"}, {"\"form\"", "\"cover\""}, {"[\"R-1\"]", "7"}}) {
    auto bad = good;
    bad.replace(bad.find(from), from.size(), to);
    EXPECT_NE(refusal(head + bad + tail), "accepted") << bad;
  }
}

TEST(ReviewTable, OfAHomeStandsInPlaceOfTheOneCompiledIn) {
  const test::TemporaryFolder data;
  EXPECT_EQ(ReviewTable::load(data.path()).items().size(), 25U);
  create_durably(data / "review.json",
                 R"({"version":"本局 2026","items":[{"id":"A","part":"form","zh-CN":"甲","en":"a",
                     "points":2,"rules":[]}],"grades":[{"from":0,"zh-CN":"合格","en":"ok"}]})");
  EXPECT_EQ(ReviewTable::load(data.path()).version(), "本局 2026");
  EXPECT_EQ(ReviewTable::load(data.path()).items().size(), 1U);
}

TEST(Review, DeductsEachFailedResultDownToZero) {
  JudgementBuilder made;
  made.passed("QCL-15-1").passed("QCL-32-8");
  made.failed("QCL-15-3", 5, "E05").failed("QCL-31-1", 5, "V02").failed("QCL-31-1", 5, "V03");
  made.failed("QCL-32-3", 4, "case");
  const auto sheet = reviewed(made.judgement());
  EXPECT_EQ(item(sheet, "C3").deducted, 120);  // 15 points lost of 12
  EXPECT_EQ(item(sheet, "C3").failed.size(), 3U);
  EXPECT_EQ(item(sheet, "F5").deducted, 20);
  EXPECT_EQ(item(sheet, "F7").deducted, 0);
  EXPECT_EQ(item(sheet, "F7").state, ReviewState::kJudged);
  EXPECT_EQ(sheet.maximum, 120 + 20 + 20);
  EXPECT_EQ(sheet.sum, 20);
  EXPECT_EQ(sheet.score, 125);
}

TEST(Review, LeavesOutItemsThatDoNotApplyAndConverts) {
  JudgementBuilder made;
  made.passed("QCL-10-1").not_applicable("QCL-14-1").failed("QCL-27-1", 2, "E20");
  const auto sheet = reviewed(made.judgement());
  EXPECT_EQ(item(sheet, "C4").state, ReviewState::kNotApplicable);
  EXPECT_EQ(sheet.maximum, 80 + 30);
  EXPECT_EQ(sheet.sum, 80 + 10);
  EXPECT_EQ(sheet.score, 818);  // 90 / 110 = 81.818...
}

TEST(Review, SaysNothingWhereNothingWasJudged) {
  const auto sheet = reviewed(JudgementBuilder().judgement());
  EXPECT_FALSE(sheet.score.has_value());
  EXPECT_EQ(sheet.maximum, 0);
  EXPECT_FALSE(sheet.is_complete);
  EXPECT_EQ(sheet.grade, "");
}

TEST(Review, CountsAnOpenItemWithItsCertainLossOnly) {
  JudgementBuilder made;
  made.passed("QCL-32-8").passed("QCL-12-2").failed("QCL-12-9", 4, "D12");
  made.needs_person("QCL-12-8", "D15").not_checked("QCL-20-3", "E18");
  const auto sheet = reviewed(made.judgement());
  EXPECT_EQ(item(sheet, "C2").state, ReviewState::kOpen);
  EXPECT_EQ(item(sheet, "C2").deducted, 40);
  EXPECT_EQ(item(sheet, "C6").state, ReviewState::kOpen);
  EXPECT_EQ(sheet.sum, 20);
  EXPECT_EQ(sheet.maximum, 20 + 40);
  EXPECT_EQ(sheet.grade, "");
}

TEST(Review, FailsABasicItemByAnyOfItsRulesAndLeavesTheRestToAPerson) {
  JudgementBuilder made;
  made.passed("QCL-12-3").passed("QCL-12-1").failed("XCF-65-1", 5, "E18").passed("QCL-19-1");
  const auto sheet = reviewed(made.judgement());
  EXPECT_TRUE(item(sheet, "V6").is_failed);
  EXPECT_EQ(item(sheet, "V6").state, ReviewState::kJudged);
  EXPECT_FALSE(item(sheet, "V4").is_failed);
  EXPECT_EQ(item(sheet, "V4").state, ReviewState::kJudged);
  for (const auto* open : {"V1", "V3", "V5", "V7", "F1", "F3", "F4", "F8"}) {
    EXPECT_EQ(item(sheet, open).state, ReviewState::kOpen) << open;
  }
  EXPECT_EQ(sheet.grade, "");
  auto person = all_met(sheet);
  const auto filled = reviewed(made.judgement(), &person);
  EXPECT_TRUE(filled.is_complete);
  EXPECT_EQ(filled.grade, "不合格");
}

TEST(Review, GradesOnlyWhenAPersonHasFilledEveryOpenItem) {
  JudgementBuilder made;
  made.passed("QCL-12-3").passed("QCL-12-1").passed("QCL-19-1").passed("QCL-37-1");
  made.failed("QCL-15-3", 5, "E05");
  const auto before = reviewed(made.judgement());
  auto person = all_met(before);
  const auto all = reviewed(made.judgement(), &person);
  EXPECT_TRUE(all.is_complete);
  // 12-5 of C3; C1, C2, C5 whole; F1, F3, F4, F8 met: 57 of 62
  EXPECT_EQ(all.maximum, 80 + 240 + 120 + 120 + 20 + 20 + 10 + 10);
  EXPECT_EQ(all.sum, all.maximum - 50);
  EXPECT_EQ(all.score, 919);
  EXPECT_EQ(all.grade, "优秀");
  person.entries.pop_back();
  const auto one_open = reviewed(made.judgement(), &person);
  EXPECT_FALSE(one_open.is_complete);
  EXPECT_EQ(one_open.open_items(), 1U);
  EXPECT_EQ(one_open.grade, "");
}

TEST(Review, NeverLetsAPersonLiftWhatTheRulesFound) {
  JudgementBuilder made;
  made.failed("XCF-62-1", 5, "E18").needs_person("QCL-15-4", "E04").failed("QCL-15-3", 5, "E05");
  PersonReview person;
  person.entries = {{"V6", true, {}, "", "周样寅", "2025-09-30"},
                    {"C3", {}, 5, "片头缺环境", "周样寅", "2025-09-30"}};
  const auto sheet = reviewed(made.judgement(), &person);
  EXPECT_TRUE(item(sheet, "V6").is_failed);
  EXPECT_EQ(item(sheet, "C3").deducted, 55);
  EXPECT_EQ(item(sheet, "C3").state, ReviewState::kJudged);
  EXPECT_EQ(item(sheet, "C3").open.size(), 1U) << "what was open stays on the sheet";
}

TEST(Review, RefusesAnEntryThatSaysNothingSound) {
  const ReviewEntry good{"F1", {}, 10, "", "周样寅", "2025-09-30"};
  const auto refusal = [&](const std::function<void(ReviewEntry&)>& edit) -> std::string {
    PersonReview person{"", {good}};
    edit(person.entries.front());
    try {
      reviewed(JudgementBuilder().judgement(), &person);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalid);
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(refusal([](ReviewEntry&) {}), "accepted");
  EXPECT_NE(refusal([](ReviewEntry& e) { e.item = "F99"; }).find("F99"), std::string::npos);
  EXPECT_NE(refusal([](ReviewEntry& e) { e.deduction = 21; }).find("2 分"), std::string::npos);
  EXPECT_NE(refusal([](ReviewEntry& e) { e.deduction = -1; }), "accepted");
  EXPECT_NE(refusal([](ReviewEntry& e) { e.by = ""; }).find("姓名"), std::string::npos);
  EXPECT_NE(refusal([](ReviewEntry& e) { e.at = "昨天"; }).find("昨天"), std::string::npos);
  EXPECT_NE(refusal([](ReviewEntry& e) { e.deduction.reset(); }), "accepted");
  EXPECT_NE(refusal([](ReviewEntry& e) { e.item = "V3"; }), "accepted");
  PersonReview twice{"", {good, good}};
  EXPECT_THROW(check_person_review(twice, ReviewTable::load()), Error);
}

TEST(Review, ShowsAFailedRuleThatNoItemLists) {
  JudgementBuilder made;
  made.passed("QCL-32-8").failed("OWN-1", 3, "case");
  const auto sheet = reviewed(made.judgement());
  ASSERT_EQ(sheet.unlisted.size(), 1U);
  EXPECT_EQ(sheet.unlisted[0].rule, "OWN-1");
  EXPECT_EQ(sheet.sum, sheet.maximum) << "it deducts from nothing";
}

TEST(Review, OfTheSampleCasesIsWhatTheFindingsMakeIt) {
  for (const auto* name : {"A", "B", "D"}) {
    const auto sheet = reviewed(judge(test::sample_case(name), test::law()));
    EXPECT_EQ(sheet.score, 1000) << name;
    EXPECT_EQ(sheet.sum, sheet.maximum) << name;
    EXPECT_EQ(sheet.grade, "") << name;
  }
  const auto judgement = judge(test::sample_case("E"), test::law());
  const auto sheet = reviewed(judgement);
  EXPECT_EQ(item(sheet, "F2").deducted, 40);   // QCL-04-1: 5 points of 4
  EXPECT_EQ(item(sheet, "C2").deducted, 40);   // QCL-12-9
  EXPECT_EQ(item(sheet, "C3").deducted, 120);  // QCL-15-3, 15-6, 30-1, 31-1
  EXPECT_EQ(item(sheet, "C5").deducted, 120);  // QCL-13-2, 19-6, XCF-64-2, 64-3
  EXPECT_EQ(item(sheet, "C6").deducted, 60);   // QCL-20-3, GSZ-118-1
  EXPECT_EQ(item(sheet, "F9").deducted, 30);   // QCL-32-1, 33-2
  EXPECT_TRUE(sheet.unlisted.empty());
  std::size_t failed = 0;
  for (const auto& each : sheet.items) {
    if (each.part != ReviewPart::kVeto) failed += each.failed.size();
  }
  EXPECT_EQ(failed, judgement.count(CheckResult::kFailed)) << "each finding is on the sheet once";
}

TEST(ReviewXml, ComesBackAsItWas) {
  JudgementBuilder made;
  made.passed("QCL-32-8").failed("QCL-15-3", 5, "E05").needs_person("QCL-12-8", "D\"15<&>");
  made.failed("OWN-1", 3, "case");
  PersonReview person;
  person.entries = {{"F1", {}, 5, "第二页\n格式旧 & 不全", "周样寅", "2025-09-30"},
                    {"V3", false, {}, "", "周样寅", "2025-09-30"}};
  for (const PersonReview* given :
       {static_cast<const PersonReview*>(nullptr), static_cast<const PersonReview*>(&person)}) {
    const auto sheet = reviewed(made.judgement(), given);
    EXPECT_EQ(read_review(to_review_xml(sheet), "review.xml"), sheet);
  }
  const auto xml = to_review_xml(reviewed(made.judgement(), &person));
  const auto entries = read_person_review(xml, "review.xml");
  EXPECT_EQ(entries.case_no, "澄水罚〔2025〕12号");
  ASSERT_EQ(entries.entries.size(), 2U);
  EXPECT_EQ(entries.entries[0].item, "V3");
  EXPECT_EQ(entries.entries[1], person.entries[0]);
}

TEST(ReviewXml, CarriesHostileValuesAndRefusesWhatIsNotValid) {
  JudgementBuilder made;
  made.failed("QCL-15-3", 5, std::string("E\x01\xff") + std::string(10000, 'x'));
  const auto xml = to_review_xml(reviewed(made.judgement()));
  EXPECT_EQ(read_review(xml, "review.xml").items.size(), 25U);
  const std::string head = "<entries xmlns=\"urn:anjuan:review:1\">";
  const auto read = [&](const std::string& entry) {
    return read_person_review(head + entry + "</entries>", "filled.xml");
  };
  EXPECT_EQ(
      read(R"(<entry item="F1" deduction="0.5" by="周" at="2025-09-30"/>)").entries[0].deduction,
      5);
  EXPECT_THROW(read(R"(<entry item="F1" deduction="-1"/>)"), Error);
  EXPECT_THROW(read(R"(<entry deduction="1"/>)"), Error);
  EXPECT_THROW(read(R"(<entry item="F1" deduction="0.55"/>)"), Error);
  EXPECT_THROW(read_review(head + "</entries>", "filled.xml"), Error);
  EXPECT_THROW(read_person_review("<entries/>", "filled.xml"), Error);
}

}  // namespace
}  // namespace anjuan::rules
