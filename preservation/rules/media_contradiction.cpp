#include "preservation/rules/media_contradiction.h"

#include <cmath>

namespace anjuan::rules {

namespace {

void compare_times(const Words& words, const Item& recording, const MediaFacts& media,
                   std::vector<std::string>& differences) {
  const auto declared = moment_of(recording.find("file_time"));
  if (!media.file_time || declared.reading == Reading::kMissing) return;
  const auto apart = declared.at > *media.file_time ? declared.at - *media.file_time
                                                    : *media.file_time - declared.at;
  if (declared.is_read() && apart <= kMediaTolerance) return;
  const auto shown_time = declared.is_read() ? words.time(declared.at) : declared.written;
  differences.push_back(words.say(
      "judge.media_time", {{"declared", shown_time}, {"measured", words.time(*media.file_time)}}));
}

void compare_lengths(const Words& words, const Item& recording, const MediaFacts& media,
                     std::vector<std::string>& differences) {
  const auto declared = number_of(recording.find("duration_s"));
  if (!media.duration_s || !declared) return;
  const auto tolerance = std::chrono::duration<double>(kMediaTolerance).count();
  if (std::abs(*declared - *media.duration_s) <= tolerance) return;
  differences.push_back(
      words.say("judge.media_length", {{"declared", fmt::format("{:.0f}", *declared)},
                                       {"measured", fmt::format("{:.0f}", *media.duration_s)}}));
}

}  // namespace

std::optional<RuleResult> media_contradiction(const CaseFacts& facts, const Words& words,
                                              const Item& recording) {
  const auto* media = facts.media(recording);
  if (media == nullptr) return std::nullopt;
  std::vector<std::string> differences;
  const Json* declared = recording.find("continuous");
  const bool is_declared = is_filled(declared);
  const bool is_whole = media->continuity == Continuity::kUninterrupted;
  const bool is_broken = media->continuity == Continuity::kInterrupted;
  const bool differs = is_declared && (is_true(declared) ? is_broken : is_whole);
  if (differs) {
    differences.push_back(words.say(is_whole ? "judge.media_whole" : "judge.media_broken"));
  }
  compare_lengths(words, recording, *media, differences);
  compare_times(words, recording, *media, differences);
  if (differences.empty()) return std::nullopt;
  RuleResult result;
  result.code = kMediaContradiction;
  result.article = "31";
  result.severity = differs && is_broken ? Severity::kError : Severity::kWarn;
  result.object = recording.name();
  result.object_name = words.object(recording);
  result.message =
      words.say("judge.media_contradiction", {{"object", result.object_name},
                                              {"facts", words.statements(differences)},
                                              {"article", article_text("31", words.language())}});
  result.basis = FactBasis::kMeasured;
  return result;
}

}  // namespace anjuan::rules
