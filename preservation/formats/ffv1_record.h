#pragma once
// The configuration record of FFV1 version 3 (RFC 9043, 4.2 and 4.3): all that a decoder must know
// beside the frames.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "preservation/formats/ffv1_range.h"

namespace anjuan::formats {

/// A quantization table set (RFC 9043, 4.1) with the states that its contexts begin with.
struct Ffv1Contexts {
  static constexpr std::size_t kInputs = 5;

  /// By input and difference & 255. What the inputs give is summed: within +-(count - 1).
  std::array<std::array<std::int16_t, 256>, kInputs> quantised{};
  std::uint32_t count = 0;
  std::vector<std::uint8_t> states;  ///< 32 for each context
};

/// What Ffv1Checker can check: version 3 in its stable form, range coder, 8 to 16 bits, luma with
/// or without chroma, a check sum for each slice.
struct Ffv1Record {
  int bits = 0;
  bool chroma = false;
  unsigned h_shift = 0;  ///< log2 of the chroma subsampling
  unsigned v_shift = 0;
  std::uint32_t h_slices = 0;  ///< of the raster in which slices lie
  std::uint32_t v_slices = 0;
  Ffv1Steps steps{};
  std::vector<Ffv1Contexts> contexts;  ///< a slice chooses one for luma, one for chroma
};

/// nullopt for a record that is damaged, or of what is not supported.
std::optional<Ffv1Record> read_ffv1_record(std::span<const std::byte> record);

}  // namespace anjuan::formats
