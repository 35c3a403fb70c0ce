#include "preservation/rules/result_message.h"

#include <algorithm>

namespace anjuan::rules {

namespace {

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (text.empty() || std::find(texts.begin(), texts.end(), text) != texts.end()) return;
  texts.push_back(text);
}

/// A finding that stops the package may be covered by a defect statement; others need none.
std::string next_step(const Words& words, const Rule& rule, const Outcome& outcome,
                      const std::vector<std::string>& remedies) {
  const bool may_be_covered = outcome.result == CheckResult::kFailed &&
                              (rule.weight == Weight::kBlock || rule.weight == Weight::kError);
  if (remedies.empty()) return may_be_covered ? words.say("judge.statement_only") : "";
  const auto* id = outcome.result != CheckResult::kFailed ? "judge.next"
                   : may_be_covered                       ? "judge.next_or_statement"
                                                          : "judge.next_submit";
  return words.say(id, {{"steps", words.steps(remedies)}});
}

}  // namespace

std::string message_of(const Words& words, const Rule& rule, const std::string& object_name,
                       const Outcome& outcome) {
  std::vector<std::string> facts;
  std::vector<std::string> remedies;
  for (const auto& fact : outcome.facts) {
    add_once(facts, fact.what);
    add_once(remedies, fact.remedy);
  }
  const bool is_chinese = words.language() == Language::kChinese;
  const bool is_failed = outcome.result == CheckResult::kFailed;
  return words.say(is_failed ? "judge.failed" : "judge.undecided",
                   {{"object", object_name},
                    {"facts", words.statements(facts)},
                    {"rule", is_chinese ? full_width(rule.message_zh) : rule.message_en},
                    {"basis", basis_text(rule, words.language())},
                    {"next", next_step(words, rule, outcome, remedies)}});
}

}  // namespace anjuan::rules
