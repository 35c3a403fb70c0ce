#include <algorithm>

#include "preservation/rules/conditions.h"
#include "preservation/rules/judgement.h"
#include "preservation/rules/media_results.h"
#include "preservation/rules/operators.h"
#include "preservation/rules/result_message.h"

namespace anjuan::rules {

namespace {

constexpr bool is_undecided(CheckResult result) {
  return result == CheckResult::kNotChecked || result == CheckResult::kNeedsPerson;
}

/// A flag that is missing is false; a text that is missing and unconfirmed may be anything.
bool is_open(const CaseFacts& facts, const Item& item, const Condition& condition) {
  const bool is_flag = std::all_of(condition.values.begin(), condition.values.end(),
                                   [](auto& value) { return value.is(Json::Type::kBoolean); });
  return !is_flag && !is_filled(item.find(condition.key)) && !facts.is_settled(item, condition.key);
}

/// Whether a rule is meant for an object; kOpen where nobody confirmed what decides it.
Truth applies(const CaseFacts& facts, const Item& item, const std::vector<Condition>& where,
              std::string& open_key) {
  std::vector<Condition> settled;
  for (const auto& condition : where) {
    if (is_open(facts, item, condition)) open_key = condition.key;
  }
  if (open_key.empty()) return holds(where, *item.json) ? Truth::kYes : Truth::kNo;
  std::copy_if(where.begin(), where.end(), std::back_inserter(settled),
               [&](auto& condition) { return !is_open(facts, item, condition); });
  return holds(settled, *item.json) ? Truth::kOpen : Truth::kNo;
}

bool is_wanted(const Item& item, const Trigger& trigger) {
  if (trigger.kinds.empty()) return true;
  return std::find(trigger.kinds.begin(), trigger.kinds.end(), item.kind) != trigger.kinds.end();
}

/// An operator over the steps may be asked over the whole case.
Reach reach_of(const Operator& known, const Json& parameters) {
  return text_of(parameters, "scope") == "case" ? Reach::kCase : known.reach;
}

class Judge {
 public:
  Judge(const CaseFile& declared, const LawBook& law, const JudgeOptions& options)
      : law_(law), facts_(declared, options.media), words_(options.language) {
    made_.rules = law.rules;
    made_.weakened = law.weakened();
    made_.depth = declared.depth();
    made_.confirmed = facts_.confirmed().counted();
    const auto& recordings = facts_.items(Subject::kRecording);
    made_.recordings = recordings.size();
    for (const Item& item : recordings) {
      const auto* media = facts_.media(item);
      if (media != nullptr && media->was_measured()) continue;
      made_.unmeasured.push_back(item.id.empty() ? fmt::format("#{}", item.position + 1)
                                                 : std::string(item.id));
    }
  }

  Judgement judged() {
    for (const auto& rule : law_.rules->rules()) {
      if (rule.weight == Weight::kControl) continue;
      counts_ = &made_.counts[rule.id];
      memory_.clear();
      walk(rule);
    }
    add_media_results();
    add_stray_confirmations();
    add_untold();
    std::stable_sort(made_.deadlines.begin(), made_.deadlines.end(),
                     [](const auto& a, const auto& b) { return a.due.due < b.due.due; });
    return std::move(made_);
  }

 private:
  void walk(const Rule& rule) {
    if (rule.trigger.subject == Subject::kCase) return meet(rule, facts_.whole());
    for (const auto& item : facts_.items(rule.trigger.subject)) {
      if (is_wanted(item, rule.trigger)) meet(rule, item);
    }
    const bool met_none = counts_->passed + counts_->failed + counts_->not_applicable +
                              counts_->not_checked + counts_->needs_person ==
                          0;
    if (met_none) ++counts_->not_applicable;
  }

  void meet(const Rule& rule, const Item& item) {
    const Scene scene{facts_, law_, words_, rule, item};
    std::string open_key;
    switch (applies(facts_, item, rule.trigger.where, open_key)) {
      case Truth::kNo:
        ++counts_->not_applicable;
        return;
      case Truth::kOpen: {
        const auto label = words_.label(item.subject, open_key);
        return record(
            scene, Outcome::needs_person({words_.say("judge.applies_unknown", {{"element", label}}),
                                          words_.say("judge.next_confirm")}));
      }
      case Truth::kYes:
        return record(scene, decide(scene, rule.require));
    }
  }

  Outcome decide(const Scene& scene, const Requirement& requirement) {
    if (requirement.op == "all") return decide_all(scene, requirement);
    if (requirement.op == "any") return decide_any(scene, requirement);
    const auto* known = find_operator(requirement.op);
    if (known == nullptr) {
      return Outcome::not_checked(
          {words_.say("judge.unknown_operator", {{"operator", requirement.op}}), ""});
    }
    const auto reach = reach_of(*known, requirement.parameters);
    const auto* event = scene.event();
    // An item that belongs to no step is a group of its own.
    const bool is_alone = reach == Reach::kObject || (reach == Reach::kEvent && event == nullptr);
    if (is_alone) return known->judge(scene, requirement.parameters);
    const auto* group = reach == Reach::kEvent ? event : nullptr;
    const auto [entry, is_new] = memory_.try_emplace({&requirement, group});
    if (is_new) entry->second = known->judge(scene, requirement.parameters);
    return entry->second;
  }

