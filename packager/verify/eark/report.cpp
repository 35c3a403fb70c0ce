#include "packager/verify/eark/report.h"

#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::packager::eark {

namespace {

using Table = std::map<std::string, Requirement, std::less<>>;

Severity level_of(std::string_view word) {
  if (word == "MUST") return Severity::kError;
  return word == "SHOULD" ? Severity::kWarn : Severity::kInfo;
}

Table read_table() {
  constexpr std::string_view kPath = "eark/requirements.json";
  Table table;
  const auto rows = Json::parse(embedded(kPath), std::string(kPath));
  for (const auto& [id, row] : rows.members()) {
    table[id] = {level_of(row.text_or("level", "")), row.text_or("zh-CN", ""),
                 row.text_or("en", "")};
  }
  return table;
}

}  // namespace

const Requirement& requirement(std::string_view id) {
  static const Table table = read_table();
  const auto row = table.find(id);
  if (row != table.end()) return row->second;
  throw Error(ErrorCode::kInternal, std::string(id),
              say("eark.unknown_requirement", {{"id", std::string(id)}}));
}

void Report::fails(std::string_view id, std::string_view where, std::string_view fact) {
  fails_as(requirement(id).level, id, where, fact);
}

void Report::fails_as(Severity level, std::string_view id, std::string_view where,
                      std::string_view fact) {
  const auto count = counts_.find(id);
  auto& seen = count == counts_.end() ? counts_[std::string(id)] : count->second;
  if (++seen > kSameFaultMax) return;
  const auto& row = requirement(id);
  const auto& demand = language() == Language::kChinese ? row.chinese : row.english;
  const auto message =
      say("eark.finding", {{"fact", std::string(fact)}, {"id", std::string(id)}, {"rule", demand}});
  findings_.add({std::string(id), level, {}, std::string(where), message, CheckResult::kFailed});
}

void Report::close() {
  for (const auto& [id, count] : counts_) {
    if (count <= kSameFaultMax) continue;
    const auto more = std::to_string(count - kSameFaultMax);
    findings_.add({id,
                   requirement(id).level,
                   {},
                   {},
                   say("eark.more", {{"id", id}, {"count", more}}),
                   CheckResult::kFailed});
  }
  counts_.clear();
}

}  // namespace anjuan::packager::eark
