#pragma once
// Pictures that somebody else decodes, for an observer: nothing is decoded twice.

#include "preservation/formats/continuity/av_pictures.h"
#include "preservation/formats/continuity/observer.h"
#include "preservation/formats/track.h"

namespace anjuan::formats {

class FrameFeed final : public FrameSink {
 public:
  /// `observer` has begun and stays.
  explicit FrameFeed(RecordingObserver& observer) : observer_(observer) {}

  void picture(const AVStream& stream, const AVFrame& frame) override;

  /// Of the observer's track, so far.
  std::uint64_t pictures() const { return pictures_; }

 private:
  RecordingObserver& observer_;
  FrameReader reader_;
  Picture picture_;  ///< its memory is used again
  std::uint64_t pictures_ = 0;
};

}  // namespace anjuan::formats
