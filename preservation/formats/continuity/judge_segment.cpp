#include "preservation/formats/continuity/judge_segment.h"

#include <cmath>

#include "preservation/formats/continuity/observer.h"

namespace anjuan::formats {

namespace {

constexpr double kDefaultPicture = 0.04;
constexpr double kSlopeSpeedChange = 1e-3;

/// How an event of the stream counts, whatever the clock says.
struct EventRule {
  std::string_view kind;
  Signal signal;
  Weight weight;
  double threshold;
};

constexpr EventRule kEventRules[] = {
    {"scar", Signal::kScar, Weight::kTrace, 0.1},
    {"audio_scar", Signal::kScar, Weight::kTrace, 0.1},
    {"backwards", Signal::kTimeStamps, Weight::kTrace, 0},
    {"audio_hole", Signal::kSound, Weight::kNote, 1.5},
    {"av_end", Signal::kSound, Weight::kNote, 0.2},
    {"edit_list", Signal::kEditList, Weight::kTrace, 2},
    {"edit_skips", Signal::kEditList, Weight::kTrace, 0.5},
    {"frame_num", Signal::kCodedChain, Weight::kTrace, 0},
    {"idr_pic_id", Signal::kCodedChain, Weight::kTrace, 0},
    {"parameters", Signal::kCodedChain, Weight::kTrace, 0},
    {"poc", Signal::kCodedChain, Weight::kTrace, 0},
    {"short_gop", Signal::kKeyRhythm, Weight::kNote, 0},
    {"freeze", Signal::kNoContent, Weight::kNote, 2},
    {"black", Signal::kNoContent, Weight::kNote, 2},
    {"silence", Signal::kNoContent, Weight::kNote, 2},
    {"repeat_packets", Signal::kRepeat, Weight::kTrace, 2},
    {"repeat_sound", Signal::kRepeat, Weight::kTrace, 2},
    {"repeat_pictures", Signal::kRepeat, Weight::kTrace, 2},
    {"decode_error", Signal::kDamage, Weight::kUnclear, 0},
    {"cut_short", Signal::kDamage, Weight::kUnclear, 0},
    {"read_in_part", Signal::kDamage, Weight::kUnclear, 0},
};

class SegmentJudge {
 public:
  SegmentJudge(const JudgeInput& input, std::size_t index)
      : limits_(input.thresholds),
        profile_(input.profile),
        index_(index),
        seen_(input.segments[index].seen) {
    out_.picture_s = seen_.video ? seen_.video->picture_s : kDefaultPicture;
    out_.length_s = out_.recorded_s = length();
    if (!seen_.clock.found) return;
    rules_ = line_rules(seen_);
    lines_ = lines_of(seen_.clock.readings, rules_);
  }

  SegmentJudgement judge() {
    if (!seen_.failure.empty()) add(Signal::kDamage, "unreadable", Weight::kUnclear, 0, 0, 0, 0);
    judge_steps();
    judge_stands();
    for (const StreamEvent& event : seen_.events) judge_event(event);
    judge_slope();
    judge_container();
    settle_clock();
    return std::move(out_);
  }

 private:
  double length() const {
    if (seen_.video && seen_.video->pictures > 0) return seen_.video->end_s - seen_.video->start_s;
    return seen_.sound ? seen_.sound->end_s - seen_.sound->start_s : 0;
  }

  double start() const { return seen_.video ? seen_.video->start_s : 0; }

  double end() const { return seen_.video ? seen_.video->end_s : length(); }

  ContinuityFinding& add(Signal signal, std::string kind, Weight weight, double at_s,
                         double until_s, double measured, double threshold) {
    out_.findings.push_back({signal, std::move(kind), weight, index_, at_s, until_s, wall_at(at_s),
                             measured, threshold});
    return out_.findings.back();
  }

  void add_gap(Signal signal, double at_s, std::optional<double> from, std::optional<double> to,
               double missing_s) {
    out_.gaps.push_back({index_, at_s, from, to, missing_s, signal});
  }

  /// What the clock showed at that time stamp, by the line that holds there.
  std::optional<double> wall_at(double at_s) const {
    if (lines_.empty()) return std::nullopt;
    const ClockLine* line = &lines_.front();
    for (const ClockLine& next : lines_) {
      if (seen_.clock.readings[next.first].at_s <= at_s + out_.picture_s) line = &next;
    }
    return at_s + (line->last_low_s + line->last_high_s) / 2;
  }

