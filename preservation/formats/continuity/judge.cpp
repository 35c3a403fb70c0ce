#include "preservation/formats/continuity/judge.h"

#include <cmath>

#include "preservation/formats/continuity/judge_segment.h"

namespace anjuan::formats {

namespace {

constexpr double kDay = 86400;
constexpr std::size_t kSeriesDigitsMax = 6;

template <typename Value, std::size_t kCount>
using Words = std::array<std::pair<Value, std::string_view>, kCount>;

constexpr Words<ContinuityVerdict, 6> kVerdicts{{
    {ContinuityVerdict::kConfirmed, "CONTINUOUS_CONFIRMED"},
    {ContinuityVerdict::kNotContradicted, "CONTINUOUS_NOT_CONTRADICTED"},
    {ContinuityVerdict::kClockAdjusted, "CLOCK_ADJUSTED"},
    {ContinuityVerdict::kGapFound, "GAP_FOUND"},
    {ContinuityVerdict::kEditTrace, "EDIT_TRACE"},
    {ContinuityVerdict::kUndetermined, "UNDETERMINED"},
}};

constexpr Words<Signal, 15> kSignals{{
    {Signal::kClockStep, "S1"},
    {Signal::kClockSlope, "S2"},
    {Signal::kTimeStamps, "S3"},
    {Signal::kScar, "S4"},
    {Signal::kSound, "S5"},
    {Signal::kEditList, "S6"},
    {Signal::kCodedChain, "S7"},
    {Signal::kKeyRhythm, "S8"},
    {Signal::kContainer, "S9"},
    {Signal::kNoContent, "S11"},
    {Signal::kRepeat, "S12"},
    {Signal::kTimeChain, "S13"},
    {Signal::kSequence, "S14"},
    {Signal::kDamage, "DAMAGE"},
    {Signal::kStep, "STEP"},
}};

constexpr Words<Weight, 5> kWeights{{
    {Weight::kNote, "note"},
    {Weight::kAdjusted, "adjusted"},
    {Weight::kUnclear, "unclear"},
    {Weight::kTrace, "trace"},
    {Weight::kGap, "gap"},
}};

template <typename Value, std::size_t kCount>
std::string_view word_of(const Words<Value, kCount>& words, Value value) {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  return "";
}

template <typename Value, std::size_t kCount>
std::optional<Value> value_of(const Words<Value, kCount>& words, std::string_view word) {
  for (const auto& [value, known] : words) {
    if (known == word) return value;
  }
  return std::nullopt;
}

/// The last number in a file's name and what stands around it.
struct SeriesName {
  std::string around;
  std::uint64_t number = 0;
};

std::optional<SeriesName> series_name(const std::string& name) {
  const auto slash = name.find_last_of("/\\");
  const auto dot = name.find_last_of('.');
  const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
  std::size_t end = dot == std::string::npos || dot < begin ? name.size() : dot;
  const auto is_digit = [&name](std::size_t at) { return name[at] >= '0' && name[at] <= '9'; };
  while (end > begin && !is_digit(end - 1)) --end;
  std::size_t first = end;
  while (first > begin && is_digit(first - 1)) --first;
  if (first == end || end - first > kSeriesDigitsMax) return std::nullopt;
  return SeriesName{name.substr(begin, first - begin),
                    std::stoull(name.substr(first, end - first))};
}

class SessionJudge {
 public:
  explicit SessionJudge(const JudgeInput& input) : input_(input), limits_(input.thresholds) {}

  ContinuityJudgement judge() {
    for (std::size_t i = 0; i < input_.segments.size(); ++i) {
      parts_.push_back(judge_segment(input_, i));
    }
    settle_days();
    for (const SegmentJudgement& part : parts_) take(part);
    for (const SegmentInput& segment : input_.segments) {
      out_.has_pictures = out_.has_pictures || segment.seen.video;
    }
    for (std::size_t i = 1; i < parts_.size(); ++i) judge_seam(i);
    judge_created();
    judge_coverage();
    judge_step();
    std::stable_sort(out_.findings.begin(), out_.findings.end(), [](const auto& a, const auto& b) {
      return std::pair{a.segment, a.at_s} < std::pair{b.segment, b.at_s};
    });
    out_.verdict = verdict();
    return std::move(out_);
  }

