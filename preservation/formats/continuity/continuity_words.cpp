#include "preservation/formats/continuity/continuity_words.h"

#include <cmath>

namespace anjuan::formats {

namespace {

constexpr std::int64_t kZoneMs = 8LL * 3600 * 1000;
constexpr double kYear9999 = 253'370'000'000.0;

std::string number(double value) {
  std::string text = fmt::format("{:.3f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

/// A clock's time as people write it.
std::string wall_words(double wall_s, bool has_date) {
  constexpr std::size_t kDayEnds = 10;
  std::string text = wall_text(wall_s, has_date);
  if (!has_date) return text;
  text[kDayEnds] = ' ';
  return text.substr(0, text.find('+'));
}

/// A difference of times in the largest unit that says it.
std::string apart_words(double seconds, Language in) {
  constexpr std::pair<double, const char*> kUnits[] = {
      {86400, "continuity.days"}, {3600, "continuity.hours"}, {60, "continuity.minutes"}};
  for (const auto& [unit, message] : kUnits) {
    if (seconds >= 2 * unit) {
      return say_in(in, message, {{"count", fmt::format("{:.0f}", seconds / unit)}});
    }
  }
  return say_in(in, "continuity.seconds", {{"count", number(seconds)}});
}

/// A length of time as it is read aloud: to the picture below an hour, in round units above.
std::string lasts_words(double seconds, Language in) {
  constexpr double kMinute = 60;
  constexpr double kHour = 3600;
  constexpr double kDay = 86400;
  seconds = std::round(seconds * 1000) / 1000;
  if (seconds < kMinute) return say_in(in, "continuity.lasts_s", {{"s", number(seconds)}});
  if (seconds < kHour) {
    const double minutes = std::floor(seconds / kMinute);
    return say_in(
        in, "continuity.lasts_min",
        {{"min", fmt::format("{:.0f}", minutes)}, {"s", number(seconds - minutes * kMinute)}});
  }
  const bool days = seconds >= kDay;
  const double small = std::round(seconds / (days ? kHour : kMinute));
  const double ratio = days ? kDay / kHour : kHour / kMinute;
  return say_in(in, days ? "continuity.lasts_days" : "continuity.lasts_h",
                {{"large", fmt::format("{:.0f}", std::floor(small / ratio))},
                 {"small", fmt::format("{:.0f}", std::fmod(small, ratio))}});
}

/// When the clock shows that nothing was recorded, for the first gaps; "" where no clock tells.
std::string gap_times(const ContinuityJudgement& judgement, Language in) {
  constexpr std::size_t kGapsTold = 3;
  std::string times;
  std::size_t told = 0;
  for (const ContinuityGap& gap : judgement.gaps) {
    if (!gap.start_wall_s || !gap.end_wall_s || ++told > kGapsTold) continue;
    times += say_in(in, "continuity.gap_times",
                    {{"from", wall_text(*gap.start_wall_s, false)},
                     {"until", wall_text(*gap.end_wall_s, false)}});
  }
  return times;
}

/// Of sound nobody expects a clock in the picture.
std::string verdict_message(const ContinuityJudgement& judgement) {
  const bool sound_alone =
      judgement.verdict == ContinuityVerdict::kNotContradicted && !judgement.has_pictures;
  return sound_alone ? "continuity.sound_not_contradicted"
                     : fmt::format("continuity.verdict_{}", verdict_word(judgement.verdict));
}

}  // namespace

Instant wall_instant(double wall_s) {
  const double bounded = std::clamp(wall_s, 0.0, kYear9999);
  return Instant(
      std::chrono::milliseconds(static_cast<std::int64_t>(std::llround(bounded * 1000)) - kZoneMs));
}

double wall_seconds(Instant instant) {
  return static_cast<double>(instant.time_since_epoch().count() + kZoneMs) / 1000;
}

std::string time_text(double at_s) {
  const auto ms = static_cast<std::int64_t>(std::llround(std::clamp(at_s, 0.0, 1e9) * 1000));
  return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60,
                     ms % 1000);
}

std::string wall_text(double wall_s, bool has_date) {
  return has_date ? to_text_ms(wall_instant(wall_s)) : time_text(std::fmod(wall_s, 86400.0));
}

std::string sentence_of(const ContinuityFinding& finding, const JudgeInput& input, bool has_date,
                        Language in) {
  const SegmentInput& segment = input.segments.at(finding.segment);
  return say_in(in, fmt::format("continuity.finding_{}", finding.kind),
                {{"file", segment.name},
                 {"time", time_text(finding.at_s)},
                 {"wall", finding.wall_s ? wall_words(*finding.wall_s, has_date)
                                         : say_in(in, "continuity.no_wall")},
                 {"measured", number(std::abs(finding.measured))},
                 {"lasts", lasts_words(std::abs(finding.measured), in)},
                 {"apart", apart_words(std::abs(finding.measured), in)},
                 {"threshold", number(finding.threshold)},
                 {"reason", segment.seen.failure}});
}

std::string verdict_sentence(const ContinuityJudgement& judgement, Language in) {
  double missing = 0;
  for (const ContinuityGap& gap : judgement.gaps) missing += gap.missing_s;
  return say_in(in, verdict_message(judgement),
                {{"coverage", fmt::format("{:.2f}%", judgement.coverage * 100)},
                 {"times", gap_times(judgement, in)},
                 {"count", std::to_string(judgement.gaps.size())},
                 {"missing", lasts_words(missing, in)}});
}

}  // namespace anjuan::formats
