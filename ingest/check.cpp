#include "ingest/accession.h"
#include "ingest/stages.h"

namespace anjuan::ingest {

using rules::Verdict;

namespace {

struct Judged {
  rules::Judgement judgement;
  rules::Coverage coverage;
};

Judged judge_in(Language language, const CheckedCase& checked, Instant now, const Desk& desk) {
  const CaseFile& declared = checked.gathered().declared;
  const auto& defects = checked.defects();
  Judged judged;
  judged.judgement = rules::judge(declared, desk.law, {nullptr, language});
  judged.coverage = rules::cover(judged.judgement, declared,
                                 defects ? &defects->statement : nullptr, now, language);
  return judged;
}

Findings told(const Judged& judged) {
  Findings findings = judged.judgement.findings();
  const Findings& problems = judged.coverage.problems;
  findings.insert(findings.end(), problems.begin(), problems.end());
  return findings;
}

}  // namespace

std::string_view step_state_word(StepState state) {
  constexpr std::string_view kWords[] = {"done", "nothing_to_do", "not_checked"};
  return kWords[static_cast<std::size_t>(state)];
}

bool CheckedCase::may_be_stored() const {
  return verdict_ == Verdict::kComplete || verdict_ == Verdict::kDefective;
}

CheckedCase check(GatheredCase gathered, std::optional<DefectFile> defects, Instant now,
                  const Desk& desk) {
  CheckedCase checked(std::move(gathered), std::move(defects));
  Judged kept = judge_in(Language::kChinese, checked, now, desk);
  checked.findings_ = language() == Language::kChinese
                          ? told(kept)
                          : told(judge_in(language(), checked, now, desk));
  checked.verdict_ = rules::verdict_of(kept.judgement, kept.coverage);
  checked.judgement_ = std::move(kept.judgement);
  checked.coverage_ = std::move(kept.coverage);
  return checked;
}

}  // namespace anjuan::ingest
