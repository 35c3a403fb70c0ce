#pragma once
// The value types of description fields (schemas/description_fields.json).

#include <string_view>

namespace anjuan {

std::size_t count_characters(std::string_view text);

/// Types: date "2025-06-17" | time (RFC 3339, seconds and offset may lack) | year "2025" |
/// count (digits) | decimal "80000.50" | duration "PT1230S" | pages "4" or "4-6" |
/// serial (3 or 4 digits, DA/T 13) | category "ZY·CF" (DA/T 13) | retentionCode "Y", "D30"
/// (DA/T 22) | uscc (GB 32100) | urn "urn:uuid:..." | sha512 | sm3. Throws Error(kInternal) for
/// another type.
bool fits_type(std::string_view type, std::string_view value);

}  // namespace anjuan