  /// Failed if any part failed, else undecided if any is.
  Outcome decide_all(const Scene& scene, const Requirement& requirement) {
    Outcome whole;
    for (const auto& part : requirement.of) {
      auto outcome = decide(scene, part);
      const bool is_worse =
          outcome.result == CheckResult::kFailed
              ? whole.result != CheckResult::kFailed
              : is_undecided(outcome.result) && whole.result == CheckResult::kPassed;
      if (is_worse) {
        whole.result = outcome.result;
        whole.facts.clear();
      }
      if (outcome.result == whole.result) take_facts(whole, outcome);
      take_rest(whole, outcome);
    }
    return whole;
  }

  /// Passed if any part passed, else undecided if any is, else failed.
  Outcome decide_any(const Scene& scene, const Requirement& requirement) {
    Outcome whole{CheckResult::kFailed, {}, FactBasis::kNone, {}};
    for (const auto& part : requirement.of) {
      auto outcome = decide(scene, part);
      if (outcome.result == CheckResult::kPassed) return outcome;
      const bool is_better = is_undecided(outcome.result) && whole.result == CheckResult::kFailed;
      if (is_better) {
        whole.result = outcome.result;
        whole.facts.clear();
      }
      if (outcome.result == whole.result) take_facts(whole, outcome);
      take_rest(whole, outcome);
    }
    if (whole.facts.size() > 1) whole.facts = {as_one(whole.facts)};
    return whole;
  }

  /// Any one of the remedies is enough.
  Fact as_one(const std::vector<Fact>& facts) const {
    std::vector<std::string> seen;
    std::vector<std::string> remedies;
    for (const auto& fact : facts) {
      seen.push_back(fact.what);
      remedies.push_back(fact.remedy);
    }
    return {words_.statements(seen), words_.alternatives(remedies)};
  }

  static void take_facts(Outcome& whole, Outcome& part) {
    for (auto& fact : part.facts) whole.facts.push_back(std::move(fact));
  }

  static void take_rest(Outcome& whole, Outcome& part) {
    whole.resting_on(part.basis);
    for (auto& deadline : part.open) whole.open.push_back(std::move(deadline));
  }

  void record(const Scene& scene, Outcome outcome) {
    if (outcome.basis == FactBasis::kNone && scene.object.subject == Subject::kRecording) {
      outcome.resting_on(basis_of(scene, scene.object));
    }
    count(outcome);
    for (auto& deadline : outcome.open) {
      if (made_.deadlines.size() < kResultsMax) made_.deadlines.push_back(std::move(deadline));
    }
    const bool is_told = outcome.result == CheckResult::kFailed || is_undecided(outcome.result);
    if (!is_told) return;
    const auto& rule = scene.rule;
    if (made_.results.size() >= kResultsMax) {
      const bool is_graver =
          outcome.result == CheckResult::kFailed && rule.severity() < gravest_untold_;
      if (is_graver) gravest_untold_ = rule.severity();
      ++untold_;
      return;
    }
    RuleResult result;
    result.rule = &rule;
    result.code = rule.id;
    result.article = rule.article;
    result.severity = rule.severity();
    result.object = scene.object.name();
    result.object_name = words_.object(scene.object);
    result.result = outcome.result;
    word_result(words_, rule, outcome, result);
    result.basis = outcome.basis;
    made_.results.push_back(std::move(result));
  }

  void count(const Outcome& outcome) {
    switch (outcome.result) {
      case CheckResult::kPassed:
        ++counts_->passed;
        break;
      case CheckResult::kFailed:
        ++counts_->failed;
        break;
      case CheckResult::kNotApplicable:
        ++counts_->not_applicable;
        return;
      case CheckResult::kNotChecked:
        ++counts_->not_checked;
        break;
      case CheckResult::kNeedsPerson:
        ++counts_->needs_person;
        break;
    }
    if (outcome.basis == FactBasis::kDeclared) ++counts_->declared;
  }

  void add_media_results() {
    for (const auto& recording : facts_.items(Subject::kRecording)) {
      for (auto& result : media_results(facts_, words_, recording)) {
        made_.results.push_back(std::move(result));
      }
    }
  }

  void add_stray_confirmations() {
    for (const auto& stray : facts_.confirmed().stray()) {
      tell_of_case(kStrayConfirmation, Severity::kWarn,
                   words_.say(stray.reason, {{"path", stray.path}}));
      made_.results.back().article = "urn:anjuan:case:1";
    }
  }

  /// A result of no rule.
  void tell_of_case(std::string_view code, Severity severity, std::string message) {
    RuleResult result;
    result.code = code;
    result.severity = severity;
    result.object = facts_.whole().name();
    result.object_name = words_.object(facts_.whole());
    result.message = std::move(message);
    made_.results.push_back(std::move(result));
  }

  /// As grave as the gravest failed result that it stands for.
  void add_untold() {
    if (untold_ == 0) return;
    tell_of_case(kMoreResults, gravest_untold_,
                 words_.say("judge.more_results", {{"limit", std::to_string(kResultsMax)},
                                                   {"more", std::to_string(untold_)}}));
  }

  const LawBook& law_;
  CaseFacts facts_;
  Words words_;
  Judgement made_;
  RuleCounts* counts_ = nullptr;
  std::size_t untold_ = 0;
  Severity gravest_untold_ = Severity::kInfo;
  std::map<std::pair<const Requirement*, const Item*>, Outcome> memory_;
};

}  // namespace

Judgement judge(const CaseFile& declared, const LawBook& law, const JudgeOptions& options) {
  return Judge(declared, law, options).judged();
}

}  // namespace anjuan::rules
