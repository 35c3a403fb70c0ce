#pragma once
// Says whether a frame of FFV1 version 3 (RFC 9043) decodes to a picture that is at hand.
//
// A complete decoder, but for one thing: it does not find out which picture a frame holds, it asks
// at every decision of the range coder whether the frame makes the one that the picture demands.
// Nothing is guessed, so it is quicker than a decoder; and it is nobody else's code, so that what
// one library writes is not proved by the same library (docs/adr/0055-checking-decoder.md).
//
// True is said only of frames of which a conforming decoder makes exactly this picture, and that
// hold to every rule: slices that chain up to the first byte and lie on the raster without gap or
// overlap, their check sums and status, the keyframe bit, the end of each slice. Frames are foreign
// bytes: whatever they hold, nothing outside of them is read. The picture is trusted to be there.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "preservation/formats/ffv1_lines.h"
#include "preservation/formats/ffv1_record.h"
#include "preservation/formats/ffv1_slice.h"

namespace anjuan::formats {

/// Luma, then both chroma planes if the record has chroma: its width and height rounded up.
using Ffv1Picture = std::array<Ffv1Plane, 3>;

class Ffv1Checker {
 public:
  /// nullopt for a record that is not supported (ffv1_record.h), or a size.
  static std::optional<Ffv1Checker> open(std::span<const std::byte> record, std::uint32_t width,
                                         std::uint32_t height);

  const Ffv1Record& record() const { return *record_; }

  /// `picture` in the record's sample size and subsampling.
  bool is_frame_of(std::span<const std::byte> frame, const Ffv1Picture& picture);

 private:
  Ffv1Checker(Ffv1Record record, std::uint32_t width, std::uint32_t height);

  bool find_slices(std::span<const std::byte> frame);
  bool begin_slice(Ffv1Slice& slice, const Ffv1Picture& picture);
  bool take_place(const Ffv1SliceHeader& header);
  bool set_areas(Ffv1Slice& slice, const Ffv1SliceHeader& header, const Ffv1Picture& picture) const;
  bool make_ready(Ffv1Slice& slice, const Ffv1Picture& picture);
  bool walk_on(const Ffv1Picture& picture);

  /// Slices that are walked through side by side (measured: docs/performance.md, row 6).
  static constexpr std::size_t kTogether = 2;

  std::unique_ptr<const Ffv1Record> record_;  ///< slices refer to it
  std::uint32_t width_;
  std::uint32_t height_;
  std::vector<Ffv1Slice> walking_;

  // of the frame that is checked
  std::vector<std::span<const std::byte>> slices_;  ///< without footers
  std::size_t next_slice_ = 0;
  std::vector<bool> taken_;  ///< places on the raster
  std::optional<Ffv1SliceHeader> first_header_;
  bool refused_ = false;
};

}  // namespace anjuan::formats
