#pragma once
// The range coder of FFV1 (RFC 9043, 3.8.1): its model of one binary decision, and a plain decoder
// for the few symbols that nobody knows in advance (configuration record, slice headers).

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace anjuan::formats {

/// By state: the state that follows a decision for 1 (RFC 9043, 3.8.1.4).
using Ffv1OneStates = std::array<std::uint8_t, 256>;

/// RFC 9043, 3.8.1.5.
extern const Ffv1OneStates kFfv1DefaultOneStates;

/// What one decision does.
struct Ffv1Step {
  std::uint8_t next = 0;       ///< the state that follows
  std::uint8_t share = 0;      ///< of the range that is left, in 256ths
  std::uint16_t rounding = 0;  ///< of that share, in 256ths: down for 1, up for 0
  std::uint32_t upper = 0;     ///< all ones for 1, whose part is the upper one
};

/// By 256 * decision + state.
using Ffv1Steps = std::array<Ffv1Step, 512>;

Ffv1Steps make_ffv1_steps(const Ffv1OneStates& one_states);

/// The 32 states with which one number is coded (RFC 9043, 3.8.1.2).
using Ffv1NumberStates = std::array<std::uint8_t, 32>;

inline constexpr std::uint8_t kFfv1StateAtStart = 128;  ///< RFC 9043, 3.8.1.3

/// Where they stand: a decision for zero, `exponent` of them for the length, then the bits below
/// the highest one, then the sign.
inline constexpr std::uint32_t kFfv1ZeroSlot = 0;

constexpr std::uint32_t ffv1_exponent_slot(std::uint32_t i) { return 1 + (i < 9 ? i : 9); }

constexpr std::uint32_t ffv1_sign_slot(std::uint32_t exponent) {
  return 11 + (exponent < 10 ? exponent : 10);
}

constexpr std::uint32_t ffv1_mantissa_slot(std::uint32_t i) { return 22 + (i < 9 ? i : 9); }

class Ffv1RangeDecoder {
 public:
  static constexpr std::uint32_t kRangeAtStart = 0xFF00;
  static constexpr std::uint32_t kRangeMin = 0x100;  ///< below it, one more byte is taken

  /// What lies behind the end of `bytes` is read as 0 and counted.
  Ffv1RangeDecoder(std::span<const std::byte> bytes, const Ffv1Steps& steps);

  bool decide(std::uint8_t& state);
  /// Numbers of more than 31 bits are none: 0, and failed() from then on.
  std::uint32_t read_unsigned(Ffv1NumberStates& states);
  std::int64_t read_signed(Ffv1NumberStates& states);

  bool failed() const { return failed_; }

  std::uint32_t low() const { return low_; }

  std::uint32_t range() const { return range_; }

  std::size_t taken() const { return taken_; }  ///< bytes, with those behind the end

 private:
  std::uint32_t next_byte();

  std::span<const std::byte> bytes_;
  const Ffv1Steps* steps_;
  std::size_t taken_ = 0;
  std::uint32_t low_ = 0;
  std::uint32_t range_ = kRangeAtStart;
  std::uint32_t exponent_ = 0;  ///< of the last number
  bool failed_ = false;
};

}  // namespace anjuan::formats
