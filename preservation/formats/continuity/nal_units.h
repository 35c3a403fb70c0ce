#pragma once
// NAL units of H.264 and H.265 and the bits in their headers. What foreign bytes promise is checked
// against what is there.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace anjuan::formats {

/// Big-endian bits of a NAL unit; emulation prevention is removed by the caller. Reading beyond the
/// end gives zeros and sets `over`.
class BitReader {
 public:
  explicit BitReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint32_t bits(unsigned count);
  void skip(unsigned count);
  std::uint32_t ue();
  std::int32_t se();

  bool over() const { return over_; }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
  bool over_ = false;
};

/// Longer than any header or parameter set: of a longer unit only this much is looked at.
inline constexpr std::size_t kUnitBytesMax = 1024;

/// At most `limit` bytes, without the bytes 3 that keep start codes from occurring (H.264 7.4.1).
std::vector<std::uint8_t> without_emulation(std::span<const std::uint8_t> bytes, std::size_t limit);

/// Gives the units of one packet to `take` until it answers false. `length_bytes` stand before each
/// unit; 0 = start codes, and then a unit may be cut at kUnitBytesMax.
void each_unit(std::span<const std::uint8_t> packet, unsigned length_bytes,
               const std::function<bool(std::span<const std::uint8_t>)>& take);

/// Gives the `count` parameter sets of avcC or hvcC that begin at `at`, each behind its length of
/// 16 bits (ISO/IEC 14496-15 5.3.3.1, 8.3.3.1). Where they end; the end of `extra` if it is too
/// short.
std::size_t each_set(std::span<const std::uint8_t> extra, std::size_t at, unsigned count,
                     const std::function<void(std::span<const std::uint8_t>)>& take);

}  // namespace anjuan::formats
