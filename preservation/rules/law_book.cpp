#include "preservation/rules/law_book.h"

#include "preservation/rules/data_reader.h"
#include "preservation/rules/key_names.h"

namespace anjuan::rules {

LawBook LawBook::load(const std::optional<std::filesystem::path>& data) {
  const auto folder = [&](const char* name) {
    return data ? std::optional(*data / name) : std::nullopt;
  };
  auto rules = RuleSet::load(folder("rules"));
  auto retention = RetentionSchedule::load(folder("retention"), rules->values(kOwnKeys));
  LawBook book{std::move(rules), std::move(retention), WorkCalendar::built_in(),
               HoldBook::load(folder("holds"))};
  if (!data) return book;
  for (const auto& file : data_files(*data / "calendar")) {
    book.calendar.add(CalendarYear::parse(file.text, file.name));
  }
  return book;
}

}  // namespace anjuan::rules
