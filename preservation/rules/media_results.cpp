#include "preservation/rules/media_results.h"

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

RuleResult result_of(const Words& words, const Item& recording, std::string_view code,
                     Severity severity) {
  RuleResult result;
  result.code = code;
  result.article = "31";
  result.severity = severity;
  result.object = recording.name();
  result.object_name = words.object(recording);
  result.basis = FactBasis::kMeasured;
  return result;
}

const std::string& in_words(const Words& words, const MediaNote& note) {
  return words.language() == Language::kChinese ? note.chinese : note.english;
}

std::optional<RuleResult> contradiction(const Words& words, const Item& recording,
                                        const MediaFacts& media) {
  std::vector<std::string> differences;
  const Json* declared = recording.find("continuous");
  const bool is_declared = is_filled(declared);
  const bool is_whole = media.continuity == Continuity::kUninterrupted;
  const bool is_broken = media.continuity == Continuity::kInterrupted;
  const bool differs = is_declared && (is_true(declared) ? is_broken : is_whole);
  if (differs) {
    differences.push_back(words.say(is_whole ? "judge.media_whole" : "judge.media_broken"));
  }
  compare_lengths(words, recording, media, differences);
  compare_times(words, recording, media, differences);
  if (differences.empty()) return std::nullopt;
  auto result = result_of(words, recording, kMediaContradiction,
                          differs && is_broken ? Severity::kError : Severity::kWarn);
  result.message =
      words.say("judge.media_contradiction", {{"object", result.object_name},
                                              {"facts", words.statements(differences)},
                                              {"article", article_text("31", words.language())}});
  return result;
}

RuleResult unreadable(const Words& words, const Item& recording, const MediaFacts& media) {
  auto result = result_of(words, recording, kMediaUnreadable, Severity::kError);
  result.message =
      words.say("judge.media_unreadable", {{"object", result.object_name},
                                           {"reason", in_words(words, media.fault)},
                                           {"article", article_text("31", words.language())}});
  return result;
}

/// Of a recording that need not be uninterrupted it is no more than worth knowing.
std::optional<RuleResult> reservation(const Words& words, const Item& recording,
                                      const MediaFacts& media) {
  if (!media.reservation) return std::nullopt;
  const bool must_be_whole = is_true(recording.find("continuous"));
  if (!must_be_whole && *media.reservation == Severity::kInfo) return std::nullopt;
  auto result = result_of(words, recording, kMediaContinuity,
                          must_be_whole ? *media.reservation : Severity::kInfo);
  result.article = "15";
  result.result = CheckResult::kNeedsPerson;
  result.message =
      words.say("judge.media_continuity", {{"object", result.object_name},
                                           {"verdict", in_words(words, media.continuity_note)},
                                           {"article", article_text("15", words.language())}});
  return result;
}

}  // namespace

std::vector<RuleResult> media_results(const CaseFacts& facts, const Words& words,
                                      const Item& recording) {
  std::vector<RuleResult> results;
  const auto* media = facts.media(recording);
  if (media == nullptr) return results;
  if (!media->was_measured()) results.push_back(unreadable(words, recording, *media));
  if (auto found = contradiction(words, recording, *media)) results.push_back(std::move(*found));
  if (auto found = reservation(words, recording, *media)) results.push_back(std::move(*found));
  return results;
}

}  // namespace anjuan::rules
