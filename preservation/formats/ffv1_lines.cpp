#include "preservation/formats/ffv1_lines.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace anjuan::formats {

namespace {

constexpr std::uint32_t kStatesEach = std::tuple_size_v<Ffv1NumberStates>;
/// Two columns on the left and one on the right of a slice belong to its border (RFC 9043, 3.1).
constexpr std::size_t kLeft = 2;
constexpr std::size_t kBorder = kLeft + 1;
constexpr std::size_t kRows = 3;

/// Of a difference of 16 bits: for zero, its length in unary, the bits below the highest, sign.
constexpr std::size_t kDecisionsMax = 1 + 16 + 15 + 1;

constexpr Ffv1Decision made_with(std::uint32_t state, std::uint32_t decision) {
  return state << kFfv1StateBits | decision << kFfv1OneBit;
}

/// RFC 9043, 3.8.1.2. Returns how many decisions there are.
constexpr std::size_t spell(std::int32_t value, Ffv1Decision* out) {
  if (value == 0) {
    out[0] = made_with(kFfv1ZeroSlot, 1);
    return 1;
  }
  const auto size = static_cast<std::uint32_t>(value < 0 ? -value : value);
  const auto exponent = static_cast<std::uint32_t>(std::bit_width(size)) - 1;
  std::size_t count = 0;
  out[count++] = made_with(kFfv1ZeroSlot, 0);
  for (std::uint32_t i = 0; i < exponent; ++i) out[count++] = made_with(ffv1_exponent_slot(i), 1);
  out[count++] = made_with(ffv1_exponent_slot(exponent), 0);
  for (std::uint32_t i = exponent; i-- > 0;) {
    out[count++] = made_with(ffv1_mantissa_slot(i), size >> i & 1U);
  }
  out[count++] = made_with(ffv1_sign_slot(exponent), value < 0 ? 1U : 0U);
  return count;
}

/// The decisions of all differences of eight bits, in pieces that are copied whole.
constexpr std::size_t kPiece = 8;
constexpr std::size_t kPieces = 3;

struct Spelling {
  std::array<Ffv1Decision, kPiece * kPieces> decisions{};
  std::uint32_t count = 0;
};

/// By difference & 255.
constexpr auto kSpellings = [] {
  std::array<Spelling, 256> all{};
  for (std::int32_t value = -128; value < 128; ++value) {
    Spelling& one = all[static_cast<std::uint8_t>(value)];
    one.count = static_cast<std::uint32_t>(spell(value, one.decisions.data()));
  }
  return all;
}();

/// By way of a copy: of two pointers the compiler could not know that they are apart.
inline void copy_piece(const Ffv1Decision* from, Ffv1Decision first, Ffv1Decision* to) {
  std::array<Ffv1Decision, kPiece> piece;
  std::memcpy(piece.data(), from, sizeof piece);
  for (Ffv1Decision& decision : piece) decision += first;
  std::memcpy(to, piece.data(), sizeof piece);
}

inline Ffv1Decision* put_small(std::int32_t value, Ffv1Decision first, Ffv1Decision* out) {
  const Spelling& one = kSpellings[static_cast<std::uint8_t>(value)];
  const Ffv1Decision* from = one.decisions.data();
  copy_piece(from, first, out);
  if (one.count > kPiece) {
    copy_piece(from + kPiece, first, out + kPiece);
    copy_piece(from + 2 * kPiece, first, out + 2 * kPiece);
  }
  return out + one.count;
}

[[gnu::noinline]] Ffv1Decision* put_large(std::int32_t value, Ffv1Decision first,
                                          Ffv1Decision* out) {
  const std::size_t count = spell(value, out);
  for (std::size_t i = 0; i < count; ++i) out[i] += first;
  return out + count;
}

/// RFC 9043, 3.3. With 16 bits the neighbours are signed, as that clause wants it of this coder.
std::int32_t predicted(std::int32_t left, std::int32_t top, std::int32_t top_left) {
  // Without a comparison, since the compiler would make a branch of it that goes either way.
  const std::int32_t spread = left - top;
  const std::int32_t below = spread & (spread >> 31);
  const std::int32_t least = top + below;
  const std::int32_t most = left - below;
  return std::max(least, std::min(most, left + top - top_left));
}

bool is_used(const std::array<std::int16_t, 256>& table) {
  return std::any_of(table.begin(), table.end(), [](std::int16_t value) { return value != 0; });
}

}  // namespace

