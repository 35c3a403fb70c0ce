#include "preservation/formats/ffv1_checker.h"

#include <algorithm>

#include "preservation/formats/ffv1_crc.h"

namespace anjuan::formats {

namespace {

constexpr std::uint32_t kSideMax = 1U << 16U;

/// RFC 9043, 4.9: size 3, error status 1, CRC 4.
constexpr std::size_t kFooterBytes = 8;

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

/// Where parts `first` to `end` of a side begin and how long they are, in samples (4.6.1 to 4.6.4).
Span part_of(std::uint32_t side, std::uint32_t parts, std::uint64_t first, std::uint64_t count) {
  const auto begin = static_cast<std::uint32_t>(first * side / parts);
  const auto end = static_cast<std::uint32_t>((first + count) * side / parts);
  return {begin, end - begin};
}

std::uint32_t rounded_up(std::uint32_t size, unsigned shift) {
  return (size + (1U << shift) - 1) >> shift;
}

/// The same of a chroma plane. Slices that begin between two of its samples share one.
Span subsampled(Span luma, unsigned shift) {
  return {luma.begin >> shift, rounded_up(luma.size, shift)};
}

/// Whether a slice that reaches the edge of the picture has the last chroma sample as well.
bool reaches_edge(Span luma, std::uint32_t side, unsigned shift) {
  const Span chroma = subsampled(luma, shift);
  return luma.begin + luma.size < side || chroma.begin + chroma.size == rounded_up(side, shift);
}

}  // namespace

Ffv1Checker::Ffv1Checker(Ffv1Record record, std::uint32_t width, std::uint32_t height)
    : record_(std::make_unique<const Ffv1Record>(std::move(record))),
      width_(width),
      height_(height),
      walking_(kTogether, Ffv1Slice(*record_)) {}

std::optional<Ffv1Checker> Ffv1Checker::open(std::span<const std::byte> record, std::uint32_t width,
                                             std::uint32_t height) {
  if (width > kSideMax || height > kSideMax) return std::nullopt;
  auto read = read_ffv1_record(record);
  if (!read || read->h_slices > width || read->v_slices > height) return std::nullopt;
  return Ffv1Checker(std::move(*read), width, height);
}

bool Ffv1Checker::find_slices(std::span<const std::byte> frame) {
  slices_.clear();
  while (!frame.empty()) {
    if (frame.size() < kFooterBytes || slices_.size() == taken_.size()) return false;
    const auto footer = frame.last(kFooterBytes);
    const auto byte = [&](std::size_t i) { return std::to_integer<std::size_t>(footer[i]); };
    const std::size_t size = (byte(0) << 16U) | (byte(1) << 8U) | byte(2);
    if (size > frame.size() - kFooterBytes || byte(3) != 0) return false;
    const auto slice = frame.last(size + kFooterBytes);
    if (crc32_msb_first(slice) != 0) return false;
    slices_.push_back(slice.first(size));
    frame = frame.first(frame.size() - slice.size());
  }
  std::reverse(slices_.begin(), slices_.end());
  return true;
}

/// Each place of the raster belongs to one slice, and to one only (RFC 9043, 5).
bool Ffv1Checker::take_place(const Ffv1SliceHeader& header) {
  if (header.x + header.width > record_->h_slices) return false;
  if (header.y + header.height > record_->v_slices) return false;
  for (std::uint64_t y = header.y; y < header.y + header.height; ++y) {
    for (std::uint64_t x = header.x; x < header.x + header.width; ++x) {
      const auto place = taken_.begin() + static_cast<std::ptrdiff_t>(y * record_->h_slices + x);
      if (*place) return false;
      *place = true;
    }
  }
  return true;
}

bool Ffv1Checker::set_areas(Ffv1Slice& slice, const Ffv1SliceHeader& header,
                            const Ffv1Picture& picture) const {
  const Span across = part_of(width_, record_->h_slices, header.x, header.width);
  const Span down = part_of(height_, record_->v_slices, header.y, header.height);
  const std::ptrdiff_t sample_bytes = record_->bits > 8 ? 2 : 1;
  const auto area = [&](const Ffv1Plane& plane, Span columns, Span rows) {
    const auto* first = plane.data + static_cast<std::ptrdiff_t>(rows.begin) * plane.stride +
                        static_cast<std::ptrdiff_t>(columns.begin) * sample_bytes;
    return Ffv1Area{{first, plane.stride}, columns.size, rows.size, nullptr, 0};
  };
  std::vector<Ffv1Area> areas = {area(picture[0], across, down)};
  areas[0].contexts = &record_->contexts[header.luma_contexts];
  for (std::size_t plane = 1; record_->chroma && plane < picture.size(); ++plane) {
    areas.push_back(area(picture[plane], subsampled(across, record_->h_shift),
                         subsampled(down, record_->v_shift)));
    areas.back().contexts = &record_->contexts[header.chroma_contexts];
    areas.back().first_state = static_cast<std::uint32_t>(areas[0].contexts->states.size());
  }
  slice.set_areas(std::move(areas));
  return !record_->chroma || (reaches_edge(across, width_, record_->h_shift) &&
                              reaches_edge(down, height_, record_->v_shift));
}

bool Ffv1Checker::begin_slice(Ffv1Slice& slice, const Ffv1Picture& picture) {
  Ffv1SliceHeader header;
  if (!slice.begin(slices_[next_slice_], next_slice_ == 0, header)) return false;
  ++next_slice_;
  if (!first_header_) first_header_ = header;
  return header.same_picture(*first_header_) && take_place(header) &&
         set_areas(slice, header, picture);
}

/// Leads a slice that has nothing left to walk to its next line, or on to the next slice. False at
/// the end of the frame, or if the frame is refused.
bool Ffv1Checker::make_ready(Ffv1Slice& slice, const Ffv1Picture& picture) {
  if (slice.left() > 0) return true;
  if (slice.begun() && !slice.next_line()) refused_ = refused_ || !slice.holds();
  if (!refused_ && !slice.begun() && next_slice_ < slices_.size()) {
    refused_ = !begin_slice(slice, picture) || !slice.next_line();
  }
  refused_ = refused_ || !slice.may_hold();
  return !refused_ && slice.begun();
}

bool Ffv1Checker::walk_on(const Ffv1Picture& picture) {
  std::size_t ready = 0;
  std::size_t count = SIZE_MAX;
  for (Ffv1Slice& slice : walking_) {
    if (!make_ready(slice, picture)) continue;
    ++ready;
    count = std::min(count, slice.left());
  }
  if (refused_ || ready == 0) return false;
  if (ready == kTogether) {
    std::array<Ffv1Walk, kTogether> walks;
    for (std::size_t i = 0; i < kTogether; ++i) walks[i] = walking_[i].walk();
    walk_together(walks, count, record_->steps);
    for (std::size_t i = 0; i < kTogether; ++i) walking_[i].walk() = walks[i];
    return true;
  }
  for (Ffv1Slice& slice : walking_) {
    std::array<Ffv1Walk, 1> walk = {slice.walk()};
    walk_together(walk, slice.left(), record_->steps);
    slice.walk() = walk[0];
  }
  return true;
}

bool Ffv1Checker::is_frame_of(std::span<const std::byte> frame, const Ffv1Picture& picture) {
  taken_.assign(std::size_t{record_->h_slices} * record_->v_slices, false);
  first_header_.reset();
  next_slice_ = 0;
  refused_ = false;
  for (Ffv1Slice& slice : walking_) slice.end();
  if (!find_slices(frame)) return false;
  while (walk_on(picture)) continue;
  return !refused_ && std::find(taken_.begin(), taken_.end(), false) == taken_.end();
}

}  // namespace anjuan::formats
