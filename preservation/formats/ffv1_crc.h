#pragma once
// The check sums that FFV1 version 3 keeps of every slice (RFC 9043, 4.5 and 4.9), without
// decoding.
//
// A frame is a row of slices, each ending with its size, an error status and a CRC-32 over all of
// it. They are found from the end of the frame backwards.

#include <cstdint>
#include <span>
#include <vector>

namespace anjuan::formats {

/// CRC-32 with polynomial 0x04C11DB7, most significant bit first, from 0, no final inversion.
/// Over bytes that end with their own CRC it is 0.
std::uint32_t crc32_msb_first(std::span<const std::byte> bytes);

enum class SliceDamage { kCheckSum, kStatus, kLayout };

struct DamagedSlice {
  std::uint32_t slice = 0;  ///< from 0; for kLayout: how many slices before it could not be found
  SliceDamage damage = SliceDamage::kCheckSum;
};

struct FrameCheck {
  std::uint32_t slices = 0;  ///< found
  std::uint32_t sound = 0;   ///< of them, with a check sum that holds
  std::vector<DamagedSlice> damaged;
};

/// More slices than this FFV1 does not have; what claims them is damaged.
inline constexpr std::uint32_t kSlicesMax = 1024;

FrameCheck check_frame(std::span<const std::byte> frame);

}  // namespace anjuan::formats