  /// Sum of the time stamps' own jumps inside (from, to), which are marked as explained.
  double jumps_within(double from_s, double to_s) {
    double sum = 0;
    for (const StreamEvent& event : seen_.events) {
      if (event.kind != "pts_gap" || event.at_s < from_s - 1e-6 || event.other_s > to_s + 1e-6) {
        continue;
      }
      sum += event.value;
      explained_.push_back(event.at_s);
    }
    return sum;
  }

  const PictureAt* picture_within(double from_s, double to_s) const {
    for (const PictureAt& at : seen_.clock.pictures) {
      if (at.from_s < to_s + 1e-6 && at.to_s > from_s - 1e-6) return &at;
    }
    return nullptr;
  }

  void judge_steps() {
    for (const ClockStep& step : steps_of(lines_, rules_)) {
      if (std::abs(step.step_s) < limits_.step_pictures * out_.picture_s) continue;
      judge_step(step);
    }
  }

  void judge_step(const ClockStep& step) {
    const ClockReading& before = seen_.clock.readings[step.before];
    const ClockReading& after = seen_.clock.readings[step.after];
    const PictureAt* picture = picture_within(before.at_s, after.at_s);
    const double at_s = picture != nullptr ? picture->before_s : before.until_s;
    const double until_s = picture != nullptr ? picture->at_s : after.at_s;
    const double total = step.step_s + jumps_within(before.at_s, after.at_s);
    const double threshold = limits_.step_pictures * out_.picture_s;
    broken_.emplace_back(before.at_s, after.until_s);
    if (std::abs(total) < threshold) {  // Time stamps jumped, the clock did not.
      add(Signal::kTimeStamps, "pts_jump", Weight::kUnclear, at_s, until_s, step.step_s, threshold);
    } else if (picture != nullptr && picture->flow == PictureFlow::kContinuous &&
               !stands_within(before.at_s, after.until_s)) {
      add(Signal::kClockStep, "clock_adjusted", Weight::kAdjusted, at_s, until_s, total, threshold);
    } else if (total > 0) {
      auto& finding =
          add(Signal::kClockStep, "clock_step", Weight::kGap, at_s, until_s, total, threshold);
      const double offset = old_offset(step);
      finding.wall_s = at_s + offset;
      const double start_wall = at_s + out_.picture_s + offset;
      add_gap(Signal::kClockStep, at_s, start_wall, start_wall + total, total);
    } else {
      add(Signal::kClockStep, "clock_back", Weight::kTrace, at_s, until_s, total, threshold)
          .wall_s = at_s + old_offset(step);
    }
  }

  bool stands_within(double from_s, double to_s) const {
    return std::any_of(seen_.events.begin(), seen_.events.end(), [&](const StreamEvent& event) {
      return event.kind == "clock_stands" && event.at_s <= to_s &&
             event.at_s + 1 + event.value >= from_s;
    });
  }

  double old_offset(const ClockStep& step) const {
    for (const ClockLine& line : lines_) {
      if (line.last == step.before) return (line.last_low_s + line.last_high_s) / 2;
    }
    return 0;
  }

  bool is_broken_at(double at_s) const {
    return std::any_of(broken_.begin(), broken_.end(), [at_s](const auto& span) {
      return span.first <= at_s && at_s <= span.second;
    });
  }

  /// The clock stands and the picture with it: nothing was recorded in that time.
  void judge_stands() {
    for (const StreamEvent& event : seen_.events) {
      if (event.kind != "clock_stands" || event.value < limits_.still_s) continue;
      const double from_s = event.at_s + 1;
      const double to_s = from_s + event.value;
      const bool still = event.other_s >= 0.8 * event.value;
      const bool fills = is_broken_at(event.at_s) || is_broken_at(to_s);
      if (!still || fills) {
        add(Signal::kNoContent, "clock_stands", still ? Weight::kTrace : Weight::kUnclear,
            event.at_s, to_s, event.value, limits_.still_s);
        continue;
      }
      add(Signal::kNoContent, "clock_stands", Weight::kGap, event.at_s, to_s, event.value,
          limits_.still_s);
      add_gap(Signal::kNoContent, event.at_s, wall_at(from_s), wall_at(to_s), event.value);
    }
  }

