#include "preservation/rules/law_book.h"

#include "preservation/rules/key_names.h"
#include "preservation/rules/operator.h"

namespace anjuan::rules {

std::vector<WeakeningRecord> LawBook::weakened() const {
  std::vector<WeakeningRecord> all = rules->weakened();
  const auto& lines = retention.weakened();
  all.insert(all.end(), lines.begin(), lines.end());
  return all;
}

namespace {

/// The smallest gap_s below a requirement, or nothing.
std::optional<std::int64_t> gap_limit_of(const Requirement& requirement) {
  std::optional<std::int64_t> least;
  if (requirement.op == "av_continuity") {
    least = whole_number(requirement.parameters, "gap_s", kSeamDefaultS);
  }
  for (const Requirement& part : requirement.of) {
    const auto inner = gap_limit_of(part);
    if (inner && (!least || *inner < *least)) least = inner;
  }
  return least;
}

}  // namespace

std::int64_t LawBook::recording_gap_limit_s() const {
  std::optional<std::int64_t> least;
  for (const Rule& rule : rules->rules()) {
    const auto limit = gap_limit_of(rule.require);
    if (limit && (!least || *limit < *least)) least = limit;
  }
  return least.value_or(0);
}

LawBook LawBook::load(const std::optional<std::filesystem::path>& data) {
  const auto folder = [&](const char* name) {
    return data ? std::optional(*data / name) : std::nullopt;
  };
  auto rules = RuleSet::load(folder("rules"));
  auto retention = RetentionSchedule::load(folder("retention"), rules->values(kOwnKeys));
  return {std::move(rules), std::move(retention), WorkCalendar::load(folder("calendar")),
          ReviewTable::load(data)};
}

}  // namespace anjuan::rules
