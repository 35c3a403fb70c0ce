#include "ingest/accession.h"
#include "ingest/stages.h"

namespace anjuan::ingest {

using rules::Verdict;

namespace {

struct Judged {
  rules::Judgement judgement;
  rules::Coverage coverage;
};

/// `media` nullptr: on the declaration.
Judged judge_in(Language language, const CaseFile& declared,
                const std::optional<DefectFile>& defects, const rules::MediaFactsById* media,
                Instant now, const Desk& desk) {
  Judged judged;
  judged.judgement = rules::judge(declared, desk.law, {media, language});
  judged.coverage = rules::cover(judged.judgement, declared,
                                 defects ? &defects->statement : nullptr, now, language);
  return judged;
}

bool is_storable(Verdict verdict) {
  return verdict == Verdict::kComplete || verdict == Verdict::kDefective;
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

bool is_storable_as_declared(const GatheredCase& gathered, const std::optional<DefectFile>& defects,
                             Instant now, const Desk& desk) {
  const Judged judged = judge_in(language(), gathered.declared, defects, nullptr, now, desk);
  return is_storable(rules::verdict_of(judged.judgement, judged.coverage));
}

bool CheckedCase::may_be_stored() const { return is_storable(verdict_); }

CheckedCase check(MeasuredCase measured, std::optional<DefectFile> defects, Instant now,
                  const Desk& desk) {
  CheckedCase checked(std::move(measured), std::move(defects));
  const auto media = checked.media().facts();
  const auto judged_in = [&](Language words) {
    return judge_in(words, checked.gathered().declared, checked.defects(), &media, now, desk);
  };
  Judged kept = judged_in(Language::kChinese);
  checked.findings_ = language() == Language::kChinese ? told(kept) : told(judged_in(language()));
  checked.verdict_ = rules::verdict_of(kept.judgement, kept.coverage);
  checked.judgement_ = std::move(kept.judgement);
  checked.coverage_ = std::move(kept.coverage);
  return checked;
}

}  // namespace anjuan::ingest