 private:
  bool has_date(std::size_t index) const { return input_.segments[index].seen.clock.has_date; }

  /// Segments whose clock shows no date (or none that could be read) take the day of those that do.
  void settle_days() {
    std::optional<double> known;
    for (std::size_t i = 0; i < parts_.size() && !known; ++i) {
      if (has_date(i)) known = parts_[i].start_wall_s;
    }
    out_.has_date = known.has_value();
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (!parts_[i].start_wall_s) continue;
      if (known && !has_date(i)) {
        shift(parts_[i], kDay * std::round((*known - *parts_[i].start_wall_s) / kDay));
      }
      if (known) known = parts_[i].end_wall_s;
    }
  }

  static void shift(SegmentJudgement& part, double by_s) {
    const auto move = [by_s](std::optional<double>& wall_s) {
      if (wall_s) *wall_s += by_s;
    };
    move(part.start_wall_s);
    move(part.end_wall_s);
    for (ContinuityFinding& finding : part.findings) move(finding.wall_s);
    for (ContinuityGap& gap : part.gaps) {
      move(gap.start_wall_s);
      move(gap.end_wall_s);
    }
  }

  void take(const SegmentJudgement& part) {
    out_.findings.insert(out_.findings.end(), part.findings.begin(), part.findings.end());
    out_.gaps.insert(out_.gaps.end(), part.gaps.begin(), part.gaps.end());
    out_.recorded_s += part.recorded_s;
  }

  double end_of(std::size_t index) const {
    const auto& video = input_.segments[index].seen.video;
    return video ? video->end_s : parts_[index].length_s;
  }

  void add_seam(std::size_t after, Signal signal, const char* kind, Weight weight, double measured,
                double threshold) {
    const double at_s = end_of(after);
    out_.findings.push_back(
        {signal, kind, weight, after, at_s, at_s, parts_[after].end_wall_s, measured, threshold});
  }

  /// Files may be numbered in a row: the number that is missing says that a file is.
  bool number_is_missing(std::size_t index) const {
    const auto before = series_name(input_.segments[index - 1].name);
    const auto own = series_name(input_.segments[index].name);
    return before && own && before->around == own->around && own->number != before->number + 1;
  }

  void judge_seam(std::size_t index) {
    const SegmentJudgement& before = parts_[index - 1];
    const SegmentJudgement& own = parts_[index];
    const bool missing_number = number_is_missing(index);
    if (missing_number) {
      add_seam(index - 1, Signal::kSequence, "missing_number",
               before.end_wall_s && own.start_wall_s ? Weight::kNote : Weight::kUnclear, 1, 0);
    }
    if (before.end_wall_s && own.start_wall_s) {
      judge_clock_seam(index);
    } else {
      judge_created_seam(index, missing_number);
    }
  }

  void judge_clock_seam(std::size_t index) {
    const SegmentJudgement& before = parts_[index - 1];
    const SegmentJudgement& own = parts_[index];
    double seam = *own.start_wall_s - *before.end_wall_s;
    if (!out_.has_date) seam -= kDay * std::round(seam / kDay);
    const double picture_s = std::max(before.picture_s, own.picture_s);
    const double habit = input_.profile ? input_.profile->seam_s : 0;
    const double overlap = input_.profile ? input_.profile->overlap_s : 0;
    const double least = picture_s + limits_.seam_extra_s;
    const double threshold =
        std::max({least, habit, limits_.step_pictures * picture_s}) + before.wall_error_s / 2;
    if (seam > threshold) {
      add_seam(index - 1, Signal::kSequence, "seam_gap", Weight::kGap, seam, threshold);
      out_.gaps.push_back({index - 1, end_of(index - 1), before.end_wall_s,
                           *before.end_wall_s + seam, seam, Signal::kSequence});
    } else if (seam < -threshold) {
      const bool allowed = -seam <= overlap + threshold;
      add_seam(index - 1, Signal::kSequence, "seam_overlap",
               allowed ? Weight::kNote : Weight::kTrace, -seam, std::max(threshold, overlap));
    }
  }

