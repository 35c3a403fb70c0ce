#pragma once
// One slice of FFV1 version 3 (RFC 9043, 4.5 to 4.9) on its way through the checker: its header is
// decoded, its content is walked through line by line with the decisions that the picture demands.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "preservation/formats/ffv1_lines.h"
#include "preservation/formats/ffv1_range.h"
#include "preservation/formats/ffv1_record.h"
#include "preservation/formats/ffv1_walk.h"

namespace anjuan::formats {

/// RFC 9043, 4.6.
struct Ffv1SliceHeader {
  // on the raster of the record
  std::uint64_t x = 0;
  std::uint64_t y = 0;
  std::uint64_t width = 0;
  std::uint64_t height = 0;
  std::uint32_t luma_contexts = 0;  ///< number of a set of the record
  std::uint32_t chroma_contexts = 0;
  std::uint32_t picture_structure = 0;
  std::uint32_t sar_num = 0;
  std::uint32_t sar_den = 0;

  /// What is said of the whole picture, in each of its slices.
  bool same_picture(const Ffv1SliceHeader& other) const {
    return picture_structure == other.picture_structure && sar_num == other.sar_num &&
           sar_den == other.sar_den;
  }
};

class Ffv1Slice {
 public:
  /// `record` must live as long as this.
  explicit Ffv1Slice(const Ffv1Record& record) : record_(&record), lines_(record.bits) {}

  /// Decodes the header; in the first slice of a frame the keyframe bit stands before it (4.4).
  /// `bytes` without the footer. False if it is none that the record allows.
  bool begin(std::span<const std::byte> bytes, bool first, Ffv1SliceHeader& header);

  /// The planes' areas that the header describes, in their order; after begin(), before the rest.
  void set_areas(std::vector<Ffv1Area> areas);

  bool begun() const { return begun_; }

  void end();

  /// Makes the next line ready to be walked. False at the end of the slice.
  bool next_line();

  /// Decisions of this line that were not walked yet.
  std::size_t left() const { return static_cast<std::size_t>(line_end_ - walk_.next); }

  Ffv1Walk& walk() { return walk_; }

  /// Whether a decoder makes all of these decisions from these bytes, and ends where they end. To
  /// be asked after the last line; ends the slice.
  bool holds();

  /// False as soon as it is known that it will not hold.
  bool may_hold() const { return !wrong_ && lines_.codable(); }

 private:
  bool read_header(Ffv1RangeDecoder& decoder, Ffv1SliceHeader& header) const;
  void settle();
  bool is_terminated() const;

  const Ffv1Record* record_;
  std::span<const std::byte> bytes_;
  std::size_t taken_ = 0;  ///< bytes that the range coder has asked for
  std::uint32_t low_ = 0;  ///< where they point to, at the last byte
  bool begun_ = false;
  bool wrong_ = false;
  Ffv1Lines lines_;
  std::vector<Ffv1Area> areas_;
  std::size_t area_ = 0;
  std::vector<std::uint8_t> states_;
  std::vector<Ffv1Decision> line_;
  const Ffv1Decision* line_end_ = nullptr;
  std::vector<std::uint16_t> starts_;
  Ffv1Walk walk_;
};

}  // namespace anjuan::formats
