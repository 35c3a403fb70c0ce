#pragma once
// libav's decoder of one picture track, turned into grey planes. For av_input.cpp and
// frame_feed.cpp.

#include <memory>

#include "preservation/formats/continuity/av_input.h"

struct AVCodecParameters;
struct AVFrame;
struct AVPacket;
struct AVRational;

namespace anjuan::formats {

/// Decoded frames as pictures: the plane of luma, or what others are converted to.
class FrameReader {
 public:
  FrameReader();
  ~FrameReader();
  /// False for a frame that has no time or gives no grey plane.
  bool read(const AVFrame& frame, const AVRational& time_unit, Picture& picture);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class PictureDecoder {
 public:
  /// A codec that libav cannot decode gives no picture and one error.
  PictureDecoder(const AVCodecParameters& code, const AVRational& time_unit);
  ~PictureDecoder();

  void choose(DecodeWhat what);
  void give(const AVPacket& packet);
  /// No more packets will come.
  void finish();
  /// The next picture that is ready.
  bool take(Picture& picture);
  /// After a jump.
  void forget();
  bool at_end() const;
  std::uint64_t errors() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace anjuan::formats