void Ffv1Lines::begin(const Ffv1Area& area) {
  area_ = area;
  y_ = 0;
  five_inputs_ = is_used(area.contexts->quantised[3]) || is_used(area.contexts->quantised[4]);
  rows_.assign(kRows * (area.width + kBorder), 0);
}

std::int16_t* Ffv1Lines::row(std::uint32_t y) {
  return rows_.data() + (y % kRows) * (area_.width + kBorder) + kLeft;
}

void Ffv1Lines::load(std::int16_t* row) {
  const std::uint8_t* from =
      area_.plane.data + static_cast<std::ptrdiff_t>(y_) * area_.plane.stride;
  if (bits_ == 8) {
    for (std::uint32_t x = 0; x < area_.width; ++x) row[x] = from[x];
    return;
  }
  std::memcpy(row, from, area_.width * sizeof *row);
  std::uint32_t all = 0;
  for (std::uint32_t x = 0; x < area_.width; ++x) all |= static_cast<std::uint16_t>(row[x]);
  if (all >> bits_ != 0) codable_ = false;
}

std::size_t Ffv1Lines::next(std::vector<Ffv1Decision>& list) {
  // A piece is copied whole, so the last number may write over its end.
  list.resize(std::max(list.size(), area_.width * kDecisionsMax + kPiece * kPieces));
  std::int16_t* now = row(y_ + 2);
  std::int16_t* above = row(y_ + 1);
  load(now);
  now[-1] = above[0];
  above[area_.width] = above[area_.width - 1];
  Ffv1Decision* end =
      bits_ == 8
          ? (five_inputs_ ? code<true, true>(list.data()) : code<false, true>(list.data()))
          : (five_inputs_ ? code<true, false>(list.data()) : code<false, false>(list.data()));
  ++y_;
  return static_cast<std::size_t>(end - list.data());
}

template <bool kFiveInputs, bool kEightBits>
Ffv1Decision* Ffv1Lines::code(Ffv1Decision* out) {
  const std::int16_t* far = row(y_);
  const std::int16_t* above = row(y_ + 1);
  const std::int16_t* now = row(y_ + 2);
  const auto& tables = area_.contexts->quantised;
  const auto quantised = [&](std::size_t input, std::int32_t from,
                             std::int32_t to) -> std::int32_t {
    return tables[input][static_cast<std::uint8_t>(from - to)];
  };
  const int spare = kEightBits ? 24 : 32 - bits_;
  std::int32_t left = now[-1];
  std::int32_t top_left = above[-1];
  std::int32_t top = above[0];
  for (std::ptrdiff_t x = 0; x < static_cast<std::ptrdiff_t>(area_.width); ++x) {
    const std::int32_t top_right = above[x + 1];
    std::int32_t context = quantised(0, left, top_left) + quantised(1, top_left, top) +
                           quantised(2, top, top_right);  // RFC 9043, 3.5
    if constexpr (kFiveInputs) {
      context += quantised(3, now[x - 2], left) + quantised(4, far[x], top);
    }
    std::int32_t difference = now[x] - predicted(left, top, top_left);
    // Of two contexts that mirror each other one is kept; the difference changes its sign instead.
    const std::int32_t mirror = context >> 31;
    context = (context ^ mirror) - mirror;
    difference = (difference ^ mirror) - mirror;
    difference =
        static_cast<std::int32_t>(static_cast<std::uint32_t>(difference) << spare) >> spare;
    const auto first =
        made_with(area_.first_state + static_cast<std::uint32_t>(context) * kStatesEach, 0);
    const bool is_small = kEightBits || difference == static_cast<std::int8_t>(difference);
    out = is_small ? put_small(difference, first, out) : put_large(difference, first, out);
    left = now[x];
    top_left = top;
    top = top_right;
  }
  return out;
}

}  // namespace anjuan::formats
