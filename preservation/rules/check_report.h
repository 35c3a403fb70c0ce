#pragma once
// checks.xml: how a case was judged, as it lies in its package (docs/formats/checks.md).
//
// Written once, when the case is taken in, and always in Chinese. The rules in force lie beside it,
// so that a reader in thirty years sees by what law the case was judged.

#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "preservation/rules/defects.h"
#include "preservation/rules/judgement.h"

namespace anjuan::rules {

inline constexpr std::string_view kRulesFileName = "rules.json";

/// Which recordings were not measured, by their ids; "" if there is none or all were.
std::string measurement_note(const Judgement& judgement, Language language);

/// The sentences that every report of `judgement` carries: what was not measured, what is not
/// checked yet, what a person still has to see.
std::vector<std::string> report_notes(const Judgement& judgement, const Coverage& coverage,
                                      Language language);

/// Valid against schemas/xml/checks.xsd.
std::string write_check_report(const CaseFile& declared, const Judgement& judgement,
                               const Coverage& coverage, const LawBook& law, Instant judged);

/// A line of a report that was read back.
struct ReportedResult {
  std::string rule;
  std::string article;
  std::string severity;  ///< "block", "error", "warn", "info"
  std::string object;
  std::string object_name;
  std::string result;         ///< "failed", "not_checked", "needs_person"
  std::string basis_of_fact;  ///< "", "declared", "measured"
  bool is_stated = false;     ///< explained by the defect statement
  std::string message;
};

struct CheckReport {
  std::string verdict;
  std::string judged;  ///< RFC 3339
  std::string rules_version;
  std::string rules_digest;
  std::vector<WeakeningRecord> weakened;
  std::vector<std::string> notes;
  std::vector<ReportedResult> results;
  std::size_t rules_judged = 0;
};

/// Throws Error(kCorrupt) with subject and place if it is not valid.
CheckReport read_check_report(std::string_view xml, const std::string& subject = "checks.xml");

}  // namespace anjuan::rules
