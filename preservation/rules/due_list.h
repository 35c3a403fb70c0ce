#pragma once
// What must happen by when in a set of declared cases: the deadlines that their rules leave open.

#include <vector>

#include "core/due.h"
#include "preservation/rules/judgement.h"

namespace anjuan::rules {

class CaseDueList final : public DueSource {
 public:
  explicit CaseDueList(const LawBook& law, Language language = Language::kChinese)
      : law_(law), language_(language) {}

  /// Judges the case and keeps its open deadlines; the case itself is not kept.
  void add(const CaseFile& declared);
  /// Of a case that was judged already.
  void add(const CaseFile& declared, const Judgement& judgement);

  /// Overdue first, then by date.
  std::vector<DueItem> due(Instant now) const override;

 private:
  struct OpenDeadline {
    std::string case_no;
    Deadline deadline;
  };

  const LawBook& law_;
  Language language_;
  std::vector<OpenDeadline> open_;
};

/// Whole days from today to the due day; negative when overdue.
std::int64_t days_left(const DueItem& item, Instant now);

}  // namespace anjuan::rules
