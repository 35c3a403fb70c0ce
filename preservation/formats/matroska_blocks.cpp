#include "preservation/formats/matroska_blocks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

namespace anjuan::formats {

namespace {

constexpr std::size_t kWindow = 4 * 1024 * 1024;
constexpr std::size_t kDamageMax = 1000;

enum Id : std::uint64_t {
  kEbml = 0x1A45DFA3,
  kSegment = 0x18538067,
  kInfo = 0x1549A966,
  kTimestampScale = 0x2AD7B1,
  kTracks = 0x1654AE6B,
  kTrackEntry = 0xAE,
  kTrackNumber = 0xD7,
  kCodecId = 0x86,
  kCodecPrivate = 0x63A2,
  kCluster = 0x1F43B675,
  kTimestamp = 0xE7,
  kSimpleBlock = 0xA3,
  kBlockGroup = 0xA0,
  kBlock = 0xA1,
};

constexpr std::array<std::byte, 4> kClusterMark{std::byte{0x1F}, std::byte{0x43}, std::byte{0xB6},
                                                std::byte{0x75}};

bool is_entered(std::uint64_t id) {
  return id == kSegment || id == kInfo || id == kTracks || id == kTrackEntry || id == kCluster ||
         id == kBlockGroup;
}

}  // namespace

bool MatroskaTrack::is_ffv1() const {
  constexpr std::size_t kFourCcAt = 16;  // in BITMAPINFOHEADER
  if (codec == "V_FFV1") return true;
  return codec == "V_MS/VFW/FOURCC" && codec_private.size() >= kFourCcAt + 4 &&
         codec_private.compare(kFourCcAt, 4, "FFV1") == 0;
}

MatroskaBlocks::MatroskaBlocks(int descriptor) : descriptor_(descriptor), window_(kWindow) {
  struct stat status {};

  if (::fstat(descriptor, &status) == 0) size_ = static_cast<std::uint64_t>(status.st_size);
  const auto first = element();
  is_matroska_ = first && first->id == kEbml && !first->unknown_size;
  if (is_matroska_) skip(first->bytes);
}

/// Makes `bytes` from the present position available in the window; false at the end of the file.
bool MatroskaBlocks::fill(std::size_t bytes) {
  if (filled_ - at_ >= bytes) return true;
  std::copy(window_.begin() + static_cast<std::ptrdiff_t>(at_),
            window_.begin() + static_cast<std::ptrdiff_t>(filled_), window_.begin());
  window_at_ += at_;
  filled_ -= at_;
  at_ = 0;
  if (window_.size() < bytes) window_.resize(bytes);
  while (filled_ < bytes) {
    const auto got = ::pread(descriptor_, window_.data() + filled_, window_.size() - filled_,
                             static_cast<off_t>(window_at_ + filled_));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    filled_ += static_cast<std::size_t>(got);
  }
  return true;
}

/// A variable-length number (RFC 8794, 4); nothing if it cannot be one.
std::optional<std::uint64_t> MatroskaBlocks::number(bool keep_marker) {
  if (!fill(1)) return std::nullopt;
  const auto first = std::to_integer<std::uint8_t>(window_[at_]);
  const auto length = static_cast<std::size_t>(std::countl_zero(first)) + 1;
  if (length > 8 || !fill(length)) return std::nullopt;
  std::uint64_t value = keep_marker ? first : first & (0xFFU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    value = (value << 8U) | std::to_integer<std::uint64_t>(window_[at_ + i]);
  }
  const bool all_ones = !keep_marker && value == (std::uint64_t{1} << (7 * length)) - 1;
  at_ += length;
  return all_ones ? UINT64_MAX : value;
}

std::optional<MatroskaBlocks::Element> MatroskaBlocks::element() {
  const auto id = number(true);
  if (!id) return std::nullopt;
  const auto bytes = number(false);
  if (!bytes) return std::nullopt;
  return Element{*id, *bytes, *bytes == UINT64_MAX};
}

void MatroskaBlocks::skip(std::uint64_t bytes) {
  const std::uint64_t here = filled_ - at_;
  if (bytes <= here) {
    at_ += static_cast<std::size_t>(bytes);
    return;
  }
  window_at_ += at_ + bytes;
  at_ = filled_ = 0;
}

/// To the next cluster, which begins with four bytes that are rare elsewhere.
void MatroskaBlocks::resynchronise() {
  if (damage_.size() < kDamageMax) damage_.push_back(position());
  while (fill(kClusterMark.size())) {
    const auto begin = window_.begin() + static_cast<std::ptrdiff_t>(at_);
    const auto end = window_.begin() + static_cast<std::ptrdiff_t>(filled_);
    const auto found = std::search(begin, end, kClusterMark.begin(), kClusterMark.end());
    if (found != end) {
      at_ += static_cast<std::size_t>(found - begin);
      return;
    }
    at_ = filled_ - (kClusterMark.size() - 1);
  }
  at_ = filled_;
}

std::uint64_t MatroskaBlocks::unsigned_value(std::uint64_t bytes) {
  if (bytes > 8 || !fill(static_cast<std::size_t>(bytes))) return 0;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    value = (value << 8U) | std::to_integer<std::uint64_t>(window_[at_ + i]);
  }
  at_ += static_cast<std::size_t>(bytes);
  return value;
}

