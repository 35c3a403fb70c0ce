// Single mutations of the accepted cases: the judge never fails, and every rule of the law fires.

#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/preservation/rules/judged_case.h"
#include "tests/preservation/rules/mutations.h"

namespace anjuan::test {

namespace {

constexpr std::size_t kMutationsOfCase = 500;
constexpr std::uint64_t kSeed = 20261126;

/// Rules that no case can break, with the reason. Empty: every rule fires.
const std::map<std::string, std::string>& rules_that_cannot_fire() {
  static const std::map<std::string, std::string> reasons;
  return reasons;
}

struct Tally {
  std::size_t judged = 0;
  std::size_t refused = 0;                   ///< not a case any more: wrong type, an id twice
  std::size_t silent = 0;                    ///< the same findings as before
  std::map<std::string, std::size_t> fired;  ///< rule -> mutations after which it failed anew
};

void run(const Json& declared, const std::vector<Mutation>& mutations, Tally& tally) {
  const auto before = found(judged(declared));
  for (const auto& mutation : mutations) {
    SCOPED_TRACE(mutation.name);
    Json mutated = declared;
    mutation.apply(mutated);
    std::optional<CaseFile> file;
    try {
      file = CaseFile::from_value(std::move(mutated), "case.json");
    } catch (const Error& error) {
      EXPECT_NE(error.code(), ErrorCode::kInternal);
      ++tally.refused;
      continue;
    }
    rules::Judgement judgement;
    ASSERT_NO_THROW(judgement = rules::judge(*file, law()));
    ++tally.judged;
    std::set<std::string> fired;
    for (const auto& one : judgement.results) {
      EXPECT_FALSE(one.message.empty());
      EXPECT_EQ(one.message.find("{"), std::string::npos) << one.message;
      const bool is_new = one.result == CheckResult::kFailed && one.rule != nullptr &&
                          before.count(one.code + " " + one.object) == 0;
      if (is_new) fired.insert(one.code);
    }
    for (const auto& rule : fired) ++tally.fired[rule];
    tally.silent += fired.empty() ? 1U : 0U;
  }
}

/// The same choice in every run.
std::vector<Mutation> chosen(std::vector<Mutation> all, std::size_t count) {
  std::mt19937_64 random(kSeed);
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    std::swap(all[i], all[i + random() % (all.size() - i)]);
  }
  if (all.size() > count) all.resize(count);
  return all;
}

}  // namespace

TEST(Mutation, NeverBreaksTheJudgeAndFiresEveryRule) {
  Tally tally;
  for (const std::string name : {"A", "B", "D"}) {
    const auto declared = sample_json(name);
    run(declared, chosen(mutations_of(declared), kMutationsOfCase), tally);
    run(declared, additions(), tally);
  }
  std::cout << tally.judged << " mutations judged, " << tally.refused << " refused, "
            << tally.silent << " fired nothing\n";
  for (const auto& rule : law().rules->rules()) {
    if (rule.weight == rules::Weight::kControl) continue;
    const auto fired = tally.fired.find(rule.id);
    const auto count = fired == tally.fired.end() ? 0 : fired->second;
    std::cout << fmt::format("{:12} {}\n", rule.id, count);
    const auto& reasons = rules_that_cannot_fire();
    const auto reason = reasons.find(rule.id);
    if (reason == reasons.end()) {
      EXPECT_GT(count, 0U) << rule.id << " fired nowhere";
    } else {
      EXPECT_EQ(count, 0U) << rule.id << " fires, against: " << reason->second;
    }
  }
  EXPECT_GE(tally.judged, 1000U);
}

TEST(Mutation, AnUnknownKeyChangesNothing) {
  for (const std::string name : {"A", "E", "D"}) {
    auto declared = sample_json(name);
    const auto before = judged(declared);
    declared.set("irrelevant", Json::string("x"));
    at(declared, "/docs/0")->set("irrelevant", Json::integer(1));
    at(declared, "/events/0")->set("irrelevant", Json::boolean(true));
    const auto after = judged(declared);
    EXPECT_EQ(before.findings(), after.findings());
    EXPECT_EQ(before.count(CheckResult::kPassed), after.count(CheckResult::kPassed));
  }
}

TEST(Mutation, TheOrderOfResultsIsTheSameEveryTime) {
  const auto declared = sample_json("E");
  EXPECT_EQ(judged(declared).findings(), judged(declared).findings());
}

TEST(Mutation, ResultsBeyondTheLimitAreCountedAndSaidToBeSo) {
  Json events = Json::array();
  for (std::size_t i = 0; i < rules::kResultsMax / 5; ++i) {
    Json event = Json::object();
    event.set("kind", Json::string("EV_MEASURE"));
    events.append(std::move(event));
  }
  Json declared = Json::object();
  declared.set("events", std::move(events));
  const auto judgement = judged(declared);
  ASSERT_EQ(judgement.results.size(), rules::kResultsMax + 1);
  EXPECT_EQ(judgement.results.back().code, "CASE-MORE");
  EXPECT_EQ(judgement.results.back().severity, Severity::kBlock);
  EXPECT_GT(judgement.count(CheckResult::kFailed), rules::kResultsMax);
}

TEST(Mutation, EveryRuleThatIsNoControlIsCounted) {
  const auto judgement = judged(sample_json("B"));
  std::size_t rules = 0;
  for (const auto& rule : law().rules->rules()) {
    const bool is_counted = judgement.counts.count(rule.id) == 1;
    EXPECT_EQ(is_counted, rule.weight != rules::Weight::kControl) << rule.id;
    rules += is_counted ? 1U : 0U;
  }
  EXPECT_EQ(rules, judgement.counts.size());
}

}  // namespace anjuan::test
