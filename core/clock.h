#pragma once
// Time, injected everywhere. SystemClock in clock.cpp is the only place that asks the machine.
//
// All written times carry the offset +08:00, whatever the zone of the machine.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace anjuan {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// Stands still. For tests, and for repeatable packages (ANJUAN_FIXED_TIME).
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant instant) : instant_(instant) {}

  Instant now() const override { return instant_; }

  void advance(std::chrono::milliseconds by) { instant_ += by; }

 private:
  Instant instant_;
};

/// "2025-06-17T09:05:00+08:00", an xs:dateTime and RFC 3339 time, to the second.
std::string to_text(Instant instant);

/// "2025-06-17T09:05:00.123+08:00", for events that must be ordered.
std::string to_text_ms(Instant instant);

/// "2025-06-17", the date at +08:00.
std::string to_date_text(Instant instant);

/// Reads an RFC 3339 time, also without seconds; without an offset it is +08:00; a bare date is
/// 00:00. Throws Error(kInvalid) for anything else.
Instant parse_instant(std::string_view text);

/// The same of a text that may be no time: then nothing.
std::optional<Instant> instant_of(std::string_view text);

/// Of a file's modification time, as std::filesystem gives it (CLOCK_REALTIME seconds + ns).
Instant from_unix_seconds(std::int64_t seconds);

}  // namespace anjuan