  void judge_event(const StreamEvent& event) {
    if (event.kind == "pts_gap") return judge_pts_gap(event);
    if (is_sound_gap(event)) {
      add(Signal::kSound, "sound_gap", Weight::kGap, event.at_s, event.other_s, event.value,
          sound_gap_limit());
      add_gap(Signal::kSound, event.at_s, std::nullopt, std::nullopt, event.value);
      out_.recorded_s -= event.value;
      return;
    }
    if (event.kind == "ends_early") {
      add(Signal::kDamage, "ends_early", Weight::kGap, event.at_s, event.at_s + event.value,
          event.value, 0.5);
      add_gap(Signal::kDamage, event.at_s, wall_at(event.at_s), wall_at(event.at_s + event.value),
              event.value);
      return;
    }
    for (const EventRule& rule : kEventRules) {
      if (event.kind != rule.kind) continue;
      Weight weight = rule.weight;
      const bool habit =
          event.kind == "edit_skips" && profile_ && event.value <= profile_->pre_record_s + 0.5;
      if (habit) weight = Weight::kNote;
      add(rule.signal, event.kind, weight, event.at_s, event.other_s, event.value, rule.threshold);
    }
  }

  bool is_sound_gap(const StreamEvent& event) const {
    return event.kind == "audio_hole" && !seen_.video && seen_.sound &&
           event.value > sound_gap_limit();
  }

  /// Of sound alone. Opus may send nothing for 0.4 s where nobody speaks (RFC 6716, 2.1.9).
  double sound_gap_limit() const {
    constexpr double kLeast = 0.2;
    constexpr double kLeastOfOpus = 0.5;
    constexpr double kPackets = 5;
    return std::max(seen_.sound->codec == "opus" ? kLeastOfOpus : kLeast,
                    kPackets * seen_.sound->packet_s);
  }

  void judge_pts_gap(const StreamEvent& event) {
    out_.recorded_s -= event.value;
    if (std::find(explained_.begin(), explained_.end(), event.at_s) != explained_.end()) return;
    const double threshold = std::max(0.2, 5 * out_.picture_s);
    add(Signal::kTimeStamps, "pts_gap", Weight::kGap, event.at_s, event.other_s, event.value,
        threshold);
    const auto from = wall_at(event.at_s + out_.picture_s);
    add_gap(Signal::kTimeStamps, event.at_s, from,
            from ? std::optional<double>(*from + event.value) : std::nullopt, event.value);
  }

  void judge_slope() {
    for (const ClockLine& line : lines_) {
      const double slope = slope_of(seen_.clock.readings, line);
      if (std::abs(slope) <= limits_.drift) continue;
      const Weight weight = std::abs(slope) > kSlopeSpeedChange ? Weight::kTrace : Weight::kNote;
      add(Signal::kClockSlope, "clock_slope", weight, seen_.clock.readings[line.first].at_s,
          seen_.clock.readings[line.last].at_s, slope * 1e6, limits_.drift * 1e6);
    }
  }

  void judge_container() {
    if (!profile_ || !seen_.failure.empty()) return;
    const bool other_tree =
        !profile_->fingerprint.empty() && profile_->fingerprint != seen_.container.fingerprint;
    const bool other_writer =
        !profile_->encoder.empty() && profile_->encoder != seen_.container.encoder;
    if (other_tree || other_writer) {
      add(Signal::kContainer, "fingerprint", Weight::kTrace, 0, 0, 1, 0);
    }
  }

  void settle_clock() {
    const ClockView& clock = seen_.clock;
    if (lines_.empty()) return;
    out_.clock_read = clock.sampled > 0 && clock.read >= limits_.read_part * clock.sampled;
    const ClockLine& first = lines_.front();
    const ClockLine& last = lines_.back();
    out_.start_wall_s = start() + (first.first_low_s + first.first_high_s) / 2;
    out_.end_wall_s = end() + (last.last_low_s + last.last_high_s) / 2;
    out_.wall_error_s =
        (first.first_high_s - first.first_low_s) / 2 + (last.last_high_s - last.last_low_s) / 2;
  }

  const ContinuityThresholds& limits_;
  const std::optional<DeviceProfile>& profile_;
  std::size_t index_;
  const SegmentObservation& seen_;
  LineRules rules_;
  std::vector<ClockLine> lines_;
  std::vector<std::pair<double, double>> broken_;
  std::vector<double> explained_;  ///< pts gaps that a clock step already counts
  SegmentJudgement out_;
};

}  // namespace

SegmentJudgement judge_segment(const JudgeInput& input, std::size_t index) {
  return SegmentJudge(input, index).judge();
}

}  // namespace anjuan::formats
