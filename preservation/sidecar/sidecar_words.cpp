#include "preservation/sidecar/sidecar_words.h"

#include "core/messages.h"
#include "preservation/formats/continuity/continuity_words.h"

namespace anjuan::preservation {

namespace {

template <std::size_t kCount, typename Value>
std::string_view word_of(const std::array<std::string_view, kCount>& words, Value value) {
  return words.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view method_word(RecordingMethod method) {
  return word_of<5>({"photograph", "sound", "video", "surveillance", "other"}, method);
}

std::string_view representation_word(RepresentationRole role) {
  return word_of<3>({"original", "preservation", "access"}, role);
}

std::string_view clock_source_word(ClockSource source) {
  return word_of<4>({"none", "picture", "container", "exif"}, source);
}

std::string_view role_word(PersonRole role) {
  return word_of<3>({"officer", "witness", "none"}, role);
}

std::string_view uninterrupted_word(Uninterrupted duty) {
  return word_of<3>({"unknown", "required", "not-required"}, duty);
}

std::string_view kept_word(DeadlineKept kept) { return word_of<3>({"yes", "no", "unknown"}, kept); }

std::string_view answer_word(formats::ContinuityAnswer answer) {
  return word_of<3>({"continuous", "interrupted", "needs-person"}, answer);
}

std::string continuity_sentence(const RecordingSidecar& sidecar) {
  if (sidecar.continuity) {
    const RecordedContinuity& found = *sidecar.continuity;
    formats::ContinuityJudgement judgement;
    judgement.verdict = found.verdict;
    judgement.coverage = found.coverage;
    for (const RecordedGap& gap : found.gaps) {
      judgement.gaps.emplace_back();
      judgement.gaps.back().missing_s = static_cast<double>(gap.missing_ms) / 1000;
    }
    return formats::verdict_sentence(judgement);
  }
  constexpr std::array<std::string_view, 5> kReasons = {"photograph", "sound", "not_observed",
                                                        "unreadable", "elsewhere"};
  const bool is_known =
      std::find(kReasons.begin(), kReasons.end(), sidecar.not_measured) != kReasons.end();
  return say(is_known ? "recording.not_measured_" + sidecar.not_measured
                      : "recording.not_measured");
}

std::string fact_names(const std::vector<std::string>& keys) {
  std::string names;
  for (const auto& key : keys) {
    if (!names.empty()) names += say("recording.and");
    names += say("recording.fact_" + key);
  }
  return names;
}

}  // namespace anjuan::preservation
