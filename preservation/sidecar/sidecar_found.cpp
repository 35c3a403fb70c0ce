#include "preservation/sidecar/sidecar_found.h"

#include <cmath>

#include "core/clock.h"
#include "core/error.h"
#include "preservation/formats/continuity/clock_line.h"
#include "preservation/formats/continuity/continuity_words.h"
#include "preservation/sidecar/foreign_xml.h"

namespace anjuan::preservation {

namespace {

constexpr double kDaySeconds = 86'400;
constexpr double kZoneSeconds = 8.0 * 3'600;

std::int64_t milliseconds(double seconds) { return std::llround(seconds * 1000); }

RecordedStream stream_of(const formats::StreamFacts& facts) {
  return {facts.kind,        facts.codec,        facts.profile,    facts.width,
          facts.height,      facts.pixel_format, facts.frame_rate, facts.rotation_deg,
          facts.sample_rate, facts.channels,     facts.bits,       facts.bit_rate,
          facts.duration_ms};
}

RecordedPhotograph photograph_of(std::size_t segment, const formats::PhotoFacts& facts) {
  return {segment,        facts.taken,     facts.orientation, facts.make,  facts.model,
          facts.latitude, facts.longitude, facts.altitude_m,  facts.width, facts.height};
}

/// "" for what is no time.
std::optional<double> declared_seconds(const SidecarTime& time) {
  if (time.at.empty()) return std::nullopt;
  return formats::wall_seconds(parse_instant(time.at));
}

/// EXIF has no zone before version 2.31: what the camera wrote is local time.
void compare_photograph(RecordingSidecar& sidecar, const formats::PhotoFacts& facts) {
  if (sidecar.clock || facts.taken.empty()) return;
  RecordingClock clock;
  clock.source = ClockSource::kExif;
  clock.shown = facts.taken;
  const auto declared = declared_seconds(sidecar.started);
  const auto taken = declared_seconds(sidecar_time(facts.taken));
  if (declared && taken) clock.offset_ms = milliseconds(*taken - *declared);
  sidecar.clock = clock;
}

/// What a segment's clock showed at its first and last picture.
struct ShownTimes {
  double first_s = 0;
  double last_s = 0;
  bool has_date = false;
};

std::optional<ShownTimes> shown_times(const formats::SegmentObservation& seen) {
  if (!seen.video || !seen.clock.found) return std::nullopt;
  const auto lines = formats::lines_of(seen.clock.readings, formats::line_rules(seen));
  if (lines.empty()) return std::nullopt;
  const auto& first = lines.front();
  const auto& last = lines.back();
  return ShownTimes{seen.video->start_s + (first.first_low_s + first.first_high_s) / 2,
                    seen.video->end_s + (last.last_low_s + last.last_high_s) / 2,
                    seen.clock.has_date};
}

/// Of a clock without a date only the time of day can differ.
double apart(double later_s, double earlier_s, bool has_date) {
  const double seconds = later_s - earlier_s;
  return has_date ? seconds : seconds - kDaySeconds * std::round(seconds / kDaySeconds);
}

void add_shown_times(RecordingSidecar& sidecar, const formats::JudgeInput& input) {
  std::optional<ShownTimes> before;
  const std::size_t count = std::min(sidecar.segments.size(), input.segments.size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto shown = shown_times(input.segments[i].seen);
    if (shown) {
      RecordedSegment& segment = sidecar.segments[i];
      segment.first_clock = formats::wall_text(shown->first_s, shown->has_date);
      segment.last_clock = formats::wall_text(shown->last_s, shown->has_date);
      if (before) {
        const bool has_date = shown->has_date && before->has_date;
        segment.gap_before_ms = milliseconds(apart(shown->first_s, before->last_s, has_date));
      }
    }
    before = shown;
  }
}

RecordingClock picture_clock(const RecordingSidecar& sidecar, double shown_s, bool has_date) {
  RecordingClock clock;
  clock.source = ClockSource::kPicture;
  clock.shown = formats::wall_text(shown_s, has_date);
  const auto declared = declared_seconds(sidecar.started);
  if (declared) clock.offset_ms = milliseconds(apart(shown_s, *declared, has_date));
  return clock;
}

/// A container's own time should be UTC, but many cameras write local time there: of both readings
/// the one nearer to the declared time is taken.
RecordingClock container_clock(const RecordingSidecar& sidecar, std::int64_t created_s) {
  RecordingClock clock;
  clock.source = ClockSource::kContainer;
  const auto as_local = static_cast<double>(created_s);
  const double as_utc = as_local + kZoneSeconds;
  const auto declared = declared_seconds(sidecar.started);
  const bool is_utc = !declared || std::abs(as_utc - *declared) <= std::abs(as_local - *declared);
  const double shown = is_utc ? as_utc : as_local;
  clock.shown = formats::wall_text(shown, true);
  if (declared) clock.offset_ms = milliseconds(shown - *declared);
  return clock;
}

std::vector<RecordedGap> gaps_of(const formats::ContinuityJudgement& judgement) {
  std::vector<RecordedGap> gaps;
  const auto wall = [&](const std::optional<double>& wall_s) {
    return wall_s ? formats::wall_text(*wall_s, judgement.has_date) : std::string();
  };
  for (const auto& gap : judgement.gaps) {
    gaps.push_back({gap.segment + 1, milliseconds(gap.at_s), milliseconds(gap.missing_s),
                    wall(gap.start_wall_s), wall(gap.end_wall_s)});
  }
  return gaps;
}

}  // namespace

void add_characteristics(RecordingSidecar& sidecar, std::size_t segment,
                         const formats::Characteristics& found) {
  RecordedTechnical technical;
  technical.segment = segment;
  if (found.media) {
    technical.container = found.media->container;
    technical.duration_ms = found.media->duration_ms;
    technical.bit_rate = found.media->bit_rate;
    for (const auto& stream : found.media->streams) technical.streams.push_back(stream_of(stream));
  }
  for (const auto& one : found.extensions) {
    technical.foreign.push_back({one.standard, foreign_xml(one.xml, one.standard)});
  }
  if (found.media || !technical.foreign.empty()) {
    sidecar.technical.push_back(std::move(technical));
  }
  if (found.photo) {
    sidecar.photographs.push_back(photograph_of(segment, *found.photo));
    compare_photograph(sidecar, *found.photo);
  }
}

void add_continuity(RecordingSidecar& sidecar, const formats::JudgeInput& input,
                    const formats::ContinuityJudgement& judgement, formats::ContinuityAnswer answer,
                    const ContinuityReport& report) {
  sidecar.continuity = RecordedContinuity{
      judgement.verdict,  answer,      judgement.coverage, judgement.step_coverage,
      gaps_of(judgement), report.path, report.sha512};
  add_shown_times(sidecar, input);
  if (judgement.first_wall_s) {
    sidecar.clock = picture_clock(sidecar, *judgement.first_wall_s, judgement.has_date);
  } else if (!input.segments.empty() && input.segments.front().seen.container.created_s) {
    sidecar.clock = container_clock(sidecar, *input.segments.front().seen.container.created_s);
  } else {
    sidecar.clock = RecordingClock{};
  }
}

NotDerived not_derived_of(RepresentationRole role, const std::string& derived_from,
                          const formats::DerivationResult& result) {
  return {role,          derived_from,   std::string(formats::outcome_word(result.outcome)),
          result.reason, result.because, result.message};
}

}  // namespace anjuan::preservation
