#pragma once
// Prints what a verification found: for people, or one JSON object per line (docs/cli.md).
//
// Shared by anjuan-verify and `anjuan verify`, so that both say the same.

#include <ostream>

#include "packager/verify/verify.h"

namespace anjuan::packager {

enum class ReportFormat { kText, kJson };

/// Findings of level info are printed as text only with kAll, unless they say of the whole package
/// that something was not checked; JSON always has them.
enum class ReportDetail { kNormal, kAll };

/// Text: one paragraph per finding, then the verdict. JSON: per finding
/// {"code","level","where","message"}, last {"path","kind","verdict","errors","warnings"}.
void print_report(std::ostream& out, const VerifyReport& report, ReportFormat format,
                  ReportDetail detail);

}  // namespace anjuan::packager
