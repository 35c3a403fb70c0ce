// Any bytes as a notice of working days: refused, or read so that periods over it end and agree.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/error.h"
#include "core/working_days.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anjuan;
  try {
    WorkCalendar calendar;
    calendar.add(CalendarYear::parse({reinterpret_cast<const char*>(data), size}, "fuzz.json"));
    const int year = calendar.years().begin()->first;
    const Day start = std::chrono::year{year - 1} / 11 / 30;
    for (const std::int64_t count : {0, 1, 20, 300}) {
      const DueDate due = due_date(start_of(start), count, TimeUnit::kWorkday, calendar);
      if (workdays_between(start, due.day(), calendar) != count) std::abort();
      const DueDate rolled = due_date(start_of(start), count, TimeUnit::kDay, calendar);
      if (!calendar.is_working(rolled.day())) std::abort();
      if (calculation_text(due).empty() || calculation_text(rolled).empty()) std::abort();
    }
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kInvalid) std::abort();
  }
  return 0;
}
