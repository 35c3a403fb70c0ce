// Frames and configuration records of FFV1, checked without the sandbox. Four bytes: width, height,
// length of the record, seed of the picture; the record; the frame. Check sums are mended first,
// or nothing but them would ever be looked at.
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "preservation/formats/ffv1_checker.h"
#include "preservation/formats/ffv1_crc.h"

namespace {

using namespace anjuan::formats;

constexpr std::size_t kSide = 64;
constexpr std::size_t kSumBytes = 4;

void mend(std::span<std::byte> bytes) {
  if (bytes.size() < kSumBytes) return;
  const auto sum = bytes.last(kSumBytes);
  const std::uint32_t crc = crc32_msb_first(bytes.first(bytes.size() - kSumBytes));
  for (std::size_t i = 0; i < kSumBytes; ++i) {
    sum[i] = static_cast<std::byte>(crc >> (24 - 8 * i) & 0xFFU);
  }
}

void mend_slices(std::span<std::byte> frame) {
  constexpr std::size_t kFooter = 8;
  while (frame.size() >= kFooter) {
    const auto footer = frame.last(kFooter);
    const std::size_t size = std::to_integer<std::size_t>(footer[0]) << 16U |
                             std::to_integer<std::size_t>(footer[1]) << 8U |
                             std::to_integer<std::size_t>(footer[2]);
    if (size > frame.size() - kFooter) return;
    mend(frame.last(size + kFooter));
    frame = frame.first(frame.size() - kFooter - size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kHead = 4;
  if (size < kHead || size - kHead < data[2]) return 0;
  const std::uint32_t width = data[0] % kSide + 1;
  const std::uint32_t height = data[1] % kSide + 1;
  const auto bytes = std::as_bytes(std::span(data, size)).subspan(kHead);
  std::vector<std::byte> record(bytes.begin(), bytes.begin() + data[2]);
  std::vector<std::byte> frame(bytes.begin() + data[2], bytes.end());
  mend(record);
  mend_slices(frame);
  auto checker = Ffv1Checker::open(record, width, height);
  if (!checker) return 0;
  const std::size_t sample = checker->record().bits > 8 ? 2 : 1;
  std::array<std::vector<std::uint8_t>, 3> planes;
  Ffv1Picture picture;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    planes[i].assign(width * height * sample, 0);
    for (std::size_t at = 0; at < planes[i].size(); at += sample) {
      planes[i][at] = static_cast<std::uint8_t>(at * data[3]);
    }
    picture[i] = {planes[i].data(), static_cast<std::ptrdiff_t>(width * sample)};
  }
  if (!checker->is_frame_of(frame, picture)) return 0;
  planes[0].front() ^= 1U;  // no frame is that of two pictures
  if (checker->is_frame_of(frame, picture)) __builtin_trap();
  return 0;
}
