#pragma once
// From the samples of a picture to the decisions by which FFV1 codes them (RFC 9043, 3.1 to 3.6 and
// 3.8.1.2), line by line.
//
// Who decodes must wait for a sample before the next can be predicted. Here all samples are known,
// so that a line becomes a plain list before the range coder sees any of it.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "preservation/formats/ffv1_record.h"

namespace anjuan::formats {

/// One binary decision: what it must be, and above that with which state it is made.
using Ffv1Decision = std::uint32_t;
inline constexpr std::uint32_t kFfv1OneBit = 8;  ///< where a row of Ffv1Steps begins
inline constexpr Ffv1Decision kFfv1One = 1U << kFfv1OneBit;
inline constexpr std::uint32_t kFfv1StateBits = 9;  ///< the number of the state stands above these

/// Samples in memory: one byte each for 8 bits, else two in the machine's order.
struct Ffv1Plane {
  const std::uint8_t* data = nullptr;
  std::ptrdiff_t stride = 0;  ///< bytes
};

/// The part of a plane that one slice codes.
struct Ffv1Area {
  Ffv1Plane plane;
  std::uint32_t width = 0;  ///< samples
  std::uint32_t height = 0;
  const Ffv1Contexts* contexts = nullptr;
  std::uint32_t first_state = 0;  ///< of these contexts, among all that the slice has
};

class Ffv1Lines {
 public:
  explicit Ffv1Lines(int bits) : bits_(bits) {}

  void begin(const Ffv1Area& area);

  bool done() const { return y_ == area_.height; }

  /// The decisions of the next line, into `list` from its beginning; how many there are.
  std::size_t next(std::vector<Ffv1Decision>& list);

  /// False once a sample was above what its bits can hold: no decoder gives such a picture.
  bool codable() const { return codable_; }

 private:
  void load(std::int16_t* row);
  std::int16_t* row(std::uint32_t y);
  template <bool kFiveInputs, bool kEightBits>
  Ffv1Decision* code(Ffv1Decision* out);

  int bits_;
  bool codable_ = true;
  Ffv1Area area_;
  bool five_inputs_ = false;
  std::uint32_t y_ = 0;
  std::vector<std::int16_t> rows_;  ///< the last three, each with its border
};

}  // namespace anjuan::formats
