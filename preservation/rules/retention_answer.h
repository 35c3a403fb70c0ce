#pragma once
// How long one case file is kept, with every reason: for reports, the catalog and sweeps.

#include <optional>
#include <string>
#include <vector>

#include "core/case/case_file.h"
#include "core/working_days.h"
#include "preservation/rules/law_book.h"

namespace anjuan::rules {

/// Points into the law book that it was asked of.
struct RetentionAnswer {
  const RetentionExemption* exemption = nullptr;  ///< then there are no lines
  std::vector<const RetentionLine*> lines;        ///< all that match, longest first
  int years = 0;                                  ///< of the longest; 0 = none
  std::optional<Day> start;
  std::optional<Day> end;  ///< the last day; none for 永久
  std::vector<const Hold*> holds;

  bool is_held() const;
  /// True if the period has run out by `today` and no hold is open: due for appraisal (鉴定), which
  /// people decide. Nothing is ever destroyed by the program itself (QCL-33-3).
  bool is_due(Day today) const;
};

RetentionAnswer retention_of(const CaseFile& declared, const LawBook& law);

/// The answer as sentences of the current language, a line each: every basis, the period, holds.
std::vector<std::string> sentences(const RetentionAnswer& answer);

}  // namespace anjuan::rules
