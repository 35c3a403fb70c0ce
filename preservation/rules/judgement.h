#pragma once
// The rules applied to one case: what failed, what could not be judged, and what a person must see.
//
// Nothing is "passed" that was not judged. A missing key is an empty value and may yield a finding;
// it never stops the judgement. Recordings are judged by what the media say where that was
// measured; until then by the declaration, and each such result says so.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/case/case_file.h"
#include "core/messages.h"
#include "preservation/rules/law_book.h"

namespace anjuan::rules {

/// What a result about a recording rests on; kNone for results that rest on none.
enum class FactBasis { kNone, kDeclared, kMeasured };

std::string_view basis_word(FactBasis basis);  ///< "", "declared", "measured"

/// Whether a recording goes on without a break. kNeedsPerson: what was measured allows neither
/// answer, so no rule passes or fails on it.
enum class Continuity { kInterrupted, kUninterrupted, kNeedsPerson };

/// A sentence about what was measured, for findings in either language.
struct MediaNote {
  std::string chinese;
  std::string english;
};

/// What the media of one recording say (preservation/formats); an absent member was not measured.
struct MediaFacts {
  std::optional<Instant> file_time;
  std::optional<double> duration_s;
  std::optional<Continuity> continuity;
  MediaNote continuity_note;  ///< the verdict in words
  /// How grave a verdict is that asks for an explanation or carries a reservation.
  std::optional<Severity> reservation;
  MediaNote fault;  ///< why nothing could be measured; empty = it could

  bool was_measured() const { return fault.chinese.empty(); }
};

using MediaFactsById = std::map<std::string, MediaFacts, std::less<>>;

/// A statutory period that is open in this case.
struct Deadline {
  std::string rule;
  std::string article;
  std::string object;       ///< id, or "case"
  std::string object_name;  ///< "环节 E13(听证申请)"
  std::string what;         ///< what must be done, as words
  Instant from;
  DueDate due;
  bool is_earliest = false;  ///< `due` is the first day on which it may be done, not the last
};

/// A recording whose declaration and measurement differ, that cannot be read, whose continuity
/// carries a reservation; a line of `confirmed` that confirms
/// nothing: results of the judgement itself, of no rule.
inline constexpr std::string_view kMediaContradiction = "MEDIA-CONTRADICTION";
inline constexpr std::string_view kMediaUnreadable = "MEDIA-UNREADABLE";
inline constexpr std::string_view kMediaContinuity = "MEDIA-CONTINUITY";
inline constexpr std::string_view kStrayConfirmation = "CASE-CONFIRMED";
inline constexpr std::string_view kMoreResults = "CASE-MORE";

/// Results of rules that are told one by one, and open deadlines; what is beyond is counted, and
/// one result of code kMoreResults says so.
inline constexpr std::size_t kResultsMax = 20'000;

/// One rule on one object, where the result is neither passed nor not applicable.
struct RuleResult {
  const Rule* rule = nullptr;  ///< in Judgement::rules; nullptr for a result of no rule
  std::string code;            ///< id of the rule, or one of the codes above
  std::string article;         ///< as the rule has it: "32(1)"
  Severity severity = Severity::kError;
  std::string object;  ///< id of the step, document or recording, else "case"
  std::string object_name;
  CheckResult result = CheckResult::kFailed;
  std::string message;    ///< object, fact, article, next step
  std::string fact;       ///< of these the fact alone; "" for a result of no rule
  std::string next_step;  ///< and what to do; may be empty
  FactBasis basis = FactBasis::kNone;

  Finding finding() const;
};

struct RuleCounts {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t not_applicable = 0;
  std::size_t not_checked = 0;
  std::size_t needs_person = 0;
  /// Of those above: how many rest on a recording, as declared.
  std::size_t declared = 0;
};

/// An element that a person confirmed (depth basic).
struct Confirmations {
  std::size_t elements = 0;
  std::map<std::string, std::size_t> by;  ///< person -> elements
};

struct Judgement {
  std::shared_ptr<const RuleSet> rules;
  /// What the legal section let the bureau weaken, of rules and of the retention schedule.
  std::vector<WeakeningRecord> weakened;
  std::vector<RuleResult> results;  ///< in the order of the rules, then of the case
  std::map<std::string, RuleCounts, std::less<>> counts;  ///< every rule that is no control
  std::vector<Deadline> deadlines;                        ///< open ones, earliest first
  Confirmations confirmed;
  DescriptionDepth depth = DescriptionDepth::kFull;
  std::size_t recordings = 0;
  /// Of those judged by the declaration alone: the id, or "#2" for the second in the case.
  std::vector<std::string> unmeasured;

  bool has_recordings() const { return recordings > 0; }

  bool were_all_measured() const { return has_recordings() && unmeasured.empty(); }

  bool was_none_measured() const { return has_recordings() && unmeasured.size() == recordings; }

  Findings findings() const;
  std::size_t count(CheckResult result) const;
};

struct JudgeOptions {
  const MediaFactsById* media = nullptr;  ///< nullptr: judged on the declaration
  Language language = Language::kChinese;
};

/// Never throws for what a case declares.
Judgement judge(const CaseFile& declared, const LawBook& law, const JudgeOptions& options = {});

enum class Verdict { kComplete, kDefective, kIncomplete, kBlocked, kUnchecked };

std::string_view verdict_word(Verdict verdict);  ///< "complete", "defective", ...

}  // namespace anjuan::rules
