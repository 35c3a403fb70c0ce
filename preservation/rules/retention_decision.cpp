#include "preservation/rules/retention_decision.h"

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::rules {

namespace {

using std::chrono::days;
using std::chrono::year_month_day;
using std::chrono::years;

/// Beyond this no calendar of ours reaches; lines have at most 1000 years.
constexpr int kYearsMax = 1000;

std::optional<Day> closing_day(const CaseFile& declared) {
  const auto closed = instant_of(declared.closed_at());
  if (!closed) return std::nullopt;  // no date, or none that can be read: the decision says so
  return day_of(*closed);
}

std::optional<Day> start_by(RetentionStart rule, const CaseFile& declared) {
  if (rule == RetentionStart::kNextYear) return retention_start(declared);
  const auto closed = closing_day(declared);
  return closed ? std::optional(*closed + days(1)) : std::nullopt;
}

/// The day before the one that corresponds to `start`; where there is none (29 February) the last
/// of its month.
Day last_day(Day start, int count) {
  const year_month_day later = year_month_day(start) + years(count);
  if (later.ok()) return Day{later} - days(1);
  return Day{later.year() / later.month() / std::chrono::last};
}

std::string period(int count) {
  if (count == kPermanent) return say("retention.permanent");
  return say("retention.years", {{"years", std::to_string(count)}});
}

std::string basis_sentence(const RetentionLine& line) {
  const MessageArgument title{"title", line.title};
  const MessageArgument length{"period", period(line.years)};
  const MessageArgument basis{"basis", line.basis};
  const MessageArgument source{"source", line.source_text};
  if (line.is_source_verified) return say("retention.basis", {title, length, basis, source});
  return say("retention.basis_unverified", {title, length, basis, source});
}

std::string time_sentence(const RetentionDecision& decision) {
  if (!decision.start) return say("retention.no_closing_date");
  const MessageArgument start{"start", to_text(*decision.start)};
  if (decision.is_permanent()) return say("retention.from", {start});
  const bool by_year = decision.rule == RetentionStart::kNextYear;
  const MessageArgument expires{"expires", to_text(decision.expires.value())};
  return by_year ? say("retention.from_next_year", {start, expires})
                 : say("retention.from_closing_day", {start, expires});
}

std::string hold_sentence(const Hold& hold) {
  return say("retention.held", {{"id", std::to_string(hold.id)},
                                {"kind", hold_name(hold.kind)},
                                {"reason", hold.reason},
                                {"by", hold.placed_by},
                                {"at", to_date_text(hold.placed_at)}});
}

}  // namespace

std::optional<RetentionStart> retention_start_of(std::string_view word) {
  if (word == "next-year") return RetentionStart::kNextYear;
  if (word == "closing-day") return RetentionStart::kClosingDay;
  return std::nullopt;
}

std::string RetentionDecision::code() const {
  if (years == 0) return "";
  return is_permanent() ? "Y" : fmt::format("D{}", years);
}

bool RetentionDecision::is_declared_shorter() const {
  if (years == 0 || declared_code == "Y") return false;
  return declared_years.has_value() && *declared_years < years;
}

RetentionDecision decide_retention(const CaseFile& declared, const RetentionSchedule& schedule,
                                   const std::vector<Hold>& holds, RetentionStart rule) {
  RetentionDecision decision;
  decision.case_no = declared.case_no();
  decision.rule = rule;
  decision.declared_years = declared.retention().years;
  decision.declared_code = declared.retention().code;
  for (const Hold& hold : holds) {
    if (hold.is_active()) decision.holds.push_back(hold);
  }
  decision.start = start_by(rule, declared);
  if (const RetentionExemption* exemption = schedule.exemption(declared)) {
    decision.exempt_basis = exemption->basis;
    return decision;
  }
  for (const RetentionLine* line : schedule.matching(declared)) decision.bases.push_back(*line);
  const int longest = decision.bases.empty() ? 0 : decision.bases.front().years;
  decision.is_floor = longest < kRetentionFloorYears;
  decision.years = std::max(longest, kRetentionFloorYears);
  const bool ends = decision.start && !decision.is_permanent() && decision.years <= kYearsMax;
  if (ends) decision.expires = last_day(*decision.start, decision.years);
  return decision;
}

std::vector<std::string> sentences(const RetentionDecision& decision) {
  std::vector<std::string> lines;
  const MessageArgument number{"case", decision.case_no};
  if (decision.years == 0) {
    lines.push_back(say("retention.exempt", {number, {"basis", decision.exempt_basis}}));
  } else {
    lines.push_back(say("retention.decided",
                        {number, {"period", period(decision.years)}, {"code", decision.code()}}));
    for (const RetentionLine& line : decision.bases) lines.push_back(basis_sentence(line));
    if (decision.is_floor) lines.push_back(say("retention.floor"));
    lines.push_back(time_sentence(decision));
  }
  if (decision.is_declared_shorter()) {
    lines.push_back(
        say("retention.declared_shorter", {{"declared", std::to_string(*decision.declared_years)},
                                           {"period", period(decision.years)}}));
  }
  for (const Hold& hold : decision.holds) lines.push_back(hold_sentence(hold));
  return lines;
}

}  // namespace anjuan::rules