  /// Without clocks only the containers' own times are left: to a second, and only as a hint.
  void judge_created_seam(std::size_t index, bool missing_number) {
    const auto& before = input_.segments[index - 1].seen.container;
    const auto& own = input_.segments[index].seen.container;
    if (!before.created_s || !own.created_s) return;
    const double seam =
        static_cast<double>(*own.created_s - *before.created_s) - parts_[index - 1].length_s;
    const double threshold = limits_.created_s + (input_.profile ? input_.profile->seam_s : 0);
    if (std::abs(seam) <= threshold || *own.created_s == *before.created_s) return;
    if (seam > 0 && missing_number) {
      add_seam(index - 1, Signal::kSequence, "seam_gap", Weight::kGap, seam, threshold);
      out_.gaps.push_back(
          {index - 1, end_of(index - 1), std::nullopt, std::nullopt, seam, Signal::kSequence});
    } else {
      add_seam(index - 1, Signal::kTimeChain, "created_seam", Weight::kUnclear, seam, threshold);
    }
  }

  /// The container's own time against the picture's clock; cameras write local time as UTC.
  void judge_created() {
    constexpr double kZone = 8 * 3600;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const auto& seen = input_.segments[i].seen;
      if (!seen.container.created_s || !parts_[i].start_wall_s || !seen.clock.has_date) continue;
      const double apart = static_cast<double>(*seen.container.created_s) - *parts_[i].start_wall_s;
      const double zoned = std::abs(apart) < std::abs(apart + kZone) ? apart : apart + kZone;
      // Some write the time at which they close the file.
      const double at_end = zoned - parts_[i].length_s;
      const double least = std::abs(zoned) < std::abs(at_end) ? zoned : at_end;
      if (std::abs(least) <= limits_.created_s) continue;
      out_.findings.push_back({Signal::kTimeChain, "time_chain", Weight::kNote, i, 0, 0,
                               parts_[i].start_wall_s, least, limits_.created_s});
    }
  }

  void judge_coverage() {
    for (const SegmentJudgement& part : parts_) {
      if (!out_.first_wall_s) out_.first_wall_s = part.start_wall_s;
      if (part.end_wall_s) out_.last_wall_s = part.end_wall_s;
    }
    double missing = 0;
    for (const ContinuityGap& gap : out_.gaps) {
      missing += gap.missing_s;
      if (gap.signal == Signal::kNoContent) out_.recorded_s -= gap.missing_s;
    }
    const double all = out_.recorded_s + missing;
    out_.coverage = all <= 0 ? 0 : std::clamp(out_.recorded_s / all, 0.0, 1.0);
  }

  void add_step(const char* kind, std::optional<double> wall_s, double measured, double threshold) {
    out_.findings.push_back(
        {Signal::kStep, kind, Weight::kNote, 0, 0, 0, wall_s, measured, threshold});
  }

  /// Why the declared times cannot be compared with the clock; nullptr = they can be.
  const char* step_obstacle() const {
    const auto& from = input_.step_start_s;
    const auto& to = input_.step_end_s;
    if (!from || !to) return "step_one_sided";
    if (*to <= *from) return "step_reversed";
    if (!out_.has_pictures) return "step_sound_alone";
    if (!out_.first_wall_s || !out_.last_wall_s) return "step_no_clock";
    return out_.has_date ? nullptr : "step_no_date";
  }

