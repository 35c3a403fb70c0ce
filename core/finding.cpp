#include "core/finding.h"

#include <algorithm>

namespace anjuan {

std::string_view severity_word(Severity severity) {
  constexpr std::string_view kWords[] = {"block", "error", "warn", "info"};
  return kWords[static_cast<std::size_t>(severity)];
}

std::string_view result_word(CheckResult result) {
  constexpr std::string_view kWords[] = {"passed", "failed", "not_applicable", "not_checked",
                                         "needs_person"};
  return kWords[static_cast<std::size_t>(result)];
}

bool any_error(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.result == CheckResult::kFailed &&
           (finding.severity == Severity::kBlock || finding.severity == Severity::kError);
  });
}

}  // namespace anjuan
