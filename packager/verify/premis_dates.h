#pragma once
// Dates as PREMIS allows them: ISO 8601 and the Extended Date/Time Format (EDTF).

#include <string_view>

namespace anjuan::packager {

/// A date, a date with time, a period, or one that is uncertain, unspecified or open: ISO 8601
/// (2025-06-17, 20250617, 2025-168, 2025-W25-2, with a time and zone), EDTF levels 0-2 and its
/// draft of 2012 (2025-06-17?, 201X, 19uu, Y-170000, ../2025, unknown, open, [2024,2025]).
bool is_premis_date(std::string_view text);

/// Both are whole calendar dates and `end` lies before `start`.
bool ends_before(std::string_view start, std::string_view end);

}  // namespace anjuan::packager