  void judge_step() {
    if (parts_.empty() || (!input_.step_start_s && !input_.step_end_s)) return;
    if (const char* obstacle = step_obstacle()) return add_step(obstacle, std::nullopt, 0, 0);
    const double from = *input_.step_start_s;
    const double to = *input_.step_end_s;
    const double first = *out_.first_wall_s;
    const double last = *out_.last_wall_s;
    // So far apart no recording is of this step: a clock or a declared time is off.
    if (std::max(first - to, from - last) > limits_.clock_off_s) {
      return add_step("step_clock_off", first, first - from, limits_.clock_off_s);
    }
    const double tolerance = limits_.step_tolerance_s;
    if (first - from > tolerance) add_step("step_start", first, first - from, tolerance);
    if (to - last > tolerance) add_step("step_end", last, to - last, tolerance);
    double covered = std::min(to, last) - std::max(from, first);
    for (const ContinuityGap& gap : out_.gaps) {
      if (!gap.start_wall_s || !gap.end_wall_s) continue;
      covered -= std::max(0.0, std::min(to, *gap.end_wall_s) - std::max(from, *gap.start_wall_s));
    }
    out_.step_coverage = std::clamp(covered / (to - from), 0.0, 1.0);
  }

  bool any(Weight weight) const {
    return std::any_of(out_.findings.begin(), out_.findings.end(),
                       [weight](const auto& finding) { return finding.weight == weight; });
  }

  ContinuityVerdict verdict() const {
    if (parts_.empty()) return ContinuityVerdict::kUndetermined;
    if (!out_.gaps.empty()) return ContinuityVerdict::kGapFound;
    if (any(Weight::kTrace)) return ContinuityVerdict::kEditTrace;
    const bool empty = std::any_of(parts_.begin(), parts_.end(),
                                   [](const auto& part) { return part.recorded_s <= 0; });
    if (any(Weight::kUnclear) || empty) return ContinuityVerdict::kUndetermined;
    if (any(Weight::kAdjusted)) return ContinuityVerdict::kClockAdjusted;
    const bool read =
        std::all_of(parts_.begin(), parts_.end(), [](const auto& part) { return part.clock_read; });
    return read ? ContinuityVerdict::kConfirmed : ContinuityVerdict::kNotContradicted;
  }

  const JudgeInput& input_;
  const ContinuityThresholds& limits_;
  std::vector<SegmentJudgement> parts_;
  ContinuityJudgement out_;
};

/// A trace at the place of a gap belongs to the gap.
bool is_explained(const ContinuityFinding& trace, const std::vector<ContinuityGap>& gaps) {
  constexpr double kNearSeconds = 2;
  return std::any_of(gaps.begin(), gaps.end(), [&trace](const ContinuityGap& gap) {
    return gap.segment == trace.segment && std::abs(gap.at_s - trace.at_s) <= kNearSeconds;
  });
}

}  // namespace

std::string_view verdict_word(ContinuityVerdict verdict) { return word_of(kVerdicts, verdict); }

std::optional<ContinuityVerdict> verdict_of_word(std::string_view word) {
  return value_of(kVerdicts, word);
}

std::string_view signal_word(Signal signal) { return word_of(kSignals, signal); }

std::optional<Signal> signal_of_word(std::string_view word) { return value_of(kSignals, word); }

std::string_view weight_word(Weight weight) { return word_of(kWeights, weight); }

std::optional<Weight> weight_of_word(std::string_view word) { return value_of(kWeights, word); }

ContinuityJudgement judge_continuity(const JudgeInput& input) {
  return SessionJudge(input).judge();
}

ContinuityAnswer answer_for_rules(const ContinuityJudgement& judgement, double gap_limit_s) {
  switch (judgement.verdict) {
    case ContinuityVerdict::kConfirmed:
    case ContinuityVerdict::kNotContradicted:
    case ContinuityVerdict::kClockAdjusted:
      return ContinuityAnswer::kContinuous;
    case ContinuityVerdict::kEditTrace:
    case ContinuityVerdict::kUndetermined:
      return ContinuityAnswer::kNeedsPerson;
    case ContinuityVerdict::kGapFound:
      break;
  }
  for (const ContinuityGap& gap : judgement.gaps) {
    if (gap.missing_s > gap_limit_s) return ContinuityAnswer::kInterrupted;
  }
  for (const ContinuityFinding& finding : judgement.findings) {
    const bool open = finding.weight == Weight::kTrace || finding.weight == Weight::kUnclear;
    if (open && !is_explained(finding, judgement.gaps)) return ContinuityAnswer::kNeedsPerson;
  }
  return ContinuityAnswer::kContinuous;
}

}  // namespace anjuan::formats
