#pragma once
// Reading values that a case may hold in any form: nothing here throws.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/json.h"

namespace anjuan::rules {

/// Not null, "", [] or {}. nullptr is not filled.
bool is_filled(const Json* value);

/// The text of a string; "" for anything else.
std::string_view text_of(const Json* value);
std::string_view text_of(const Json& object, std::string_view key);

bool is_true(const Json* value);

/// Of an integer or number.
std::optional<double> number_of(const Json* value);

/// The items of a list; none for anything else.
const std::vector<Json>& items_of(const Json* value);

/// How often a role signed: a count, the length of a list of names, 1 for a name or true.
double signature_count(const Json* value);

/// At most 120 bytes of a text, for a sentence: a hostile case may hold texts of megabytes.
std::string short_text(std::string_view text);

/// The value as a person would read it in a sentence.
std::string shown(const Json* value);

enum class Reading { kMissing, kUnreadable, kRead };

struct Moment {
  Reading reading = Reading::kMissing;
  Instant at;
  std::string written;  ///< as declared

  bool is_read() const { return reading == Reading::kRead; }
};

/// A time as a text; without offset +08:00, a bare date is 00:00.
Moment moment_of(const Json* value);

}  // namespace anjuan::rules
