#pragma once
// The chain of numbers in an H.265 stream: the order of pictures and the parameter sets, read from
// headers alone (ITU-T H.265 7.3). Pictures taken out at an open group leave a hole in the order; a
// cut at an IDR picture leaves nothing: H.265 numbers nothing across it.

#include <map>

#include "preservation/formats/continuity/nal_units.h"
#include "preservation/formats/continuity/picture_order.h"

namespace anjuan::formats {

class HevcChain {
 public:
  /// `extra` is the track's extra data: hvcC, or Annex B.
  explicit HevcChain(std::span<const std::uint8_t> extra);

  /// One access unit in decoding order.
  void take(std::span<const std::uint8_t> packet, double at_s, std::vector<StreamEvent>& events);

  /// What only the whole stream shows.
  void finish(std::vector<StreamEvent>& events) const { order_.finish(events); }

 private:
  struct Sequence {
    unsigned order_bits = 4;
    bool separate_planes = false;
  };

  struct PictureSet {
    std::uint32_t sequence = 0;
    bool output_flag = false;
    unsigned extra_bits = 0;
  };

  void take_unit(std::span<const std::uint8_t> unit, double at_s, std::vector<StreamEvent>* events);
  std::uint32_t take_parameters(unsigned type, std::span<const std::uint8_t> payload);
  std::uint32_t take_sequence(std::span<const std::uint8_t> payload);
  void take_slice(unsigned type, unsigned layer, std::span<const std::uint8_t> payload,
                  double at_s);

  unsigned length_bytes_ = 0;  ///< of a unit's length; 0 = start codes
  std::map<std::uint32_t, Sequence> sequences_;
  std::map<std::uint32_t, PictureSet> picture_sets_;
  std::map<std::pair<unsigned, std::uint32_t>, std::uint64_t> prints_;  ///< by type and number
  PictureOrder order_;
  bool begun_ = false;
  bool slice_seen_ = false;  ///< in this access unit
};

}  // namespace anjuan::formats
