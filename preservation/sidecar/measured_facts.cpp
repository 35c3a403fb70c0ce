#include "preservation/sidecar/measured_facts.h"

#include "core/messages.h"
#include "preservation/formats/continuity/continuity_words.h"

namespace anjuan::preservation {

using formats::ContinuityAnswer;
using formats::ContinuityVerdict;
using rules::Continuity;

namespace {

/// Of all files together; nothing unless each is known.
std::optional<double> length_s(const RecordingSidecar& sidecar) {
  double sum = 0;
  for (const RecordedTechnical& file : sidecar.technical) {
    if (file.duration_ms <= 0) return std::nullopt;
    sum += static_cast<double>(file.duration_ms) / 1000;
  }
  const bool all = !sidecar.technical.empty() &&
                   sidecar.technical.size() == sidecar.segments.size() &&
                   sidecar.photographs.empty();
  return all ? std::optional(sum) : std::nullopt;
}

/// The time that the file itself gives: a photograph's EXIF, a container's own time. Where a clock
/// in the picture could be read the sidecar shows that one instead.
std::optional<Instant> file_time(const RecordingSidecar& sidecar) {
  std::string text;
  if (!sidecar.photographs.empty()) {
    text = sidecar.photographs.front().taken;
  } else if (sidecar.clock && sidecar.clock->source == ClockSource::kContainer) {
    text = sidecar.clock->shown;
  }
  const auto at = sidecar_time(text).at;
  return at.empty() ? std::nullopt : std::optional(parse_instant(at));
}

/// As much of the judgement as its sentence needs.
formats::ContinuityJudgement judgement_of(const RecordedContinuity& kept) {
  formats::ContinuityJudgement judgement;
  judgement.verdict = kept.verdict;
  judgement.coverage = kept.coverage;
  for (const RecordedGap& gap : kept.gaps) {
    judgement.gaps.push_back({});
    judgement.gaps.back().missing_s = static_cast<double>(gap.missing_ms) / 1000;
  }
  return judgement;
}

}  // namespace

std::optional<Continuity> continuity_fact(ContinuityAnswer answer, bool claims_whole,
                                          std::optional<double> step_coverage) {
  constexpr double kWhole = 0.999;
  switch (answer) {
    case ContinuityAnswer::kInterrupted:
      return Continuity::kInterrupted;
    case ContinuityAnswer::kNeedsPerson:
      return claims_whole ? std::optional(Continuity::kNeedsPerson) : std::nullopt;
    case ContinuityAnswer::kContinuous:
      break;
  }
  const bool covers = claims_whole || step_coverage.value_or(0) >= kWhole;
  return covers ? std::optional(Continuity::kUninterrupted) : std::nullopt;
}

std::optional<Severity> reservation_of(ContinuityVerdict verdict) {
  if (verdict == ContinuityVerdict::kConfirmed) return std::nullopt;
  return verdict == ContinuityVerdict::kNotContradicted ? Severity::kInfo : Severity::kWarn;
}

rules::MediaNote continuity_note(const formats::ContinuityJudgement& judgement) {
  return {formats::verdict_sentence(judgement, Language::kChinese),
          formats::verdict_sentence(judgement, Language::kEnglish)};
}

namespace {

/// What nobody could look at then is no proof of what the case claims of it.
rules::MediaFacts unreadable_facts(const RecordingSidecar& sidecar) {
  rules::MediaFacts facts;
  facts.fault = {say_in(Language::kChinese, "recording.was_unreadable"),
                 say_in(Language::kEnglish, "recording.was_unreadable")};
  if (sidecar.said_continuous == true) facts.continuity = Continuity::kNeedsPerson;
  return facts;
}

}  // namespace

std::optional<rules::MediaFacts> measured_facts(const RecordingSidecar& sidecar) {
  if (sidecar.not_measured == "unreadable") return unreadable_facts(sidecar);
  if (!sidecar.continuity && sidecar.technical.empty()) return std::nullopt;
  rules::MediaFacts facts;
  facts.duration_s = length_s(sidecar);
  facts.file_time = file_time(sidecar);
  if (!sidecar.continuity) return facts;
  const RecordedContinuity& kept = *sidecar.continuity;
  facts.continuity =
      continuity_fact(kept.answer, sidecar.said_continuous == true, kept.step_coverage);
  facts.reservation = reservation_of(kept.verdict);
  facts.continuity_note = continuity_note(judgement_of(kept));
  return facts;
}

}  // namespace anjuan::preservation
