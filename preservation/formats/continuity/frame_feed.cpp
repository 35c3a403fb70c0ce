#include "preservation/formats/continuity/frame_feed.h"

extern "C" {
#include <libavformat/avformat.h>
}

namespace anjuan::formats {

void FrameFeed::picture(const AVStream& stream, const AVFrame& frame) {
  if (stream.index != observer_.video_track()) return;
  ++pictures_;
  if (reader_.read(frame, stream.time_base, picture_)) {
    observer_.take(picture_);
  } else {
    observer_.take_unreadable();
  }
}

}  // namespace anjuan::formats
