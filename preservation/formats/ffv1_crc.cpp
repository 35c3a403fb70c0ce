#include "preservation/formats/ffv1_crc.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace anjuan::formats {

namespace {

constexpr std::uint32_t kPolynomial = 0x04C11DB7;
constexpr std::size_t kStride = 16;  ///< bytes a step: the tables stay in the first cache

using Table = std::array<std::uint32_t, 256>;

/// tables[k][b]: what byte b, followed by k zero bytes, adds.
constexpr std::array<Table, kStride> make_tables() {
  std::array<Table, kStride> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte << 24U;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc << 1U) ^ ((crc & 0x80000000U) != 0 ? kPolynomial : 0U);
    }
    tables[0][byte] = crc;
  }
  for (std::size_t k = 1; k < kStride; ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t crc = tables[k - 1][byte];
      tables[k][byte] = (crc << 8U) ^ tables[0][crc >> 24U];
    }
  }
  return tables;
}

constexpr auto kTables = make_tables();

std::uint32_t word_at(const std::byte* at) {
  std::uint32_t word = 0;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap32(word);
  return word;
}

std::uint32_t fold(std::uint32_t word, std::size_t zeros_after) {
  return kTables[zeros_after + 3][word >> 24U] ^ kTables[zeros_after + 2][(word >> 16U) & 0xFFU] ^
         kTables[zeros_after + 1][(word >> 8U) & 0xFFU] ^ kTables[zeros_after][word & 0xFFU];
}

constexpr std::size_t kFooter = 8;  ///< size 3, error status 1, CRC 4

std::size_t size_at(const std::byte* footer) {
  return (std::to_integer<std::size_t>(footer[0]) << 16U) |
         (std::to_integer<std::size_t>(footer[1]) << 8U) | std::to_integer<std::size_t>(footer[2]);
}

}  // namespace

std::uint32_t crc32_msb_first(std::span<const std::byte> bytes) {
  std::uint32_t crc = 0;
  const std::byte* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= kStride; left -= kStride, at += kStride) {
    crc = fold(word_at(at) ^ crc, 12) ^ fold(word_at(at + 4), 8) ^ fold(word_at(at + 8), 4) ^
          fold(word_at(at + 12), 0);
  }
  for (; left > 0; --left, ++at) {
    crc = (crc << 8U) ^ kTables[0][(crc >> 24U) ^ std::to_integer<std::uint32_t>(*at)];
  }
  return crc;
}

FrameCheck check_frame(std::span<const std::byte> frame) {
  FrameCheck check;
  std::size_t end = frame.size();
  while (end > 0 && check.slices < kSlicesMax) {
    if (end < kFooter) break;
    const std::byte* footer = frame.data() + end - kFooter;
    const std::size_t bytes = size_at(footer) + kFooter;
    if (bytes > end) break;
    const auto slice = frame.subspan(end - bytes, bytes);
    if (crc32_msb_first(slice) != 0) {
      check.damaged.push_back({check.slices, SliceDamage::kCheckSum});
    } else if (footer[3] != std::byte{0}) {
      check.damaged.push_back({check.slices, SliceDamage::kStatus});
    } else {
      ++check.sound;
    }
    ++check.slices;
    end -= bytes;
  }
  // They were counted from the end; people count from the beginning.
  for (DamagedSlice& one : check.damaged) one.slice = check.slices - 1 - one.slice;
  std::reverse(check.damaged.begin(), check.damaged.end());
  if (end > 0) check.damaged.insert(check.damaged.begin(), {0, SliceDamage::kLayout});
  return check;
}

}  // namespace anjuan::formats
