#pragma once
// Range: bytes=... of RFC 9110 section 14, so that a player can seek (Poco's sendFile ignores it).

#include <cstdint>
#include <optional>
#include <string_view>

namespace anjuan::catalog {

/// Bytes [first, first + length) of a file.
struct ByteSpan {
  std::uint64_t first = 0;
  std::uint64_t length = 0;

  bool operator==(const ByteSpan&) const = default;
};

enum class RangeKind {
  kWhole,          ///< no usable Range: answer 200 with everything
  kPart,           ///< answer 206 with `span`
  kUnsatisfiable,  ///< answer 416
};

struct RangeAnswer {
  RangeKind kind = RangeKind::kWhole;
  ByteSpan span;

  bool operator==(const RangeAnswer&) const = default;
};

/// What `header` (the value of Range, "" = none) asks of a file of `size_bytes`.
///
/// A unit other than bytes and a header that breaks the grammar are ignored, as section 14.2 asks.
/// Of several ranges the first one that can be satisfied is answered alone, which the same section
/// allows ("a server MAY ignore or coalesce"): no player asks for several, and multipart answers
/// are a classic way to exhaust a server. None that can be satisfied: 416.
RangeAnswer parse_range(std::string_view header, std::uint64_t size_bytes);

}  // namespace anjuan::catalog
