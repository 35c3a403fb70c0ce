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
  std::vector<Condition> where;  ///< on the case; empty = every case
  std::string basis;             ///< 国家档案局令第8号 …
  std::string source_text;
  bool is_source_verified = true;  ///< else it is shown as 来源待核
  std::string note;
  Layer layer = Layer::kNational;
  std::string origin;  ///< file and line it was read from
};

/// Cases that the schedule does not speak of.
struct RetentionExemption {
  std::vector<Condition> where;
  std::string basis;
  std::string source_text;
};

class RetentionSchedule {
 public:
  /// Compiled in, then a home's data/retention/*.json. `own_keys` are the bureau's keys of a case
  /// (config.own_keys of the rules). Throws Error(kInvalid) with file and line.
  static RetentionSchedule load(const std::optional<std::filesystem::path>& bureau = std::nullopt,
                                const std::vector<std::string>& own_keys = {});
  static RetentionSchedule from_files(const std::vector<DataFile>& files,
                                      const std::vector<std::string>& own_keys = {});

  const std::vector<RetentionLine>& lines() const { return lines_; }

  const std::vector<WeakeningRecord>& weakened() const { return weakened_; }

  /// Why the schedule does not speak of the case (日常监督检查 stays with its section), or nullptr.
  const RetentionExemption* exemption(const CaseFile& declared) const;
  /// All that match, longest first; none for an exempt case.
  std::vector<const RetentionLine*> matching(const CaseFile& declared) const;
  /// Years of the longest matching line; 0 where none matches or the case is exempt.
  int longest(const CaseFile& declared) const;

 private:
  std::vector<RetentionLine> lines_;
  std::vector<RetentionExemption> exemptions_;
  std::vector<WeakeningRecord> weakened_;
};

/// 1 January of the year after the one that the case was closed in: from then the years count.
/// Nothing where the case says no readable date (closed_at).
std::optional<Day> retention_start(const CaseFile& declared);

/// The last day of the period; nothing for 永久, for a case without a start, and for years that no
/// line can have.
std::optional<Day> retention_end(const CaseFile& declared, int years);

}  // namespace anjuan::rules
