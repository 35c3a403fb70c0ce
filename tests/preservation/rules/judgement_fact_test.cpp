#include <set>

#include <gtest/gtest.h>

#include "preservation/rules/four_nature.h"
#include "preservation/rules/judgement.h"
#include "tests/support/files.h"

namespace anjuan::rules {
namespace {

JudgementFact fact_of(const std::string& sample) {
  const std::string path = ANJUAN_SOURCE_DIR "/tests/fixtures/cases/" + sample;
  const auto declared = CaseFile::from_json(test::read_text(path), sample);
  return judgement_fact(judge(declared, LawBook::load()));
}

ItemResult scope(const JudgementFact& fact) {
  FourNatureFacts facts;
  facts.judgement = fact;
  for (const auto& item : four_nature(Phase::kArchiving, facts).items) {
    if (item.code == "GD-WZ-4-1") return item;
  }
  return {};
}

TEST(JudgementFact, LeavesTheScopeOpenWhereRecordingsWereOnlyDeclared) {
  const JudgementFact fact = fact_of("A.json");
  EXPECT_GT(fact.passed, 50U);
  EXPECT_TRUE(fact.failed.empty());
  EXPECT_GT(fact.declared, 0U);
  const ItemResult item = scope(fact);
  EXPECT_EQ(item.state, ItemState::kNotRun);
  EXPECT_NE(item.reason.find("未实测"), std::string::npos);
  EXPECT_NE(item.evidence.find("规则集"), std::string::npos);
}

TEST(JudgementFact, FailsTheScopeWithTheRulesThatFailed) {
  const JudgementFact fact = fact_of("E.json");
  EXPECT_FALSE(fact.failed.empty());
  EXPECT_EQ(scope(fact).state, ItemState::kFailed);
  const std::set<std::string> once(fact.failed.begin(), fact.failed.end());
  EXPECT_EQ(once.size(), fact.failed.size());
}

TEST(JudgementFact, PassesTheScopeWhereEverythingWasJudged) {
  JudgementFact fact = fact_of("A.json");
  fact.declared = 0;
  fact.not_checked = 0;
  fact.needs_person = 0;
  EXPECT_EQ(scope(fact).state, ItemState::kPassed);
  fact.not_checked = 1;
  EXPECT_EQ(scope(fact).state, ItemState::kNotRun);
  fact.not_checked = 0;
  fact.needs_person = 1;
  EXPECT_EQ(scope(fact).state, ItemState::kNotRun);
}

}  // namespace
}  // namespace anjuan::rules
