#include "packager/verify/report.h"

#include "core/json.h"
#include "core/messages.h"
#include "core/text.h"
#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

namespace {

/// What was checked and is wrong; what could not be checked is no error.
std::int64_t count(const VerifyReport& report, Severity severity) {
  return std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
    return finding.severity == severity && finding.result == CheckResult::kFailed;
  });
}

std::string level_label(const Finding& finding) {
  if (finding.result == CheckResult::kNotChecked) return say("verify.level_not_checked");
  if (finding.severity == Severity::kInfo) return say("verify.level_info");
  if (finding.severity == Severity::kWarn) return say("verify.level_warn");
  return say("verify.level_error");
}

std::string kind_label(const VerifyReport& report) {
  if (report.is_storage_root) return say("verify.kind_storage_root");
  constexpr std::string_view kIds[] = {"verify.kind_anjuan", "verify.kind_ocfl", "verify.kind_eark",
                                       "verify.kind_bagit", "verify.kind_unknown"};
  return say(kIds[static_cast<std::size_t>(report.kind)]);
}

std::string_view verdict_id(Verdict verdict) {
  constexpr std::string_view kIds[] = {"verify.verdict_valid", "verify.verdict_invalid",
                                       "verify.verdict_unchecked"};
  return kIds[static_cast<std::size_t>(verdict)];
}

/// Said on request only. What was not checked of the whole package is always said.
bool is_remark(const Finding& finding) {
  if (finding.severity != Severity::kInfo) return false;
  return finding.result != CheckResult::kNotChecked || !finding.where.empty();
}

void print_text(std::ostream& out, const VerifyReport& report, ReportDetail detail) {
  out << printable(report.path) << '\n';
  if (!report.label.empty()) out << "  " << printable(report.label) << '\n';
  for (const auto& finding : report.findings) {
    if (detail == ReportDetail::kNormal && is_remark(finding)) continue;
    out << fmt::format("  {} {}", level_label(finding), finding.code);
    if (!finding.where.empty()) out << fmt::format("  {}", finding.where);
    out << fmt::format("\n    {}\n", finding.message);
  }
  if (report.proofs_checked > 0) {
    out << fmt::format(
        "  {}\n", say("verify.proofs_checked", {{"count", std::to_string(report.proofs_checked)}}));
  }
  out << fmt::format("  {}\n", say(verdict_id(report.verdict),
                                   {{"kind", kind_label(report)},
                                    {"checked", std::to_string(report.files_checked)},
                                    {"expected", std::to_string(report.files_expected)},
                                    {"bytes", human_bytes(report.bytes_checked)},
                                    {"errors", std::to_string(count(report, Severity::kError))},
                                    {"warnings", std::to_string(count(report, Severity::kWarn))}}));
}

void print_json(std::ostream& out, const VerifyReport& report) {
  for (const auto& finding : report.findings) {
    out << Json::object({{"code", Json::string(finding.code)},
                         {"level", Json::string(std::string(severity_word(finding.severity)))},
                         {"where", Json::string(finding.where)},
                         {"message", Json::string(finding.message)}})
               .dump()
        << '\n';
  }
  Json last = Json::object({{"path", Json::string(printable(report.path))},
                            {"kind", Json::string(std::string(kind_word(report.kind)))},
                            {"verdict", Json::string(std::string(verdict_word(report.verdict)))},
                            {"errors", Json::integer(count(report, Severity::kError))},
                            {"warnings", Json::integer(count(report, Severity::kWarn))}});
  if (report.proofs_checked > 0) {
    last.set("proofs", Json::integer(static_cast<std::int64_t>(report.proofs_checked)));
  }
  out << last.dump() << '\n';
}

}  // namespace

void print_report(std::ostream& out, const VerifyReport& report, ReportFormat format,
                  ReportDetail detail) {
  if (format == ReportFormat::kJson) {
    print_json(out, report);
  } else {
    print_text(out, report, detail);
  }
}

}  // namespace anjuan::packager
