#include "preservation/rules/law_book.h"

#include "preservation/rules/data_reader.h"

namespace anjuan::rules {

LawBook LawBook::load(const std::optional<std::filesystem::path>& data) {
  const auto folder = [&](const char* name) {
    return data ? std::optional(*data / name) : std::nullopt;
  };
  LawBook book{RuleSet::load(folder("rules")), RetentionSchedule::load(folder("retention")),
               WorkCalendar::built_in()};
  if (!data) return book;
  for (const auto& file : data_files(*data / "calendar")) {
    book.calendar.add(CalendarYear::parse(file.text, file.name));
  }
  return book;
}

}  // namespace anjuan::rules
