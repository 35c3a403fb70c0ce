#pragma once
// One rule on one small case: how an operator's tests ask it.

#include <string>

#include "tests/preservation/rules/judged_case.h"

namespace anjuan::test {

/// `trigger` and `require` as in a rule file, e.g. R"({"event": ["EV_SITE"]})".
inline rules::Judgement ask_all(const std::string& trigger, const std::string& require,
                                const std::string& declared,
                                const rules::JudgeOptions& options = {}) {
  const auto file = fmt::format(
      R"({{"schema": "urn:anjuan:rules:1", "layer": "seed", "version": "test", "title": "测试",
 "values": {{"config.designated_stores": ["执法信息系统", "本单位专用存储器"]}},
 "rules": [{{"id": "T-1", "article": "31", "phase": "package", "severity": "error",
   "review_points": 1, "trigger": {}, "require": {}, "message_zh": "测试。",
   "message_en": "Test.", "source_text": "测试"}}]}})",
      trigger, require);
  rules::LawBook one = law();
  one.rules = rules::RuleSet::from_files({{"test.json", file}});
  return rules::judge(CaseFile::from_json(declared, "case.json"), one, options);
}

/// "passed", "failed", ...: the result that there is; the worst where there are several.
inline std::string ask(const std::string& trigger, const std::string& require,
                       const std::string& declared, const rules::JudgeOptions& options = {}) {
  const auto judgement = ask_all(trigger, require, declared, options);
  for (const auto result : {CheckResult::kFailed, CheckResult::kNeedsPerson,
                            CheckResult::kNotChecked, CheckResult::kPassed}) {
    if (judgement.count(result) > 0) return std::string(result_word(result));
  }
  return std::string(result_word(CheckResult::kNotApplicable));
}

/// A case with one step E1 of this kind, with more members, documents and recordings.
inline std::string step_case(const std::string& kind, const std::string& members = "",
                             const std::string& docs = "", const std::string& av = "",
                             const std::string& more = "") {
  return fmt::format(
      R"({{"events": [{{"id": "E1", "kind": "{}"{}}}], "docs": [{}], "av": [{}]{}}})", kind,
      members.empty() ? "" : ", " + members, docs, av, more.empty() ? "" : ", " + more);
}

}  // namespace anjuan::test
