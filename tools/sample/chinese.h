#pragma once
// How dates and amounts stand in Chinese official documents.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"

namespace anjuan::sample {

/// "2025年6月17日" (at +08:00).
std::string chinese_day(Instant instant);

/// "2025年6月17日9时05分"; with seconds where there are any, as in shortened cases.
std::string chinese_time(Instant instant);

/// "二〇二五年六月十七日".
std::string chinese_written_day(Instant instant);

/// 80000 -> "捌万元整", 200 -> "贰佰元整"; 0 to 9999 9999.
std::string chinese_amount(std::int64_t yuan);

/// 12 -> "十二", 1 to 99.
std::string chinese_small_number(int value);

/// `text` with every date like 2025-06-17 written 2025年6月17日.
std::string chinese_dates_in(std::string_view text);

/// The time that `text` gives, if it is a date or an RFC 3339 time.
std::optional<Instant> time_in(std::string_view text);

}  // namespace anjuan::sample
