#pragma once
// The verdict on whether a recording goes on without a break: a pure function of what was observed.
//
// It never says that anybody changed anything: it says what is missing or odd, where, how much,
// against which threshold. docs/formats/continuity.md explains signals, weights and verdicts.

#include <optional>
#include <string>
#include <vector>

#include "preservation/formats/continuity/device_profile.h"
#include "preservation/formats/continuity/observation.h"

namespace anjuan::formats {

enum class ContinuityVerdict {
  kConfirmed,        ///< the clock was read and runs on to one picture; nothing speaks against it
  kNotContradicted,  ///< no (or too little) clock; nothing speaks against it
  kClockAdjusted,    ///< the clock was set while picture and sound ran on
  kGapFound,         ///< something is missing, and how much is known
  kEditTrace,        ///< the file bears traces that an uninterrupted recording does not
  kUndetermined,     ///< it could not be observed well enough
};

/// "CONTINUOUS_CONFIRMED" and so on.
std::string_view verdict_word(ContinuityVerdict verdict);
std::optional<ContinuityVerdict> verdict_of_word(std::string_view word);
/// "S1".."S14", "DAMAGE", "STEP".
std::string_view signal_word(Signal signal);
std::optional<Signal> signal_of_word(std::string_view word);

enum class Weight {
  kNote,      ///< told, decides nothing
  kAdjusted,  ///< the clock was set
  kUnclear,   ///< a person must look
  kTrace,
  kGap,
};

std::string_view weight_word(Weight weight);
std::optional<Weight> weight_of_word(std::string_view word);

/// One finding. Wall-clock times are what the picture's clock showed, as seconds since 1970-01-01
/// of that clock (or since midnight if it shows no date).
struct ContinuityFinding {
  Signal signal = Signal::kClockStep;
  std::string kind;  ///< message "continuity.KIND"
  Weight weight = Weight::kNote;
  std::size_t segment = 0;
  double at_s = 0;     ///< time stamp of the last picture before it
  double until_s = 0;  ///< and of the first after it (or its end)
  std::optional<double> wall_s;
  double measured = 0;
  double threshold = 0;

  bool operator==(const ContinuityFinding&) const = default;
};

struct ContinuityGap {
  std::size_t segment = 0;  ///< the gap lies in it, or after it
  double at_s = 0;
  std::optional<double> start_wall_s;
  std::optional<double> end_wall_s;
  double missing_s = 0;
  Signal signal = Signal::kClockStep;

  bool operator==(const ContinuityGap&) const = default;
};

struct SegmentInput {
  std::string name;
  SegmentObservation seen;
};

struct ContinuityThresholds {
  double step_pictures = 2.5;    ///< S1: less is the camera's own jitter
  double drift = 200e-6;         ///< S2
  double read_part = 0.95;       ///< of sampled seconds, for kConfirmed
  double seam_extra_s = 0.04;    ///< S14: besides one picture
  double created_s = 2;          ///< S13
  double still_s = 0.5;          ///< a clock that stands so long with its picture is a gap
  double step_tolerance_s = 60;  ///< declared times are minutes
  double clock_off_s = 43'200;   ///< a clock so far from the declared step is set wrong
};

struct JudgeInput {
  std::vector<SegmentInput> segments;  ///< in order
  std::optional<double> step_start_s;  ///< as the clock would show it
  std::optional<double> step_end_s;
  std::optional<DeviceProfile> profile;
  ContinuityThresholds thresholds;
};

struct ContinuityJudgement {
  ContinuityVerdict verdict = ContinuityVerdict::kUndetermined;
  double coverage = 0;                  ///< recorded part of the time from first to last picture
  std::optional<double> step_coverage;  ///< recorded part of the declared step
  std::optional<double> first_wall_s;
  std::optional<double> last_wall_s;
  bool has_date = false;
  bool has_pictures = false;  ///< of any segment; false = sound alone
  double recorded_s = 0;
  std::vector<ContinuityGap> gaps;
  std::vector<ContinuityFinding> findings;
};

ContinuityJudgement judge_continuity(const JudgeInput& input);

/// For the rules on uninterrupted recordings: yes, no, or a person must decide.
enum class ContinuityAnswer { kContinuous, kInterrupted, kNeedsPerson };
ContinuityAnswer answer_for_rules(const ContinuityJudgement& judgement, double gap_limit_s);

}  // namespace anjuan::formats
