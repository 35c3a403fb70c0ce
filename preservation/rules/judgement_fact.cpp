// The judgement by the rules of the law as a fact of the four-nature checks (WZ-4-1).
#include <algorithm>

#include "preservation/rules/four_nature_facts.h"
#include "preservation/rules/judgement.h"

namespace anjuan::rules {

JudgementFact judgement_fact(const Judgement& judgement) {
  JudgementFact fact;
  if (judgement.rules != nullptr) fact.rules = judgement.rules->version();
  for (const auto& [id, counts] : judgement.counts) {
    fact.passed += counts.passed;
    fact.not_checked += counts.not_checked;
    fact.needs_person += counts.needs_person;
    fact.declared += counts.declared;
  }
  for (const RuleResult& result : judgement.results) {
    const bool is_grave =
        result.result == CheckResult::kFailed && result.rule != nullptr &&
        (result.rule->weight == Weight::kBlock || result.rule->weight == Weight::kError);
    const bool is_new = is_grave && std::find(fact.failed.begin(), fact.failed.end(),
                                              result.rule->id) == fact.failed.end();
    if (is_new) fact.failed.push_back(result.rule->id);
  }
  return fact;
}

}  // namespace anjuan::rules
