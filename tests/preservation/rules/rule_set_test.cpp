#include "preservation/rules/rule_set.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"

namespace anjuan::rules {

namespace {

TEST(RuleSet, LoadsAllRulesOfTheLaw) {
  const auto set = RuleSet::load();
  EXPECT_EQ(set->rules().size(), 139U);
  EXPECT_EQ(set->digest().size(), 128U);
  EXPECT_EQ(set->version(), "seed 2026-11 + national 2026-11");
  EXPECT_TRUE(set->weakened().empty());
  EXPECT_EQ(set->find("QCL-31-1")->article, "31");
  EXPECT_EQ(set->find("QCL-31-1")->severity(), Severity::kBlock);
  EXPECT_EQ(set->find("nothing"), nullptr);
  EXPECT_EQ(set->find("GSZ-118-1")->is_source_verified, false);
}

TEST(RuleSet, ComesBackFromItsCanonicalText) {
  const auto set = RuleSet::load();
  const auto again = RuleSet::from_files({{"rules.json", set->canonical_text()}});
  EXPECT_EQ(again->canonical_text(), set->canonical_text());
  EXPECT_EQ(again->digest(), set->digest());
  EXPECT_EQ(again->version(), set->version());
}

}  // namespace

}  // namespace anjuan::rules
