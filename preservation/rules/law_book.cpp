#include "preservation/rules/law_book.h"

#include "preservation/rules/key_names.h"

namespace anjuan::rules {

std::vector<WeakeningRecord> LawBook::weakened() const {
  std::vector<WeakeningRecord> all = rules->weakened();
  const auto& lines = retention.weakened();
  all.insert(all.end(), lines.begin(), lines.end());
  return all;
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
