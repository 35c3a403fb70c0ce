#include <iostream>

#include <gtest/gtest.h>

#include "tests/preservation/rules/judged_case.h"

namespace anjuan::test {

namespace {

std::set<std::string> expected_in(const Json& list) {
  std::set<std::string> names;
  for (const auto& one : list.items()) {
    names.insert(one.text_or("severity", "") + " " + one.text_or("rule", "") + " " +
                 one.text_or("object", ""));
  }
  return names;
}

std::set<std::string> with_severity(const rules::Judgement& judgement) {
  std::set<std::string> names;
  for (const auto& one : judgement.results) {
    if (one.result != CheckResult::kFailed) continue;
    names.insert(std::string(severity_word(one.severity)) + " " + one.code + " " + one.object);
  }
  return names;
}

}  // namespace

class GoldenCase : public ::testing::TestWithParam<std::string> {};

TEST_P(GoldenCase, HasExactlyTheExpectedFindings) {
  const auto path =
      std::filesystem::path(ANJUAN_SOURCE_DIR) / "tests/fixtures/judgements/expected_findings.json";
  const auto expected = Json::parse(text_of(path), "expected");
  const auto judgement = judged(sample_json(GetParam()));
  EXPECT_EQ(with_severity(judgement), expected_in(*expected.find(GetParam())));
  EXPECT_EQ(judgement.count(CheckResult::kFailed), expected.find(GetParam())->items().size());
}

INSTANTIATE_TEST_SUITE_P(Samples, GoldenCase,
                         ::testing::Values("A", "B", "D", "E", "G", "A-segments", "H", "I", "J"));

TEST(GoldenCases, AgreeWithTheDomainsOwnFiles) {
  const char* domain = std::getenv("ANJUAN_DOMAIN");
  if (domain == nullptr) GTEST_SKIP() << "ANJUAN_DOMAIN is not set: no domain material";
  const std::filesystem::path cases = std::filesystem::path(domain) / "cases";
  const auto expected = Json::parse(text_of(cases / "expected_findings.json"), "expected");
  for (const auto& [name, list] : expected.members()) {
    const auto judgement = judged(Json::parse(text_of(cases / name), name));
    EXPECT_EQ(with_severity(judgement), expected_in(list)) << name;
  }
}

TEST(GoldenCases, AreDecidedButForNothing) {
  for (const std::string name : {"A", "B", "D", "E"}) {
    const auto judgement = judged(sample_json(name));
    EXPECT_EQ(found(judgement, CheckResult::kNotChecked), std::set<std::string>()) << name;
    EXPECT_EQ(found(judgement, CheckResult::kNeedsPerson), std::set<std::string>()) << name;
  }
}

}  // namespace anjuan::test
