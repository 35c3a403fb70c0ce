#pragma once
// What a check finds. Never an exception: a finding says "checked, and this is wrong".

#include <string>
#include <string_view>
#include <vector>

namespace anjuan {

/// For case rules: block, error, warn, info. Verifiers use error (MUST), warn (SHOULD), info (MAY).
enum class Severity { kBlock, kError, kWarn, kInfo };

/// How a check ended for its object. "Skipped" is never "passed".
enum class CheckResult { kPassed, kFailed, kNotApplicable, kNotChecked, kNeedsPerson };

struct Finding {
  std::string code;  ///< rule or requirement id, e.g. "QCL-31-1", "CSIP71", "E023"
  Severity severity = Severity::kError;
  std::string basis;    ///< article or clause that demands it
  std::string where;    ///< object: path, id of a document, "line:column"
  std::string message;  ///< a sentence in the user's language
  CheckResult result = CheckResult::kFailed;
  /// What a result about a recording rests on: "declared" or "measured"; "" if it rests on none.
  std::string basis_of_fact = {};

  bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

std::string_view severity_word(Severity severity);  ///< "block", "error", "warn", "info"
std::string_view result_word(CheckResult result);   ///< "passed", "failed", "not_applicable", ...

/// True if any finding failed with severity error or worse (exit status 3).
bool any_error(const Findings& findings);

}  // namespace anjuan
