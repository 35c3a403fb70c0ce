#pragma once
// The chain of numbers in an H.264 stream: frame_num, idr_pic_id, the order of pictures and
// parameter sets, read from slice headers alone. What was cut out of a stream without encoding it
// anew leaves the chain broken. H.265: hevc_chain.h; other codecs give nothing.

#include <map>

#include "preservation/formats/continuity/nal_units.h"
#include "preservation/formats/continuity/picture_order.h"

namespace anjuan::formats {

class NalChain {
 public:
  /// `extra` is the track's extra data: avcC, or Annex B.
  explicit NalChain(std::span<const std::uint8_t> extra);

  /// One access unit in decoding order.
  void take(std::span<const std::uint8_t> packet, double at_s, std::vector<StreamEvent>& events);
  /// What only the whole stream shows.
  void finish(std::vector<StreamEvent>& events) const;

 private:
  struct Sequence {
    unsigned frame_num_bits = 4;
    bool gaps_allowed = false;
    bool frames_only = true;
    bool separate_planes = false;
    unsigned order_bits = 0;  ///< 0 = order is not coded in the slices
  };

  struct Idr {
    double at_s = 0;
    std::uint32_t id = 0;
  };

  void take_unit(std::span<const std::uint8_t> unit, double at_s, std::vector<StreamEvent>* events);
  std::uint32_t take_sequence(std::span<const std::uint8_t> payload);
  void take_parameters(std::span<const std::uint8_t> unit, double at_s,
                       std::vector<StreamEvent>* events);
  void take_slice(std::uint8_t header, std::span<const std::uint8_t> payload, double at_s,
                  std::vector<StreamEvent>& events);
  void check_frame_num(const Sequence& sequence, std::uint32_t frame_num, bool reference,
                       bool field, double at_s, std::vector<StreamEvent>& events);

  unsigned length_bytes_ = 0;  ///< of a unit's length; 0 = start codes
  std::map<std::uint32_t, Sequence> sequences_;
  std::map<std::uint32_t, std::uint32_t> sequence_of_picture_set_;
  /// By type and number of the set.
  std::map<std::pair<std::uint8_t, std::uint32_t>, std::uint64_t> parameter_prints_;
  PictureOrder order_;
  std::vector<Idr> idrs_;
  std::uint32_t previous_reference_ = 0;
  bool previous_was_reference_ = false;
  bool begun_ = false;
  bool slice_seen_ = false;  ///< in this access unit
};

}  // namespace anjuan::formats
