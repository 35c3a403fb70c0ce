#pragma once
// Judgements made by hand: results and counts as a judge would leave them, without a rule file.

#include <deque>
#include <string>

#include "preservation/rules/judgement.h"

namespace anjuan::test {

/// Keeps the rules that its judgement points to: it outlives the judgement.
class JudgementBuilder {
 public:
  JudgementBuilder() { judgement_.rules = std::make_shared<rules::RuleSet>(); }

  JudgementBuilder& passed(const std::string& rule) {
    ++judgement_.counts[rule].passed;
    return *this;
  }

  JudgementBuilder& not_applicable(const std::string& rule) {
    ++judgement_.counts[rule].not_applicable;
    return *this;
  }

  JudgementBuilder& failed(const std::string& rule, int points, const std::string& object,
                           rules::Weight weight = rules::Weight::kError) {
    ++judgement_.counts[rule].failed;
    add(rule, points, object, CheckResult::kFailed, weight);
    return *this;
  }

  JudgementBuilder& needs_person(const std::string& rule, const std::string& object) {
    ++judgement_.counts[rule].needs_person;
    add(rule, 3, object, CheckResult::kNeedsPerson, rules::Weight::kError);
    return *this;
  }

  JudgementBuilder& not_checked(const std::string& rule, const std::string& object) {
    ++judgement_.counts[rule].not_checked;
    add(rule, 3, object, CheckResult::kNotChecked, rules::Weight::kError);
    return *this;
  }

  /// Of the result added last.
  JudgementBuilder& saying(const std::string& fact, const std::string& object_name,
                           const std::string& article, const std::string& next_step) {
    auto& result = judgement_.results.back();
    result.fact = fact;
    result.object_name = object_name;
    result.article = article;
    result.next_step = next_step;
    return *this;
  }

  const rules::Judgement& judgement() const { return judgement_; }

 private:
  void add(const std::string& id, int points, const std::string& object, CheckResult result,
           rules::Weight weight) {
    rules::Rule rule;
    rule.id = id;
    rule.article = "15";
    rule.layer = rules::Layer::kSeed;
    rule.weight = weight;
    rule.message_zh = "没有全程不间断的录像记录。";
    rule.message_en = "there is no uninterrupted video.";
    rule.review_points = points;
    rules_.push_back(rule);
    rules::RuleResult made;
    made.rule = &rules_.back();
    made.code = id;
    made.article = rule.article;
    made.severity = rule.severity();
    made.object = object;
    made.object_name = "环节 " + object;
    made.result = result;
    made.message = "环节 " + object + "：没有全程不间断的录像记录（细则第十五条）。请补入录像。";
    judgement_.results.push_back(made);
  }

  std::deque<rules::Rule> rules_;
  rules::Judgement judgement_;
};

}  // namespace anjuan::test
