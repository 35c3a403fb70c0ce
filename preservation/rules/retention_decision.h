#pragma once
// How long this case file is kept, and why: every matching line, the longest wins, each basis
// printed; from when, until when, and what holds it beyond that.
//
// Five years (细则 Art. 33) is the floor. A hold never shortens and never lengthens the period: it
// forbids disposal as long as it is active. Disposal itself is decided elsewhere.

#include <optional>
#include <string>
#include <vector>

#include "core/case/case_file.h"
#include "preservation/rules/hold.h"
#include "preservation/rules/retention.h"

namespace anjuan::rules {

/// Least years of any enforcement case file (细则 Art. 33).
inline constexpr int kRetentionFloorYears = 5;

/// From when the years count. kNextYear: 1 January after the year of closing (as archives practise
/// it); kClosingDay: the day after the case was closed.
enum class RetentionStart { kNextYear, kClosingDay };

/// "next-year", "closing-day" (anjuan.toml, retention.start); nothing for another word.
std::optional<RetentionStart> retention_start_of(std::string_view word);

struct RetentionDecision {
  std::string case_no;
  int years = 0;          ///< kPermanent for 永久; 0 = the schedule does not speak of the case
  bool is_floor = false;  ///< no line asks as much as the floor
  std::vector<RetentionLine> bases;  ///< all that match, longest first
  std::string exempt_basis;          ///< then why it does not speak of it
  RetentionStart rule = RetentionStart::kNextYear;
  std::optional<Day> start;    ///< absent: the closing date is missing or cannot be read
  std::optional<Day> expires;  ///< last day; absent for 永久 and without a start
  std::vector<Hold> holds;     ///< the active ones
  std::optional<std::int64_t> declared_years;
  std::string declared_code;

  bool is_permanent() const { return years == kPermanent; }

  std::string code() const;  ///< "Y", "D30" (DA/T 22), "" where nothing is decided

  /// The last day is over and nothing holds it: due for appraisal (鉴定), which people decide.
  /// Nothing is ever destroyed by the program itself (QCL-33-3).
  bool is_due(Day today) const { return expires && today > *expires && holds.empty(); }

  /// The declaration asks for less than the schedule.
  bool is_declared_shorter() const;
};

/// Never throws for what the case says.
RetentionDecision decide_retention(const CaseFile& declared, const RetentionSchedule& schedule,
                                   const std::vector<Hold>& holds = {},
                                   RetentionStart rule = RetentionStart::kNextYear);

/// The decision as sentences in the current language.
std::vector<std::string> sentences(const RetentionDecision& decision);

}  // namespace anjuan::rules
