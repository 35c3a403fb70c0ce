#include "preservation/rules/judgement.h"

#include <algorithm>

namespace anjuan::rules {

std::string_view basis_word(FactBasis basis) {
  switch (basis) {
    case FactBasis::kNone:
      return "";
    case FactBasis::kDeclared:
      return "declared";
    case FactBasis::kMeasured:
      return "measured";
  }
  return "";
}

std::string_view verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::kComplete:
      return "complete";
    case Verdict::kDefective:
      return "defective";
    case Verdict::kIncomplete:
      return "incomplete";
    case Verdict::kBlocked:
      return "blocked";
    case Verdict::kUnchecked:
      return "unchecked";
  }
  return "unchecked";
}

Finding RuleResult::finding() const {
  return {code, severity, article, object, message, result, std::string(basis_word(basis))};
}

Findings Judgement::findings() const {
  Findings findings;
  findings.reserve(results.size());
  for (const auto& result : results) findings.push_back(result.finding());
  return findings;
}

namespace {

std::size_t count_in(const RuleCounts& counts, CheckResult result) {
  switch (result) {
    case CheckResult::kPassed:
      return counts.passed;
    case CheckResult::kFailed:
      return counts.failed;
    case CheckResult::kNotApplicable:
      return counts.not_applicable;
    case CheckResult::kNotChecked:
      return counts.not_checked;
    case CheckResult::kNeedsPerson:
      return counts.needs_person;
  }
  return 0;
}

}  // namespace

std::size_t Judgement::count(CheckResult result) const {
  std::size_t sum = 0;
  for (const auto& [rule, of_rule] : counts) sum += count_in(of_rule, result);
  return sum;
}

}  // namespace anjuan::rules
