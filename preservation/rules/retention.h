#pragma once
// How long a case file is kept: every matching line of the schedule, the longest wins, and each is
// printed with its basis. Five years (细则 Art. 33) is a floor, not the answer.
//
// Sources: 细则 Art. 33; 国家档案局令第8号 annex; docs/formats/retention.md.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/case/case_file.h"
#include "core/working_days.h"
#include "preservation/rules/rule_set.h"

namespace anjuan::rules {

/// Years stand for a period; kPermanent (永久) is longer than any.
inline constexpr int kPermanent = 1'000'000;

struct RetentionLine {
  std::string id;
  std::string title;             ///< the line as the schedule prints it
  int years = 0;                 ///< kPermanent for 永久
  std::vector<Condition> where;  ///< on the case
  std::string basis;             ///< 国家档案局令第8号 …
  std::string source_text;
  Layer layer = Layer::kNational;
};

class RetentionSchedule {
 public:
  /// Compiled in, then a home's data/retention/*.json. Throws Error(kInvalid) with file and line.
  static RetentionSchedule load(const std::optional<std::filesystem::path>& bureau = std::nullopt);

  const std::vector<RetentionLine>& lines() const { return lines_; }

  /// All that match, longest first.
  std::vector<const RetentionLine*> matching(const CaseFile& declared) const;
  /// Years of the longest matching line; 0 where none matches or the case is exempt (日常监督检查).
  int longest(const CaseFile& declared) const;

 private:
  std::vector<RetentionLine> lines_;
};

}  // namespace anjuan::rules
