#include "catalog/http/range.h"

#include <charconv>

namespace anjuan::catalog {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Digits only. A number beyond 64 bits is as good as the largest one: past any file.
std::optional<std::uint64_t> number(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos) return {};
  std::uint64_t value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return result.ec == std::errc() ? value : UINT64_MAX;
}

/// One "first-last", "first-" or "-suffix"; nothing if it breaks the grammar.
std::optional<RangeAnswer> parse_one(std::string_view spec, std::uint64_t size_bytes) {
  const auto dash = spec.find('-');
  if (dash == spec.npos) return {};
  const auto first = number(spec.substr(0, dash));
  const auto last = number(spec.substr(dash + 1));
  if (!first) {
    if (dash != 0 || !last) return {};
    const auto length = std::min(*last, size_bytes);
    if (length == 0) return RangeAnswer{RangeKind::kUnsatisfiable, {}};
    return RangeAnswer{RangeKind::kPart, {size_bytes - length, length}};
  }
  if (!last && dash + 1 != spec.size()) return {};
  if (last && *last < *first) return {};
  if (*first >= size_bytes) return RangeAnswer{RangeKind::kUnsatisfiable, {}};
  const auto end = last ? std::min(*last, size_bytes - 1) : size_bytes - 1;
  return RangeAnswer{RangeKind::kPart, {*first, end - *first + 1}};
}

}  // namespace

RangeAnswer parse_range(std::string_view header, std::uint64_t size_bytes) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return {};
  auto rest = header.substr(kUnit.size());
  std::optional<RangeAnswer> answer;
  while (true) {
    const auto comma = rest.find(',');
    const auto one = parse_one(trimmed(rest.substr(0, comma)), size_bytes);
    if (!one) return {};
    const bool better =
        !answer || (answer->kind == RangeKind::kUnsatisfiable && one->kind == RangeKind::kPart);
    if (better) answer = one;
    if (comma == rest.npos) return *answer;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace anjuan::catalog
