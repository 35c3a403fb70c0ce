#pragma once
// Numbers and times as people read them on a page.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/messages.h"

namespace anjuan::catalog {

/// "2025-06-17T09:04:30+08:00" -> "2025-06-17 09:04:30"; an offset other than +08:00 stays; what is
/// no such time is returned unchanged.
std::string readable_time(std::string_view text);

/// Hours always, so that nobody reads seconds as minutes: 5790 -> "1:36:30", 65 -> "0:01:05"; 0 ->
/// "".
std::string readable_duration(std::int64_t seconds);

/// Always: 65,400 ms -> "0:01:05".
std::string clock_of(std::int64_t ms);

/// 2,040 ms -> "2.04".
std::string seconds_text(std::int64_t ms);

/// What the clock in a picture showed: without zone and thousandths, so that it reads as it stood.
std::string readable_clock(std::string_view text);

/// Millionths, with two decimals. Nothing is ever rounded up to a whole: 999,999 -> "99.99%".
std::string percent_text(std::int64_t ppm);

/// "3", "3–5", or "" for a document without page numbers.
std::string page_span(std::int64_t from, std::int64_t to);

/// "30 年"; permanent: "永久"; the code as it stands where a case gives no number.
std::string readable_retention(Language language, std::string_view code, std::int64_t years);

/// The first and last characters of a digest, for a narrow column.
std::string short_digest(std::string_view digest);

}  // namespace anjuan::catalog
