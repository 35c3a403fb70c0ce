#include "preservation/rules/retention_answer.h"

#include <algorithm>

#include "core/messages.h"

namespace anjuan::rules {

namespace {

std::string years_text(int years) {
  if (years >= kPermanent) return say("rules.retention.permanent");
  return say("rules.retention.years", {{"years", std::to_string(years)}});
}

std::string sentence(const RetentionLine& line) {
  return say(line.is_source_verified ? "rules.retention.line" : "rules.retention.line_unverified",
             {{"id", line.id},
              {"title", line.title},
              {"period", years_text(line.years)},
              {"basis", line.basis},
              {"quote", line.source_text}});
}

std::string sentence(const Hold& hold) {
  const auto ground = hold_name(hold.ground);
  if (!hold.lifted) {
    return say("rules.hold.open", {{"ground", ground},
                                   {"reason", hold.reason},
                                   {"from", hold.from},
                                   {"by", hold.by},
                                   {"document", hold.document}});
  }
  return say("rules.hold.lifted", {{"ground", ground},
                                   {"from", hold.from},
                                   {"at", hold.lifted->at},
                                   {"by", hold.lifted->by},
                                   {"document", hold.lifted->document}});
}

std::string period_sentence(const RetentionAnswer& answer) {
  if (answer.lines.empty()) return say("rules.retention.no_line");
  const auto period = years_text(answer.years);
  if (!answer.start) return say("rules.retention.no_start", {{"period", period}});
  if (!answer.end) {
    return say("rules.retention.from", {{"period", period}, {"start", to_text(*answer.start)}});
  }
  return say(
      "rules.retention.from_to",
      {{"period", period}, {"start", to_text(*answer.start)}, {"end", to_text(*answer.end)}});
}

}  // namespace

bool RetentionAnswer::is_held() const {
  return std::any_of(holds.begin(), holds.end(), [](auto* hold) { return !hold->lifted; });
}

bool RetentionAnswer::is_due(Day today) const { return end && today > *end && !is_held(); }

RetentionAnswer retention_of(const CaseFile& declared, const LawBook& law) {
  RetentionAnswer answer;
  answer.exemption = law.retention.exemption(declared);
  answer.lines = law.retention.matching(declared);
  answer.years = answer.lines.empty() ? 0 : answer.lines.front()->years;
  answer.start = retention_start(declared);
  answer.end = retention_end(declared, answer.years);
  answer.holds = law.holds.of_case(declared.case_no());
  return answer;
}

std::vector<std::string> sentences(const RetentionAnswer& answer) {
  std::vector<std::string> out;
  if (answer.exemption != nullptr) {
    out.push_back(say("rules.retention.exempt", {{"basis", answer.exemption->basis},
                                                 {"quote", answer.exemption->source_text}}));
  } else {
    for (const auto* line : answer.lines) out.push_back(sentence(*line));
    out.push_back(period_sentence(answer));
  }
  for (const auto* hold : answer.holds) out.push_back(sentence(*hold));
  return out;
}

}  // namespace anjuan::rules
