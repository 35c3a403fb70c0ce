#include "preservation/formats/ffv1_range.h"

namespace anjuan::formats {

// clang-format off
const Ffv1OneStates kFfv1DefaultOneStates = {
      0,   0,   0,   0,   0,   0,   0,   0,  20,  21,  22,  23,  24,  25,  26,  27,
     28,  29,  30,  31,  32,  33,  34,  35,  36,  37,  37,  38,  39,  40,  41,  42,
     43,  44,  45,  46,  47,  48,  49,  50,  51,  52,  53,  54,  55,  56,  56,  57,
     58,  59,  60,  61,  62,  63,  64,  65,  66,  67,  68,  69,  70,  71,  72,  73,
     74,  75,  75,  76,  77,  78,  79,  80,  81,  82,  83,  84,  85,  86,  87,  88,
     89,  90,  91,  92,  93,  94,  94,  95,  96,  97,  98,  99, 100, 101, 102, 103,
    104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 114, 115, 116, 117, 118,
    119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 131, 132, 133, 133,
    134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149,
    150, 151, 152, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164,
    165, 166, 167, 168, 169, 170, 171, 171, 172, 173, 174, 175, 176, 177, 178, 179,
    180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 190, 191, 192, 194, 194,
    195, 196, 197, 198, 199, 200, 201, 202, 202, 204, 205, 206, 207, 208, 209, 209,
    210, 211, 212, 213, 215, 215, 216, 217, 218, 219, 220, 220, 222, 223, 224, 225,
    226, 227, 227, 229, 229, 230, 231, 232, 234, 234, 235, 236, 237, 238, 239, 240,
    241, 242, 243, 244, 245, 246, 247, 248, 248,   0,   0,   0,   0,   0,   0,   0};

// clang-format on

Ffv1Steps make_ffv1_steps(const Ffv1OneStates& one_states) {
  Ffv1Steps steps{};
  for (std::size_t state = 1; state < 256; ++state) {
    const std::size_t mirrored = 256 - state;
    steps[state] = {static_cast<std::uint8_t>(256 - one_states[mirrored]),
                    static_cast<std::uint8_t>(mirrored), 0xFF, 0};
    steps[256 + state] = {one_states[state], static_cast<std::uint8_t>(state), 0, ~0U};
  }
  return steps;
}

Ffv1RangeDecoder::Ffv1RangeDecoder(std::span<const std::byte> bytes, const Ffv1Steps& steps)
    : bytes_(bytes), steps_(&steps) {
  low_ = next_byte() << 8U;
  low_ |= next_byte();
}

std::uint32_t Ffv1RangeDecoder::next_byte() {
  const std::size_t at = taken_++;
  return at < bytes_.size() ? std::to_integer<std::uint32_t>(bytes_[at]) : 0;
}

bool Ffv1RangeDecoder::decide(std::uint8_t& state) {
  const std::uint32_t for_one = (range_ * state) >> 8U;
  const std::uint32_t for_zero = range_ - for_one;
  const bool one = low_ >= for_zero;
  if (one) low_ -= for_zero;
  range_ = one ? for_one : for_zero;
  state = (*steps_)[(one ? 256U : 0U) + state].next;
  if (range_ < kRangeMin) {
    range_ <<= 8U;
    low_ = (low_ << 8U) | next_byte();
  }
  return one;
}

std::uint32_t Ffv1RangeDecoder::read_unsigned(Ffv1NumberStates& states) {
  exponent_ = 0;
  if (failed_ || decide(states[kFfv1ZeroSlot])) return 0;
  constexpr std::uint32_t kExponentMax = 30;
  while (decide(states[ffv1_exponent_slot(exponent_)])) {
    if (++exponent_ > kExponentMax) {
      failed_ = true;
      return 0;
    }
  }
  std::uint32_t number = 1;
  for (std::uint32_t i = exponent_; i-- > 0;) {
    number = (number << 1U) | (decide(states[ffv1_mantissa_slot(i)]) ? 1U : 0U);
  }
  return number;
}

std::int64_t Ffv1RangeDecoder::read_signed(Ffv1NumberStates& states) {
  const std::int64_t number = read_unsigned(states);
  if (number == 0) return 0;
  return decide(states[ffv1_sign_slot(exponent_)]) ? -number : number;
}

}  // namespace anjuan::formats