std::string MatroskaBlocks::text_value(std::uint64_t bytes) {
  if (bytes > kPrivateMax || !fill(static_cast<std::size_t>(bytes))) {
    skip(bytes);
    return "";
  }
  std::string text(reinterpret_cast<const char*>(window_.data() + at_),
                   static_cast<std::size_t>(bytes));
  at_ += static_cast<std::size_t>(bytes);
  return text;
}

bool MatroskaBlocks::take_block(std::uint64_t bytes, MatroskaBlock& block) {
  constexpr std::size_t kTimeAndFlags = 3;
  if (bytes > kBlockMax || !fill(static_cast<std::size_t>(bytes))) {
    resynchronise();
    return false;
  }
  const std::size_t end = at_ + static_cast<std::size_t>(bytes);
  const auto track = number(false);
  if (!track || at_ + kTimeAndFlags > end) {
    at_ = end;
    return false;
  }
  const auto high = std::to_integer<unsigned>(window_[at_]);
  const auto low = std::to_integer<unsigned>(window_[at_ + 1]);
  const auto relative = static_cast<std::int16_t>((high << 8U) | low);
  block.track = *track;
  block.laced = (std::to_integer<unsigned>(window_[at_ + 2]) & 0x06U) != 0;
  block.time_ns = (cluster_time_ + relative) * scale_ns_;
  at_ += kTimeAndFlags;
  block.frame = std::span<const std::byte>(window_).subspan(at_, end - at_);
  at_ = end;
  return true;
}

/// True if it was a block.
bool MatroskaBlocks::take(const Element& element, MatroskaBlock& block) {
  constexpr std::int64_t kTimeMax = INT64_MAX / 1'000'000'000'000;  // so that products fit
  switch (element.id) {
    case kSimpleBlock:
    case kBlock:
      return take_block(element.bytes, block);
    case kTimestampScale:
      scale_ns_ = static_cast<std::int64_t>(
          std::clamp<std::uint64_t>(unsigned_value(element.bytes), 1, 1'000'000'000));
      break;
    case kTimestamp:
      cluster_time_ = static_cast<std::int64_t>(
          std::min<std::uint64_t>(unsigned_value(element.bytes), std::uint64_t{kTimeMax} * 1000));
      break;
    case kTrackNumber:
      if (!tracks_.empty()) tracks_.back().number = unsigned_value(element.bytes);
      break;
    case kCodecId:
      if (!tracks_.empty()) tracks_.back().codec = text_value(element.bytes);
      break;
    case kCodecPrivate:
      if (!tracks_.empty()) tracks_.back().codec_private = text_value(element.bytes);
      break;
    default:
      skip(element.bytes);
  }
  return false;
}

bool MatroskaBlocks::next(MatroskaBlock& block) {
  while (is_matroska_ && position() < size_) {
    const auto found = element();
    if (!found) {
      if (position() < size_) skip(1);
      resynchronise();
      continue;
    }
    if (is_entered(found->id)) {
      if (found->id == kTrackEntry && tracks_.size() < kTracksMax) tracks_.emplace_back();
      continue;
    }
    if (found->unknown_size || found->bytes > size_ - position()) {
      resynchronise();
      continue;
    }
    if (take(*found, block)) return true;
  }
  return false;
}

}  // namespace anjuan::formats
